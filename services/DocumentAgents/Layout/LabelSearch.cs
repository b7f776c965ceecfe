using System.Text.RegularExpressions;

namespace DocumentAgents.Layout;

/// <summary>A value that stands beside or below its label.</summary>
/// <param name="Value">What the caller made of the text.</param>
/// <param name="Score">Higher is more certain: 1 for the best label right before its value.</param>
/// <param name="IsBelow">The value stands under its label, not beside it.</param>
internal sealed record LabelHit(string Value, PageRow Row, string Label, double Score, bool IsBelow = false);

/// <summary>Finds values by the labels people print: in the same cell, in the next one, or in the one below.</summary>
internal static partial class LabelSearch
{
    private const int Nearby = 6;

    /// <summary>All hits, the best first.</summary>
    /// <param name="labels">Folded, the most telling first.</param>
    /// <param name="read">Gives the value in a text, or null when there is none.</param>
    /// <param name="alone">Whether other words behind the label make it no label: "Invoice total" is none of a number.</param>
    public static IReadOnlyList<LabelHit> Find(Page page, IReadOnlyList<string> labels, Func<string, string?> read, bool alone = false)
    {
        var hits = new List<LabelHit>();
        foreach (var row in page.Rows)
        {
            for (var cell = 0; cell < row.Cells.Length; cell++)
            {
                if (Match(row.Cells[cell].Folded, labels) is { } match && Value(page, row, cell, match.End, read, alone) is { } value)
                {
                    hits.Add(new(value.Text, row, match.Label, match.Score * value.Score, value.IsBelow));
                }
            }
        }

        return [.. hits.OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Row.Index)];
    }

    /// <summary>The best hit; null when there is none.</summary>
    public static LabelHit? Best(Page page, IReadOnlyList<string> labels, Func<string, string?> read) =>
        Find(page, labels, read) is [var best, ..] ? best : null;

    /// <summary>The best label in a cell: early in the list and at the beginning of the cell.</summary>
    public static (string Label, int End, double Score)? Match(string folded, IReadOnlyList<string> labels)
    {
        (string Label, int End, double Score)? best = null;
        for (var index = 0; index < labels.Count; index++)
        {
            var at = IndexOfWhole(folded, labels[index]);
            if (at < 0)
            {
                continue;
            }

            var before = folded[..at].Count(char.IsLetterOrDigit);
            var score = (1 - (0.4 * index / labels.Count)) * (before == 0 ? 1 : before <= 12 ? 0.7 : 0.4);
            if (best is null || score > best.Value.Score)
            {
                best = (labels[index], at + labels[index].Length, score);
            }
        }

        return best;
    }

    public static int IndexOfWhole(string text, string phrase)
    {
        for (var at = text.IndexOf(phrase, StringComparison.Ordinal); at >= 0; at = text.IndexOf(phrase, at + 1, StringComparison.Ordinal))
        {
            var end = at + phrase.Length;
            var opens = at == 0 || !char.IsLetterOrDigit(text[at - 1]);
            var closes = end >= text.Length || !char.IsLetterOrDigit(text[end]) || !char.IsLetterOrDigit(text[end - 1]);
            if (opens && closes)
            {
                return at;
            }
        }

        return -1;
    }

    private static (string Text, double Score, bool IsBelow)? Value(Page page, PageRow row, int cell, int labelEnd, Func<string, string?> read, bool alone)
    {
        var rest = Tail().Replace(row.Cells[cell].Text[labelEnd..], "");
        if (rest.Length > 0 && read(rest) is { } same)
        {
            return (same, 1, false);
        }

        if (alone && rest.Any(char.IsLetter))
        {
            return null;
        }

        for (var next = cell + 1; next < Math.Min(row.Cells.Length, cell + 3); next++)
        {
            if (read(Tail().Replace(row.Cells[next].Text, "")) is { } right)
            {
                return (right, next == cell + 1 ? 0.95 : 0.7, false);
            }
        }

        return rest.Length > 14 && rest[0] != '/' ? null : Below(page, row, row.Cells[cell], read);
    }

    private static (string Text, double Score, bool IsBelow)? Below(Page page, PageRow row, PageCell label, Func<string, string?> read)
    {
        foreach (var below in page.Rows.Skip(row.Index + 1).Take(2))
        {
            var nearest = below.Cells.Where(cell => cell.Distance(label) <= Nearby).MinBy(cell => cell.Distance(label));
            if (nearest is not null && read(nearest.Text) is { } value)
            {
                return (value, 0.85, true);
            }
        }

        return null;
    }

    // "No. :", "Nr", "#", "(EUR)" between a label and its value.
    [GeneratedRegex(@"^[\s.:#=)\]º°ª]*(?:(?:number|no|nr|nummer|numero|num|n°|nº|n\.|id)\b[\s.:#=°º]*|\([^)]{1,12}\)[\s.:=]*)?[-–—]?\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Tail();
}
