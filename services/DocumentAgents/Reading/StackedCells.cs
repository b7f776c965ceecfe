using System.Collections.Immutable;

namespace DocumentAgents.Reading;

/// <summary>
/// The lines of a row of cells that hold several lines each, as they stand on paper: first lines side by side, then the second ones.
/// </summary>
internal static class StackedCells
{
    private const int MaxLines = 8;
    private const int MaxLength = 80;

    /// <summary>Null when the row is one line, has one cell, or its cells are columns of text rather than a few short lines.</summary>
    public static IReadOnlyList<string>? Of(ImmutableArray<string> cells)
    {
        if (!cells.Any(cell => cell.Contains('\n')) || cells.Count(cell => cell.Length > 0) < 2)
        {
            return null;
        }

        var lines = cells.Select(cell => cell.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();
        return lines.Any(cell => cell.Length > MaxLines || cell.Any(line => line.Length > MaxLength))
            ? null
            : [.. Enumerable.Range(0, lines.Max(cell => cell.Length))
                .Select(index => string.Join('\t', lines.Select(cell => index < cell.Length ? cell[index] : "")).TrimEnd())];
    }
}
