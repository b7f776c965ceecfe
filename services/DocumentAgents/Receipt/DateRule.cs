using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Receipt;

/// <summary>When the purchase was: a date with a label or a time beside it rather than one of a card or an offer.</summary>
internal static partial class DateRule
{
    public static void Add(FieldList fields, Page page)
    {
        var best = page.Rows
            .SelectMany(row => page.Dates(row.Text).Select(date => (Row: row, Date: date, Score: Score(row, date))))
            .OrderByDescending(candidate => candidate.Score)
            .ThenBy(candidate => candidate.Row.Index)
            .FirstOrDefault();
        if (best.Row is not null)
        {
            fields.Add(FieldName.Date, best.Date.Iso, best.Row.Place, Math.Clamp(0.75 + (best.Score * 0.05), 0.5, 0.97));
        }
    }

    private static double Score(PageRow row, PrintedDate date)
    {
        var before = row.Folded[..Math.Min(date.Start, row.Folded.Length)];
        var score = Label().IsMatch(before) ? 2.0 : 0;
        score += Time().IsMatch(row.Folded) ? 2 : 0;
        return score - (Other().IsMatch(row.Folded) ? 6 : 0);
    }

    [GeneratedRegex(@"\b(date|datum|dato|data|fecha|tarikh|paiva|date/time)\b")]
    private static partial Regex Label();

    [GeneratedRegex(@"\b\d{1,2}\s?[:.h]\s?\d{2}(\s?[:.]\s?\d{2})?\s?([ap]m)?\b(?!\s?%)")]
    private static partial Regex Time();

    [GeneratedRegex(@"expir|valid|until|before|return|check ?out|exchange within|birth|member since|since")]
    private static partial Regex Other();
}
