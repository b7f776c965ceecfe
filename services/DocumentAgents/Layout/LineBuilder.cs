using System.Collections.Immutable;
using System.Text;
using DocumentAgents.Reading;

namespace DocumentAgents.Layout;

/// <summary>
/// Puts words with boxes back into the lines a person reads; wide gaps become several blanks, so that columns stay apart.
/// </summary>
internal static class LineBuilder
{
    public static ImmutableArray<TextLine> Lines(IEnumerable<BoxedWord> words)
    {
        var rows = new List<List<BoxedWord>>();
        foreach (var word in words.OrderBy(word => word.Middle))
        {
            if (rows.Count > 0 && SharesRow(rows[^1], word))
            {
                rows[^1].Add(word);
            }
            else
            {
                rows.Add([word]);
            }
        }

        return [.. rows.Select(Join)];
    }

    private static bool SharesRow(List<BoxedWord> row, BoxedWord word)
    {
        var middle = row.Average(other => other.Middle);
        var height = Math.Min(row.Min(other => other.Height), word.Height);
        return Math.Abs(middle - word.Middle) < height * 0.5 && !row.Any(other => Covers(other, word));
    }

    // Two words above each other are two lines, however close.
    private static bool Covers(BoxedWord one, BoxedWord other) =>
        Math.Min(one.Right, other.Right) - Math.Max(one.Left, other.Left) > 0.5 * Math.Min(one.Right - one.Left, other.Right - other.Left);

    private static TextLine Join(List<BoxedWord> row)
    {
        row.Sort((one, other) => one.Left.CompareTo(other.Left));
        var text = new StringBuilder(row[0].Text);
        for (var index = 1; index < row.Count; index++)
        {
            var gap = row[index].Left - row[index - 1].Right;
            text.Append(' ', gap > row[index].Height * 0.8 ? 3 : 1).Append(row[index].Text);
        }

        return new(text.ToString(), row[0].Place, row[0].Left);
    }
}
