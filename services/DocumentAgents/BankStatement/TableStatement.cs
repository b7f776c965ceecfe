using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;
using DocumentAgents.Reading;

namespace DocumentAgents.BankStatement;

/// <summary>A download with one row per transaction.</summary>
internal static partial class TableStatement
{
    private static readonly string[] OwnAccount =
        ["account number", "account no", "account", "iban", "own account", "rekeningnummer", "rekening", "konto", "kontonummer",
         "auftragskonto", "numero de compte", "compte", "numero de cuenta", "cuenta", "conto", "szamlaszam", "kontonr",
         "saskaitos nr.", "saskaitos nr", "konta nr.", "cislo uctu", "ucet", "hesap no", "nomor rekening", "so tai khoan",
         "номер счета", "账号", "帳號",
         "口座番号", "계좌번호"];

    private static readonly string[] CurrencyNames =
        ["currency", "wahrung", "devise", "valuta", "moneda", "divisa", "moeda", "valuuta", "waluta"];

    private static readonly string[] First =
        ["from", "start date", "date from", "von", "du", "van", "desde", "dal", "fra", "fran", "od", "ab"];

    private static readonly string[] Last = ["to", "until", "end date", "date to", "bis", "au", "tot", "hasta", "al", "til", "till", "do"];

    private static readonly string[] OtherAccount =
        ["counter", "tegen", "partner", "gegen", "beneficiary", "payee", "contrepartie", "empfanger", "auftraggeber", "mottagare",
            "modtager", "to account", "destin"];

    public static Extraction Read(TransactionTable table)
    {
        var fields = new FieldList();
        AddAccount(fields, table);
        AddCurrency(fields, table);
        fields.Add(StatementField.TransactionCount, table.Rows.Length, table.Table.PlaceOf(table.Rows[0], 0), 0.93);
        AddPeriod(fields, table);
        TableBalances.Add(fields, table);
        return fields.ToExtraction(DocumentType.BankStatement);
    }

    private static void AddAccount(FieldList fields, TransactionTable table)
    {
        var own = table.Before().Where(pair => OwnAccount.Contains(pair.Label) && pair.Value.Count(char.IsAsciiDigit) >= 5);
        foreach (var (row, _, stated) in own)
        {
            // "DE12… / Girokonto"
            var value = stated.Split(" / ")[0];
            fields.Add(StatementField.Account, Iban.LooksLike(value) ? Iban.Compact(value) : value, table.Table.PlaceOf(row, 0), 0.9);
            return;
        }

        for (var column = 0; column < Math.Max(1, table.Header.Length); column++)
        {
            var name = table.Header.IsEmpty ? "" : Words.Collapse(Words.Fold(table.Header[column]));
            var values = table.Rows.Select(row => table.Table.Cell(row, column).Trim()).Where(value => value.Length > 0).Distinct().Take(2)
                .ToList();
            if ((name.Split('/').Any(OwnAccount.Contains) || (table.Header.IsEmpty && column == 0)) && !OtherAccount.Any(name.Contains)
                && values is [var account] && account.Count(char.IsAsciiDigit) >= 5)
            {
                fields.Add(StatementField.Account, account, table.Table.PlaceOf(table.Rows[0], column), 0.9);
                return;
            }
        }
    }

    private static void AddCurrency(FieldList fields, TransactionTable table)
    {
        foreach (var (row, label, value) in table.Before().Where(pair => CurrencyNames.Contains(pair.Label)))
        {
            if (Currencies.Of(value) is { } stated)
            {
                fields.Add(FieldName.Currency, stated, table.Table.PlaceOf(row, 0), 0.9);
                return;
            }
        }

        var width = table.Rows.Max(row => table.Table.Rows[row].Length);
        for (var column = 0; column < width; column++)
        {
            var values = table.Rows.Select(row => table.Table.Cell(row, column).Trim()).Where(value => value.Length > 0).Distinct().Take(2)
                .ToList();
            if (values is [var code] && Currencies.IsCode(code))
            {
                fields.Add(FieldName.Currency, code, table.Table.PlaceOf(table.Rows[0], column), 0.92);
                return;
            }
        }

        for (var column = 0; column < table.Header.Length; column++)
        {
            if (CodeInHeader().Match(table.Header[column]) is { Success: true } match && Currencies.Of(match.Groups[1].Value) is { } code)
            {
                fields.Add(FieldName.Currency, code, table.Table.PlaceOf(Math.Max(0, table.Rows[0] - 1), column), 0.85);
                return;
            }
        }

        var inferred = Currencies.OfCountry(string.Join(' ', table.Header))?.Code;
        fields.Add(FieldName.Currency, inferred, table.Table.PlaceOf(table.Rows[0], 0), 0.6);
    }

    private static void AddPeriod(FieldList fields, TransactionTable table)
    {
        if (StatedPeriod(table) is { } stated)
        {
            fields.Add(StatementField.StartDate, stated.First, stated.Place, 0.85);
            fields.Add(StatementField.EndDate, stated.Last, stated.Place, 0.85);
            return;
        }

        var text = string.Join('\n', table.Rows.Select(row => string.Join(' ', table.Table.Rows[row])));
        var monthFirst = PrintedDates.IsMonthFirst(text);
        var dates = table.Rows
            .Select(row =>
                (Row: row, Date: table.Table.Rows[row].Select(cell => PrintedDates.Find(cell, monthFirst))
                    .FirstOrDefault(found => found.Count > 0)?[0].Iso))
            .Where(pair => pair.Date is not null)
            .OrderBy(pair => pair.Date, StringComparer.Ordinal)
            .ToList();
        if (dates.Count > 0)
        {
            AddDay(fields, table, StatementField.StartDate, First, dates[0].Date!, dates[0].Row);
            AddDay(fields, table, StatementField.EndDate, Last, dates[^1].Date!, dates[^1].Row);
        }
    }

    // "Period | 01.01.2026 - 31.03.2026" above the rows.
    private static (string First, string Last, Place Place)? StatedPeriod(TransactionTable table)
    {
        var page = Page.Of(
        [
            .. Enumerable.Range(0, table.Rows[0])
                .Select(row => new TextLine(string.Join('\t', table.Table.Rows[row]), table.Table.PlaceOf(row, 0))),
        ]);
        return page.Rows
            .Select(row => StatementPeriod.Find(page, row) is var (first, last) ? ((string, string, Place)?)(first, last, row.Place) : null)
            .FirstOrDefault(found => found is not null);
    }

    // What the bank was asked for, above the rows, else the first and the last day on which anything moved.
    private static void AddDay(FieldList fields, TransactionTable table, string name, string[] labels, string moved, int row)
    {
        var stated = table.Before().Where(pair => labels.Contains(pair.Label))
            .Select(pair => (pair.Row, Dates: PrintedDates.Find(pair.Value)))
            .FirstOrDefault(pair => pair.Dates is [{ Start: 0 }]);
        var (day, place, confidence) = stated.Dates is [var asked] ? (asked.Iso, stated.Row, 0.85) : (moved, row, 0.7);
        fields.Add(name, day, table.Table.PlaceOf(place, 0), confidence);
    }

    [GeneratedRegex(@"[\s(\[]([A-Z]{3}|€|\$|£)[\])]?\s*$")]
    private static partial Regex CodeInHeader();
}
