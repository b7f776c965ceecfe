using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Classification;

/// <summary>How much a line is a heading made of a phrase.</summary>
internal static class Headings
{
    private const int MaxLength = 300;

    /// <summary>The cells of a line, folded; a long line has none that could be a heading.</summary>
    public static IReadOnlyList<string> Cells(string line) =>
        line.Length > MaxLength ? [] : [.. Columns.Split(line).Select(cell => Words.Fold(cell.Text))];

    /// <summary>A line that is the phrase alone counts most, one that begins or ends with it less, lower lines less.</summary>
    public static double Strength(IReadOnlyList<string> cells, string phrase, int position)
    {
        var best = 0d;
        foreach (var cell in cells)
        {
            best = Math.Max(best, OfCell(cell, phrase));
        }

        return best * (position < 6 ? 1 : 0.75);
    }

    private static double OfCell(string cell, string phrase)
    {
        var at = cell.IndexOf(phrase, StringComparison.Ordinal);
        if (at < 0 || !FoldedText.IsWhole(cell, at, phrase.Length))
        {
            return 0;
        }

        var bare = cell.Trim(' ', '.', ':', '*', '#', '-', '=', '_');
        if (bare == phrase)
        {
            return 1.3;
        }

        var words = cell.Count(character => character == ' ') + 1;
        var own = phrase.Count(character => character == ' ') + 1;
        return words - own > 7 ? 0 : at == 0 || at + phrase.Length == cell.Length ? 0.75 : 0.3;
    }
}
