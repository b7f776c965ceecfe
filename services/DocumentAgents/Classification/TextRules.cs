using System.Collections.Immutable;
using DocumentAgents.Reading;

namespace DocumentAgents.Classification;

/// <summary>Scores the types by the words of a document.</summary>
internal static class TextRules
{
    private const int LinesRead = 1_500;
    private const int LineLength = 2_000;
    private const int TitleLines = 24;

    /// <summary>What spoke for each type.</summary>
    public static Dictionary<string, TypeScore> Score(ImmutableArray<TextLine> lines)
    {
        var scores = new Dictionary<string, TypeScore>();
        var text = FoldedText.Of(lines, LinesRead, LineLength);
        foreach (var group in BodyPhrases.All)
        {
            foreach (var phrase in group.Phrases)
            {
                if (text.Find(phrase) is { } line)
                {
                    Of(scores, group.Type).Add(group.Weight, phrase, line.Place);
                }
            }
        }

        var headings = text.Lines.Take(TitleLines).Select(line => (line.Line, Cells: Headings.Cells(line.Line.Text))).ToList();
        foreach (var group in TitlePhrases.All)
        {
            AddTitle(scores, group, headings);
        }

        return scores;
    }

    public static TypeScore Of(Dictionary<string, TypeScore> scores, string type)
    {
        if (!scores.TryGetValue(type, out var score))
        {
            scores[type] = score = new(type);
        }

        return score;
    }

    // The best heading of a type counts, not all of them.
    private static void AddTitle(
        Dictionary<string, TypeScore> scores, PhraseGroup group, List<(TextLine Line, IReadOnlyList<string> Cells)> headings)
    {
        var best = 0d;
        (string Phrase, TextLine Line)? found = null;
        for (var position = 0; position < headings.Count; position++)
        {
            foreach (var phrase in group.Phrases)
            {
                var strength = group.Weight * Headings.Strength(headings[position].Cells, phrase, position);
                if (strength > best)
                {
                    (best, found) = (strength, (phrase, headings[position].Line));
                }
            }
        }

        if (found is { } title)
        {
            Of(scores, group.Type).Add(best, $"heading '{title.Phrase}'", title.Line.Place);
        }
    }
}
