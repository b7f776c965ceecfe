using System.Collections.Immutable;
using System.Text;
using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.Classification;

internal readonly record struct FoldedLine(TextLine Line, string Folded);

/// <summary>The text of a document folded for looking up key words, every position known by its line.</summary>
internal sealed class FoldedText
{
    private readonly List<FoldedLine> lines;
    private readonly List<int> starts;
    private readonly string text;

    private FoldedText(List<FoldedLine> lines, List<int> starts, string text)
    {
        this.lines = lines;
        this.starts = starts;
        this.text = text;
    }

    public static FoldedText Of(ImmutableArray<TextLine> source, int maxLines, int maxLength)
    {
        var lines = new List<FoldedLine>();
        var starts = new List<int>();
        var text = new StringBuilder();
        foreach (var line in source.Where(line => !string.IsNullOrWhiteSpace(line.Text)).Take(maxLines))
        {
            var folded = Words.Collapse(Words.Fold(line.Text.Length > maxLength ? line.Text[..maxLength] : line.Text));
            lines.Add(new(line, folded));
            starts.Add(text.Length);
            text.Append(folded).Append('\n');
        }

        return new(lines, starts, text.ToString());
    }

    public IReadOnlyList<FoldedLine> Lines => lines;

    /// <summary>The first line that holds the phrase as whole words; null when none does.</summary>
    public TextLine? Find(string phrase)
    {
        for (var at = text.IndexOf(phrase, StringComparison.Ordinal); at >= 0; at = text.IndexOf(phrase, at + 1, StringComparison.Ordinal))
        {
            if (IsWhole(text, at, phrase.Length))
            {
                var index = starts.BinarySearch(at);
                return lines[index < 0 ? ~index - 1 : index].Line;
            }
        }

        return null;
    }

    public static bool IsWhole(string text, int at, int length) =>
        (at == 0 || !char.IsLetterOrDigit(text[at - 1]) || !char.IsLetterOrDigit(text[at]))
        && (at + length >= text.Length || !char.IsLetterOrDigit(text[at + length]) || !char.IsLetterOrDigit(text[at + length - 1]));
}
