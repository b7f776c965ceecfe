using System.Collections.Immutable;
using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.Classification;

/// <summary>What a document is, how sure that is, and why.</summary>
/// <param name="Type">One of <see cref="DocumentType"/>.</param>
/// <param name="Confidence">From 0 to 1.</param>
internal sealed record TypeDecision(string Type, double Confidence, ImmutableArray<TypeEvidence> Evidence)
{
    /// <summary>The next likely types with their scores.</summary>
    public ImmutableArray<TypeAlternative> Alternatives { get; init; } = [];

    public static TypeDecision Certain(string type, string reason, Place? place = null) =>
        new(type, 0.99, [new(reason, place)]);
}

/// <summary>A reason for a decision.</summary>
internal sealed record TypeEvidence(string Reason, Place? Place);

internal sealed record TypeAlternative(string Type, double Score);
