using DocumentAgents.Classification;
using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.Processing;

/// <summary>The end of one document: what it is and says, or why it was refused, or both when only a value is impossible.</summary>
/// <param name="File">Its name in the batch.</param>
internal sealed record ProcessedDocument(string File, string Type, double Confidence)
{
    public TypeDecision? Decision { get; init; }

    public Extraction? Extraction { get; init; }

    public ReadFailure? Failure { get; init; }
}
