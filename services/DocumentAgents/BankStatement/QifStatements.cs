using System.Collections.Immutable;
using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.BankStatement;

/// <summary>Quicken Interchange Format: a list of transactions without balances.</summary>
internal static class QifStatements
{
    private const string Section = "!Type:";

    private static readonly string[] Lists = ["Cat", "Class", "Memorized", "Security", "Prices", "Tag", "Budget", "Template"];

    public static Extraction Read(ImmutableArray<Segment> segments)
    {
        var fields = new FieldList();
        var header = segments.FirstOrDefault(IsOfTransactions) ?? segments.FirstOrDefault(IsSection);
        var entries = Entries(segments);
        if (header is not null)
        {
            fields.Add(StatementField.AccountType, header.Text.Trim()[Section.Length..], header.Place, 0.97);
        }

        var amounts = entries.Where(segment => segment.Tag is "T").ToList();
        foreach (var amount in amounts.Where(segment => Amount.Printed(Content(segment)) is null))
        {
            fields.Impossible($"'{Content(amount)}' is no amount.", amount.Place);
        }

        var records = entries.Zip(entries.Skip(1)).Count(pair => pair.Second.Tag == "^" && pair.First.Tag is not ("^" or "!"));
        var place = segments.FirstOrDefault()?.Place ?? Place.Line(1);
        fields.Add(StatementField.TransactionCount, Math.Max(records, amounts.Count), place, 0.97);
        AddPeriod(fields, [.. entries.Where(segment => segment.Tag is "D")]);
        return fields.ToExtraction(DocumentType.BankStatement);
    }

    // "4/01'26": the month comes first unless one of the days tells otherwise.
    private static void AddPeriod(FieldList fields, List<Segment> entries)
    {
        var written = entries.ConvertAll(entry => Content(entry).Replace('\'', '/').Replace(" ", "", StringComparison.Ordinal));
        var text = string.Join('\n', written);
        var isDayFirst = !PrintedDates.IsMonthFirst(text) && written.Exists(IsDayFirst);
        var days = written.Zip(entries).Select(pair => (Dates: PrintedDates.Find(pair.First, !isDayFirst), pair.Second.Place))
            .Where(pair => pair.Dates is [{ Start: 0 }])
            .Select(pair => (pair.Dates[0].Iso, pair.Place))
            .OrderBy(day => day.Iso, StringComparer.Ordinal)
            .ToList();
        if (days.Count > 0 && days.Count == entries.Count)
        {
            fields.Add(StatementField.StartDate, days[0].Iso, days[0].Place, 0.8);
            fields.Add(StatementField.EndDate, days[^1].Iso, days[^1].Place, 0.8);
        }
    }

    private static bool IsDayFirst(string date) => int.TryParse(date.Split('/', '.', '-')[0], out var first) && first is > 12 and <= 31;

    // A list of accounts, categories or classes has records of its own, which are no transactions.
    private static List<Segment> Entries(ImmutableArray<Segment> segments)
    {
        var entries = new List<Segment>();
        var counts = true;
        foreach (var segment in segments)
        {
            counts = IsSection(segment) || IsAccounts(segment) ? IsOfTransactions(segment) : counts;
            if (counts)
            {
                entries.Add(segment);
            }
        }

        return entries;
    }

    private static bool IsSection(Segment segment) => segment.Text.TrimStart().StartsWith(Section, StringComparison.OrdinalIgnoreCase);

    private static bool IsAccounts(Segment segment) => segment.Text.Trim().Equals("!Account", StringComparison.OrdinalIgnoreCase);

    private static bool IsOfTransactions(Segment segment) =>
        IsSection(segment) && !Lists.Contains(segment.Text.Trim()[Section.Length..].Trim(), StringComparer.OrdinalIgnoreCase);

    private static string Content(Segment segment) => segment.Value(0).Trim();
}
