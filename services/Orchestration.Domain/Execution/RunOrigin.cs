namespace Orchestration.Domain.Execution;

/// <summary>Where a run comes from, and when it was accepted. The run's first fact is made from this alone, so that it can also be
/// published at the door.</summary>
/// <param name="AcceptedAt">When it was accepted.</param>
/// <param name="Detail">By whom, and below which run.</param>
public sealed record RunOrigin(DateTimeOffset AcceptedAt, FactDetail.Accepted Detail)
{
    /// <summary>The first fact of the run.</summary>
    public RunFact ToFact() => new(1, AcceptedAt.ToUnixTimeMilliseconds(), FactType.RunAccepted, Detail: Detail);
}
