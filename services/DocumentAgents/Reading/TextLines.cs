using System.Collections.Immutable;

namespace DocumentAgents.Reading;

/// <summary>Text cut into numbered lines; line ends of every system count.</summary>
internal static class TextLines
{
    public static ImmutableArray<TextLine> Of(string text, ReadLimits limits)
    {
        var lines = ImmutableArray.CreateBuilder<TextLine>();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (lines.Count >= limits.MaxLines)
            {
                throw ReadException.Limit($"more than {limits.MaxLines} lines");
            }

            lines.Add(new(line.ToString(), Place.Line(lines.Count + 1)));
        }

        if (lines.Count > 0 && lines[^1].Text.Length == 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        return lines.ToImmutable();
    }
}
