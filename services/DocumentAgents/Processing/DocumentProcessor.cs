using System.Text.RegularExpressions;
using DocumentAgents.Classification;
using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.Processing;

/// <summary>Reads, classifies and extracts one document in one call.</summary>
internal static class DocumentProcessor
{
    public static ProcessedDocument Process(string file, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        DocumentReader.Read(file, bytes, ReadLimits.Default, cancellationToken) switch
        {
            ReadResult.Succeeded read => Process(file, read.Content, cancellationToken),
            ReadResult.Failed failed => new(file, DocumentType.Unknown, 0) { Failure = failed.Failure },
            var other => throw new System.Diagnostics.UnreachableException(other.ToString()),
        };

    private static ProcessedDocument Process(string file, DocumentContent content, CancellationToken cancellationToken)
    {
        try
        {
            return Extract(file, content, cancellationToken);
        }
        catch (RegexMatchTimeoutException)
        {
            return new(file, DocumentType.Unknown, 0) { Failure = RegexLimit.Exceeded };
        }
#pragma warning disable CA1031 // the edge: a mistake of a rule on an odd document must not take the batch along
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
#pragma warning restore CA1031
        {
            return new(file, DocumentType.Unknown, 0) { Failure = new("internal", $"{e.GetType().Name}: {e.Message}") };
        }
    }

    private static ProcessedDocument Extract(string file, DocumentContent content, CancellationToken cancellationToken)
    {
        var decision = DocumentClassifier.Classify(content, cancellationToken);
        var extraction = Specialists.Read(content, decision.Type, cancellationToken);
        return new(file, extraction.Type, decision.Confidence)
        {
            Decision = decision,
            Extraction = extraction,
            Failure = extraction.Failures.FirstOrDefault(),
        };
    }
}
