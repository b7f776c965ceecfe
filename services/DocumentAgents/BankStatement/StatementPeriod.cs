using System.Globalization;
using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.BankStatement;

/// <summary>The days a statement covers: two dates in a row behind a word for a period, or joined by "to".</summary>
internal static partial class StatementPeriod
{
    /// <summary>Null when the row names no period.</summary>
    public static (string First, string Last)? Find(Page page, PageRow row)
    {
        var dates = page.Dates(row.Text);
        foreach (var (first, last) in dates.Zip(dates.Skip(1)).Where(pair => string.CompareOrdinal(pair.First.Iso, pair.Second.Iso) < 0))
        {
            if (Joint().IsMatch(row.Folded[first.End..last.Start]) || (last == dates[^1] && IsLabelled(row, dates, first)))
            {
                return (first.Iso, last.Iso);
            }
        }

        return dates is [var only] && Beginning().Match(row.Folded[..only.Start]) is { Success: true } match
            && Begin(match, only.Iso) is { } begin ? (begin, only.Iso) : null;
    }

    private static bool IsLabelled(PageRow row, IReadOnlyList<PrintedDate> dates, PrintedDate first) =>
        Label().Match(row.Folded[..first.Start]) is { Success: true } label
            && !dates.Any(date => date.Start > label.Index && date.Start < first.Start);

    // "1 February to 28 February 2026", "01.03. - 31.03.2026": the year stands behind the second day only.
    private static string? Begin(Match match, string last)
    {
        var end = DateOnly.ParseExact(last, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var month = match.Groups["month"].Value;
        var number = month.Length == 0 ? end.Month : char.IsAsciiDigit(month[0])
            ? int.Parse(month, CultureInfo.InvariantCulture)
            : MonthNames.NumberOf(month);
        return IsoDate.FromParts(
            number > end.Month ? end.Year - 1 : end.Year, number, int.Parse(match.Groups["day"].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(
        @"\b(?:statement period|period|periode|periodo|periodi|zeitraum|auszugszeitraum|obdobi|okres|kausi|idoszak|perioada|du|dal"
        + @"|from|vom|van|desde|de|od)\b")]
    private static partial Regex Label();

    [GeneratedRegex(@"^\W*(?:to|until|through|thru|bis|zum|au|al|ate|hasta|tot|t/m|till|til|do|a)?\W*(?:den\s|el\s|le\s|the\s)?$")]
    private static partial Regex Joint();

    [GeneratedRegex(
        @"(?<![\d.,/-])(?<day>\d{1,2})(?:st|nd|rd|th|er)?[./\s]*(?<month>\p{L}{3,12}|(?<=[./])\d{1,2})?\.?\s*(?:-|–|—|to|until|through"
        + @"|bis|au|al|hasta|tot|t/m|till|til|do|a)\s*(?:el\s|the\s)?$")]
    private static partial Regex Beginning();
}
