using System.Collections.Immutable;
using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.BankStatement;

/// <summary>A table with one bank transaction per row: what csv and spreadsheet downloads of banks have in common.</summary>
/// <param name="Rows">Indexes of the rows that are transactions.</param>
/// <param name="Header">The names of the columns; empty when the table has none.</param>
internal sealed record TransactionTable(Table Table, ImmutableArray<int> Rows, ImmutableArray<string> Header)
{
    private static readonly string[] MoneyWords =
    [
        "debit", "credit", "balance", "saldo", "soll", "haben", "betrag", "montant", "bedrag", "belopp", "belob", "importe", "importo", "valor", "amount", "withdrawal", "deposit", "solde",
        "paid in", "paid out", "money in", "money out", "umsatz", "osszege", "egyenleg", "kwota", "inflow", "outflow", "af bij",
        "baki", "suma", "summa", "сумма", "tutar",
        "jumlah", "金额", "金額", "금액", "so tien",
    ];

    private static readonly string[] BalanceWords = ["saldo", "balance", "solde", "kontostand", "egyenleg", "baki"];

    /// <summary>The column of the balance after each row; -1 when there is none.</summary>
    public int Balance { get; private init; } = -1;

    /// <summary>Whether amounts say by their sign where the money went.</summary>
    public bool Signed { get; private init; }

    /// <summary>The column that says of every row whether money came or went; -1 when there is none.</summary>
    public int Direction { get; private init; } = -1;

    /// <summary>Rows that state a balance and move nothing.</summary>
    public ImmutableArray<int> Stated { get; private init; } = [];

    private static readonly string[] TradeWords =
        ["quantity", "qty", "unit price", "menge", "einzelpreis", "quantite", "aantal", "stuckpreis", "sku", "antal", "cantidad",
        "quantita"];

    private static readonly string[] BankWords =
        ["debit", "credit", "balance", "saldo", "soll", "haben", "solde", "withdrawal", "deposit", "paid in", "paid out", "iban",
            "buchungstag", "valuta", "egyenleg", "inflow", "outflow", "af bij", "account", "rekening", "konto", "payee", "memo"];

    /// <summary>The first such table; null when the document has none.</summary>
    public static TransactionTable? Find(ImmutableArray<Table> tables) =>
        tables.Select(Read).FirstOrDefault(table => table is not null);

    private static TransactionTable? Read(Table table)
    {
        var rows = Enumerable.Range(0, table.Rows.Length).Where(row => IsTransaction(table.Rows[row])).ToImmutableArray();
        if (rows.IsEmpty)
        {
            return null;
        }

        var header = HeaderBefore(table, rows[0]);
        var words = header.Select(Words.Fold).ToList();
        var candidates = table.Rows.Length - (header.IsEmpty ? 0 : rows[0]);
        var signed = IsSigned(table, rows);
        var direction = DirectionIn(table, rows);
        var isBank = !Holds(words, TradeWords) && (signed || direction >= 0 || Holds(words, BankWords))
            && (header.IsEmpty || Holds(words, MoneyWords));
        return isBank && rows.Length * 2 >= candidates ? Of(table, rows, header) with { Signed = signed, Direction = direction } : null;
    }

    private static TransactionTable Of(Table table, ImmutableArray<int> rows, ImmutableArray<string> header)
    {
        var words = header.Select(Words.Fold).ToList();
        var balance = words.FindIndex(word => BalanceWords.Any(word.Contains));
        var moves = rows.Where(row => !StatesBalance(table, row) && (balance < 0 || HasChange(table, row, balance))).ToImmutableArray();
        return new(table, moves.IsEmpty ? rows : moves, header)
        {
            Balance = balance,
            Stated = moves.IsEmpty ? [] : [.. StatedRows(table, rows, moves)],
        };
    }

    /// <summary>What is said above the header: a label and a value in each row.</summary>
    public IEnumerable<(int Row, string Label, string Value)> Before() =>
        Enumerable.Range(0, Rows[0]).Select(row => (Row: row, Cells: Table.Rows[row].Where(cell => cell.Trim().Length > 0).ToList()))
            .Where(pair => pair.Cells.Count == 2)
            .Select(pair => (pair.Row, Words.Collapse(Words.Fold(pair.Cells[0])).TrimEnd(':'), pair.Cells[1].Trim()));

    // A row that states only a balance moves no money.
    private static bool HasChange(Table table, int row, int balance) =>
        Enumerable.Range(0, table.Rows[row].Length)
            .Any(column => column != balance && !IsDate(table.Cell(row, column)) && IsMoney(table.Cell(row, column)));

    // A row that names the opening or the closing balance states it, whatever column its amount stands in; it may lack a date.
    private static bool StatesBalance(Table table, int row) =>
        table.Rows[row].Any(cell => BalanceLabels.IsOpening(cell) || BalanceLabels.IsClosing(cell));

    private static IEnumerable<int> StatedRows(Table table, ImmutableArray<int> rows, ImmutableArray<int> moves) =>
        rows.Except(moves).Concat(Enumerable.Range(0, table.Rows.Length)
            .Where(row => StatesBalance(table, row) && table.Rows[row].Any(cell => !IsDate(cell) && IsMoney(cell)))).Distinct().Order();

    private static bool Holds(List<string> header, string[] words) =>
        header.Any(cell => words.Any(word => cell.Contains(word, StringComparison.Ordinal)));

    private static bool IsTransaction(ImmutableArray<string> cells) =>
        cells.Any(IsDate) && cells.Any(cell => !IsDate(cell) && IsMoney(cell)) && cells.Length >= 3 && !cells.Any(BalanceLabels.IsTurnover);

    private static int DirectionIn(Table table, ImmutableArray<int> rows) =>
        Enumerable.Range(0, table.Rows[rows[0]].Length)
            .FirstOrDefault(column => rows.All(row => TableChange.Sign(table.Cell(row, column)) != 0), -1);

    private static bool IsDate(string cell) =>
        (cell.Length == 8 && cell.StartsWith("20", StringComparison.Ordinal) && IsoDate.FromDigits(cell) is not null)
        || cell.Length is >= 6 and <= 25 && PrintedDates.Find(cell) is [{ Start: 0 } date]
        && date.End >= Math.Min(cell.TrimEnd('.', ' ').Length, 10) - 1;

    public static bool IsMoney(string cell) =>
        cell.Length is > 0 and <= 20 && Amount.Printed(WithoutCurrency(cell)) is not null && !Iban.LooksLike(cell)
            && cell.Count(char.IsDigit) <= 12;

    public static string WithoutCurrency(string cell) =>
        cell.Trim().Trim('€', '$', '£', ' ').Replace("EUR", "", StringComparison.Ordinal).Trim();

    private static bool IsSigned(Table table, ImmutableArray<int> rows) =>
        rows.Any(row => table.Rows[row].Any(cell => IsMoney(cell) && Amount.Printed(WithoutCurrency(cell)) < 0));

    private static ImmutableArray<string> HeaderBefore(Table table, int first)
    {
        for (var row = first - 1; row >= 0; row--)
        {
            var cells = table.Rows[row];
            if (cells.Count(cell => cell.Trim().Length > 0) >= 3 && !cells.Any(IsMoney))
            {
                return cells;
            }
        }

        return [];
    }
}
