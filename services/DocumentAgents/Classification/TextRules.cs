using System.Collections.Immutable;
using DocumentAgents.Reading;

namespace DocumentAgents.Classification;

/// <summary>Scores the types by the words of a document.</summary>
internal static class TextRules
{
    private const int LinesRead = 1_500;
    private const int LineLength = 2_000;
    private const int TitleLines = 14;

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

        foreach (var group in TitlePhrases.All)
        {
            AddTitle(scores, group, text);
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
    private static void AddTitle(Dictionary<string, TypeScore> scores, PhraseGroup group, FoldedText text)
    {
        var best = 0d;
        (string Phrase, TextLine Line)? found = null;
        foreach (var (line, position) in text.Headings(TitleLines))
        {
            foreach (var phrase in group.Phrases)
            {
                var strength = group.Weight * Headings.Strength(line.Line.Text, phrase, position);
                if (strength > best)
                {
                    (best, found) = (strength, (phrase, line.Line));
                }
            }
        }

        if (found is { } title)
        {
            Of(scores, group.Type).Add(best, $"heading '{title.Phrase}'", title.Line.Place);
        }
    }
}
