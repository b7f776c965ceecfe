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

    private static void AddPeriod(FieldList fields, List<Segment> entries)
    {
        if (Days(entries) is { Count: > 0 } days)
        {
            var ordered = days.Zip(entries).OrderBy(day => day.First, StringComparer.Ordinal).ToList();
            fields.Add(StatementField.StartDate, ordered[0].First, ordered[0].Second.Place, 0.8);
            fields.Add(StatementField.EndDate, ordered[^1].First, ordered[^1].Second.Place, 0.8);
        }
    }

    // "4/01'26": where no day tells whether the month comes first, the order of the entries does; null when that does not either.
    private static List<string>? Days(List<Segment> entries)
    {
        var written = entries.ConvertAll(entry => Content(entry).Replace('\'', '/').Replace(" ", "", StringComparison.Ordinal));
        var (monthFirst, dayFirst) = (Days(written, monthFirst: true), Days(written, monthFirst: false));
        return PrintedDates.IsMonthFirst(string.Join('\n', written)) || dayFirst is null ? monthFirst
            : written.Exists(IsDayFirst) || monthFirst is null || monthFirst.SequenceEqual(dayFirst) ? dayFirst
            : (InOrder(monthFirst), InOrder(dayFirst)) switch
            {
                (true, false) => monthFirst,
                (false, true) => dayFirst,
                _ => null,
            };
    }

    private static List<string>? Days(List<string> written, bool monthFirst)
    {
        var dates = written.ConvertAll(text => PrintedDates.Find(text, monthFirst));
        return dates.TrueForAll(date => date is [{ Start: 0 }]) ? dates.ConvertAll(date => date[0].Iso) : null;
    }

    // The latest may stand first.
    private static bool InOrder(List<string> days)
    {
        var steps = days.Zip(days.Skip(1), string.CompareOrdinal).ToList();
        return steps.TrueForAll(step => step <= 0) || steps.TrueForAll(step => step >= 0);
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
