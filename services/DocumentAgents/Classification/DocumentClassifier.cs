using System.Collections.Immutable;
using DocumentAgents.Facts;
using DocumentAgents.Layout;
using DocumentAgents.Reading;
using DocumentAgents.Trade;

namespace DocumentAgents.Classification;

/// <summary>
/// Says what a document is: by its structure where it has one, else by an XML invoice it carries, else by its words and its layout. What
/// none of the types explains is <c>other</c>, and a document without any text is <c>unknown</c>.
/// </summary>
internal static class DocumentClassifier
{
    private const double Enough = 6;

    public static TypeDecision Classify(DocumentContent content, CancellationToken cancellationToken)
    {
        if (StructureRules.Decide(content) is { } decided)
        {
            return decided;
        }

        if (EmbeddedInvoice.Find(content, cancellationToken) is { } embedded && StructureRules.Decide(embedded.Content) is { } inner)
        {
            return inner with { Evidence = [new($"embedded file {embedded.Name}", null), .. inner.Evidence] };
        }

        var lines = DocumentText.Lines(content);
        cancellationToken.ThrowIfCancellationRequested();
        var scores = TextRules.Score(lines);
        LayoutRules.Score(scores, content, lines);
        return Decide(scores, lines);
    }

    private static TypeDecision Decide(Dictionary<string, TypeScore> scores, ImmutableArray<TextLine> lines)
    {
        if (!lines.Any(line => line.Text.Any(char.IsLetterOrDigit)))
        {
            return new(DocumentType.Unknown, 0.9, [new("no text", null)]);
        }

        var ranked = scores.Values.OrderByDescending(score => score.Points).ThenBy(score => score.Type, StringComparer.Ordinal).ToList();
        var alternatives = ranked.Skip(1).Take(3).Select(score => new TypeAlternative(score.Type, score.Points)).ToImmutableArray();
        if (ranked.Count == 0 || ranked[0].Points < Enough)
        {
            return new(DocumentType.Other, 0.5, [new("too little speaks for any type", null)])
            {
                Alternatives = [.. ranked.Take(3).Select(score => new TypeAlternative(score.Type, score.Points))],
            };
        }

        var best = ranked[0];
        var second = ranked.Count > 1 ? ranked[1].Points : 0;
        var confidence = Math.Round(best.Points / (best.Points + second) * Math.Min(1, best.Points / 12), 3);
        return new(best.Type, Math.Min(0.98, confidence), [.. best.Evidence.Take(12)]) { Alternatives = alternatives };
    }
}
