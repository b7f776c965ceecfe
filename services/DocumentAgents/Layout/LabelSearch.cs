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

    // "Invoice - tax document no. 1": the first label may have another before the value.
    private const int Tries = 3;

    /// <summary>All hits, the best first.</summary>
    /// <param name="labels">Folded, the most telling first; one with a star at its end holds for every ending of its last word.</param>
    /// <param name="read">Gives the value in a text, or null when there is none.</param>
    /// <param name="alone">Whether other words behind the label make it no label: "Invoice total" is none of a number.</param>
    public static IReadOnlyList<LabelHit> Find(Page page, IReadOnlyList<string> labels, Func<string, string?> read, bool alone = false)
    {
        var hits = new List<LabelHit>();
        foreach (var row in page.Rows)
        {
            for (var cell = 0; cell < row.Cells.Length; cell++)
            {
                foreach (var match in Matches(row.Cells[cell].Folded, labels).Take(Tries))
                {
                    if (Value(page, row, cell, match.End, read, alone) is { } value)
                    {
                        hits.Add(new(value.Text, row, match.Label, match.Score * value.Score, value.IsBelow));
                        break;
                    }
                }
            }
        }

        return [.. hits.OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Row.Index)];
    }

    /// <summary>The best hit; null when there is none.</summary>
    public static LabelHit? Best(Page page, IReadOnlyList<string> labels, Func<string, string?> read) =>
        Find(page, labels, read) is [var best, ..] ? best : null;

    /// <summary>The best label in a cell: early in the list and at the beginning of the cell.</summary>
    public static (string Label, int End, double Score)? Match(string folded, IReadOnlyList<string> labels) =>
        Matches(folded, labels).Select(match => ((string Label, int End, double Score)?)match).FirstOrDefault();

    /// <summary>All labels in a cell, ordered by score; of those that end at the same place only the best.</summary>
    public static IEnumerable<(string Label, int End, double Score)> Matches(string folded, IReadOnlyList<string> labels)
    {
        var found = new List<(string Label, int End, double Score)>();
        for (var index = 0; index < labels.Count; index++)
        {
            var isStem = labels[index][^1] == '*';
            var label = labels[index].TrimEnd('*');
            var at = IndexOfWhole(folded, label, isStem);
            if (at < 0)
            {
                continue;
            }

            var end = at + label.Length;
            while (isStem && end < folded.Length && char.IsLetter(folded[end]))
            {
                end++;
            }

            var before = folded[..at].Count(char.IsLetterOrDigit);
            var score = (1 - (0.4 * index / labels.Count)) * (before == 0 ? 1 : before <= 12 ? 0.7 : 0.4);
            found.Add((folded[at..end], end, score));
        }

        return found.OrderByDescending(match => match.Score).DistinctBy(match => match.End);
    }

    public static int IndexOfWhole(string text, string phrase, bool isStem = false)
    {
        for (var at = text.IndexOf(phrase, StringComparison.Ordinal); at >= 0; at = text.IndexOf(phrase, at + 1, StringComparison.Ordinal))
        {
            var end = at + phrase.Length;
            var opens = at == 0 || !char.IsLetterOrDigit(text[at - 1]);
            var closes = isStem || end >= text.Length || !char.IsLetterOrDigit(text[end]) || !char.IsLetterOrDigit(text[end - 1]);
            if (opens && closes)
            {
                return at;
            }
        }

        return -1;
    }

    private static (string Text, double Score, bool IsBelow)? Value(
        Page page, PageRow row, int cell, int labelEnd, Func<string, string?> read, bool alone)
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

        if (AboveCaption(page, row, cell) is { } above && read(above.Text) is { } captioned)
        {
            return (captioned, 0.9, false);
        }

        if (Beside(row, cell, read) is { } beside)
        {
            return beside;
        }

        return rest.Length > 14 && rest[0] != '/' ? null : Below(page, row, row.Cells[cell], read);
    }

    private static (string Text, double Score, bool IsBelow)? Beside(PageRow row, int cell, Func<string, string?> read)
    {
        var first = cell + 1 < row.Cells.Length && NumberWord().IsMatch(row.Cells[cell + 1].Text) ? cell + 2 : cell + 1;
        for (var next = first; next < Math.Min(row.Cells.Length, first + 2); next++)
        {
            var text = Tail().Replace(row.Cells[next].Text, "");
            if ((read(text) ?? (Prefix().IsMatch(text) && next + 1 < row.Cells.Length
                ? read($"{text} {row.Cells[next + 1].Text}")
                : null)) is { } right)
            {
                return (right, next == first ? 0.95 : 0.7, false);
            }
        }

        return null;
    }

    // A row of small print under a row of values: no figures in it, and each cell right under one of them.
    private static PageCell? AboveCaption(Page page, PageRow row, int cell)
    {
        if (row.Index == 0 || row.Cells.Length < 3 || row.Text.Any(char.IsAsciiDigit))
        {
            return null;
        }

        var above = page.Rows[row.Index - 1];
        return StandsOver(above, row) && above.Cells.Count(value => value.Text.Any(char.IsAsciiDigit)) * 2 > above.Cells.Length
            && (row.Index + 1 >= page.Rows.Length || !StandsOver(page.Rows[row.Index + 1], row))
            ? above.Cells[cell]
            : null;
    }

    private static bool StandsOver(PageRow values, PageRow captions) =>
        values.Cells.Length == captions.Cells.Length && values.Cells.Zip(captions.Cells).All(pair => pair.First.Distance(pair.Second) == 0);

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

    [GeneratedRegex(@"^(?:number|no|nr|nº|n°|n\.?º|n\.?ª|num|nummer|numero|número|č)\s*[.:#]*$", RegexOptions.IgnoreCase)]
    private static partial Regex NumberWord();

    // "FT   A/118": the letters of a series stand apart from its number.
    [GeneratedRegex(@"^[A-Z]{1,4}$")]
    private static partial Regex Prefix();

    // "No. :", "Nr", "#", "(EUR)" between a label and its value.
    [GeneratedRegex(
        @"^[\s.:#=)\]º°ª№]*(?:(?:number|no|nr|nummer|numero|num|n°|nº|n\.[ºª°]|n\.|č\.|id)(?:\b|(?<=[º°ª.]))[\s.:#=°º]*"
        + @"|\([^)]{1,12}\)[\s.:=]*)?[-–—]?\s*",
        RegexOptions.IgnoreCase)]
    private static partial Regex Tail();
}
