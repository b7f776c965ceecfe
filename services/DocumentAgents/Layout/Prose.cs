using System.Collections.Immutable;
using System.Text;
using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.Layout;

/// <summary>Running text as one string with single blanks, every position known by its line.</summary>
internal sealed class Prose
{
    private const int MaxLength = 400_000;

    private readonly List<int> starts = [];
    private readonly List<TextLine> lines = [];

    private Prose(string text) => Text = text;

    public string Text { get; }

    public IReadOnlyList<TextLine> Lines => lines;

    public static Prose Of(ImmutableArray<TextLine> source)
    {
        var text = new StringBuilder();
        var starts = new List<int>();
        var lines = new List<TextLine>();
        foreach (var line in source.Where(line => !string.IsNullOrWhiteSpace(line.Text)))
        {
            if (text.Length > MaxLength)
            {
                break;
            }

            starts.Add(text.Length);
            lines.Add(line);
            text.Append(Plain(line.Text)).Append(' ');
        }

        var prose = new Prose(text.ToString());
        prose.starts.AddRange(starts);
        prose.lines.AddRange(lines);
        return prose;
    }

    public Place PlaceOf(int position)
    {
        var index = starts.BinarySearch(position);
        return lines.Count == 0 ? Place.Line(1) : lines[Math.Clamp(index < 0 ? ~index - 1 : index, 0, lines.Count - 1)].Place;
    }

    private static string Plain(string text) =>
        Words.Collapse(text.Replace("**", "", StringComparison.Ordinal)).Replace('\u201C', '"').Replace('\u201D', '"')
            .Replace('\u201E', '"').Replace('\u00AB', '"').Replace('\u00BB', '"').Replace('\u2019', '\'').Replace('\u2018', '\'');
}
