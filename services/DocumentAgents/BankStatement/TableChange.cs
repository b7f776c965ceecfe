using DocumentAgents.Facts;

namespace DocumentAgents.BankStatement;

/// <summary>What a row of a download adds to the balance: the amount of a column with signs, or of one column of two.</summary>
internal static class TableChange
{
    private static readonly string[] Out =
        ["debit", "soll", "withdrawal", "paid out", "money out", "outflow", "lastschrift", "belastung", "uitgaven", "dare", "cargo",
         "ut", "ud"];

    private static readonly string[] In =
        ["credit", "haben", "deposit", "paid in", "money in", "inflow", "gutschrift", "inkomsten", "avere", "abono", "inn", "ind"];

    private static readonly string[] Signed =
        ["amount", "betrag", "montant", "bedrag", "belopp", "belob", "importe", "importo", "valor", "umsatz", "kwota", "osszege",
         "net", "suma",
         "summa", "сумма", "tutar", "jumlah", "so tien"];

    /// <summary>Null when the header does not say which column it is, or the row has no such amount.</summary>
    public static decimal? Of(TransactionTable table, int row)
    {
        var names = table.Header.Select(name => Words.Collapse(Words.Fold(name))).ToList();
        var (debit, credit) = (Single(names, Out, table.Balance), Single(names, In, table.Balance));
        if (debit >= 0 && credit >= 0 && debit != credit)
        {
            var (less, more) = (Cell(table, row, debit), Cell(table, row, credit));
            return less is null && more is null ? null : (more ?? 0) - Math.Abs(less ?? 0);
        }

        return debit >= 0 || credit >= 0 ? null : OfOne(table, row, names);
    }

    private static decimal? OfOne(TransactionTable table, int row, List<string> names)
    {
        var amount = Single(names, Signed, table.Balance);
        if (!table.Signed && table.Direction >= 0 && amount >= 0)
        {
            return Cell(table, row, amount) * Sign(table.Table.Cell(row, table.Direction));
        }

        return amount < 0 || SaysDirection(table, names) ? null : Cell(table, row, amount);
    }

    /// <summary>-1 where a cell says that money went, 1 where it says that money came, else 0.</summary>
    public static int Sign(string cell) => Words.Fold(cell.Trim()) switch
    {
        "d" or "dr" or "db" or "dbit" or "debit" or "s" or "soll" or "af" or "-" or "withdrawal" => -1,
        "c" or "cr" or "k" or "crdt" or "credit" or "kredit" or "h" or "haben" or "bij" or "+" or "deposit" => 1,
        _ => 0,
    };

    // Without signs a column beside the amount says where the money went.
    private static bool SaysDirection(TransactionTable table, List<string> names) =>
        !table.Signed && names.Any(name => name is "af bij" or "type" or "soll/haben" or "s/h");

    // Two columns that answer leave it open which one is meant.
    private static int Single(List<string> names, string[] words, int balance)
    {
        var found = Enumerable.Range(0, names.Count).Where(index => index != balance && words.Any(word => Names(names[index], word)))
            .Take(2).ToList();
        return found is [var only] ? only : -1;
    }

    // "Debit", "Debits", "Debit (EUR)", "Debit amount"
    private static bool Names(string name, string word) =>
        name.StartsWith(word, StringComparison.Ordinal) && name[word.Length..] is var rest
            && (rest is "" or "s" || rest[0] is ' ' or '(' || rest.StartsWith("s ", StringComparison.Ordinal));

    private static decimal? Cell(TransactionTable table, int row, int column) =>
        Amount.Printed(TransactionTable.WithoutCurrency(table.Table.Cell(row, column)));
}
