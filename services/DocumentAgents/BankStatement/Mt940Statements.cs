using System.Collections.Immutable;
using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.BankStatement;

/// <summary>SWIFT MT940 and MT942.</summary>
internal static partial class Mt940Statements
{
    public static Extraction Read(ImmutableArray<Segment> segments)
    {
        var fields = new FieldList();
        var statements = Split(segments);
        if (statements.Count == 0)
        {
            fields.Fail(ReadFailureCodes.Malformed, "No statement begins with field 20.");
        }

        StatementSections.ForEach(fields, statements, statement => Add(fields, statement));
        return fields.ToExtraction(DocumentType.BankStatement);
    }

    private static List<List<Segment>> Split(ImmutableArray<Segment> segments)
    {
        var statements = new List<List<Segment>>();
        foreach (var segment in segments)
        {
            if (segment.Tag == "20")
            {
                statements.Add([]);
            }

            if (statements.Count > 0)
            {
                statements[^1].Add(segment);
            }
        }

        return statements;
    }

    private static void Add(FieldList fields, List<Segment> statement)
    {
        AddText(fields, StatementField.Reference, statement, "20");
        AddText(fields, StatementField.Account, statement, "25", "25P");
        AddText(fields, StatementField.StatementNumber, statement, "28C", "28");
        AddBalance(fields, statement, "60", StatementField.OpeningBalance, StatementField.OpeningDate);
        AddBalance(fields, statement, "62", StatementField.ClosingBalance, StatementField.ClosingDate);
        var transactions = statement.Where(segment => segment.Tag == "61").ToList();
        fields.Add(StatementField.TransactionCount, transactions.Count, statement[0].Place, 0.98);
        decimal? sum = 0;
        foreach (var transaction in transactions)
        {
            sum += Value(fields, transaction);
        }

        BalanceCheck.Run(fields, sum, statement[0].Place);
    }

    private static void AddText(FieldList fields, string name, List<Segment> statement, params string[] tags)
    {
        if (statement.FirstOrDefault(segment => tags.Contains(segment.Tag)) is { } segment)
        {
            fields.Add(name, segment.Text, segment.Place, 0.99);
        }
    }

    private static void AddBalance(FieldList fields, List<Segment> statement, string tag, string name, string dateName)
    {
        // Of several pages the first opens and the last closes.
        var balances = statement.Where(segment => segment.Tag == tag + "F" || segment.Tag == tag + "M").ToList();
        var segment = tag == "60" ? balances.FirstOrDefault() : balances.LastOrDefault();
        if (segment is null)
        {
            return;
        }

        var match = Balance().Match(segment.Text.Trim());
        var amount = match.Success ? Amount.Invariant(match.Groups[4].Value.Replace(',', '.').TrimEnd('.')) : null;
        if (amount is null || IsoDate.FromSixDigits(match.Groups[2].Value) is not { } date)
        {
            fields.Impossible($"'{segment.Text.Trim()}' is no balance.", segment.Place);
            return;
        }

        fields.Add(name, match.Groups[1].Value == "D" ? -amount : amount, segment.Place, 0.99);
        fields.Add(dateName, date, segment.Place, 0.99);
        if (!fields.Has(FieldName.Currency))
        {
            fields.Add(FieldName.Currency, match.Groups[3].Value, segment.Place, 0.99);
        }
    }

    private static decimal? Value(FieldList fields, Segment transaction)
    {
        var match = Transaction().Match(transaction.Text.Trim());
        if (!match.Success)
        {
            fields.Suspect("transaction_unclear", $"'{transaction.Text.Trim()}' is no transaction.", transaction.Place);
            return null;
        }

        if (IsoDate.FromSixDigits(match.Groups[1].Value) is null)
        {
            fields.Impossible($"'{match.Groups[1].Value}' is no date.", transaction.Place);
        }

        var amount = Amount.Invariant(match.Groups[3].Value.Replace(',', '.').TrimEnd('.'));
        return match.Groups[2].Value is "D" or "RC" ? -amount : amount;
    }

    [GeneratedRegex(@"^([CD])(\d{6})([A-Z]{3})([\d,.]+)")]
    private static partial Regex Balance();

    [GeneratedRegex(@"^(\d{6})(?:\d{4})?(RC|RD|C|D)[A-Z]?([\d,.]+)")]
    private static partial Regex Transaction();
}
