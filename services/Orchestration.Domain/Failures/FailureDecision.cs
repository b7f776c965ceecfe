namespace Orchestration.Domain.Failures;

/// <summary>What to do after a failed attempt: a closed family.</summary>
public abstract record FailureDecision
{
    private FailureDecision() { }

    /// <summary>Another attempt after a delay. It is counted.</summary>
    /// <param name="After">How long to wait; zero means at once.</param>
    public sealed record Retry(TimeSpan After) : FailureDecision;

    /// <summary>Another attempt at once, elsewhere: the place failed, not the work. It is counted.</summary>
    public sealed record Reroute : FailureDecision;

    /// <summary>No attempt was really made: come back later. It is not counted.</summary>
    /// <param name="After">How long to wait.</param>
    public sealed record Wait(TimeSpan After) : FailureDecision;

    /// <summary>The step's fallback stands in.</summary>
    public sealed record FallBack : FailureDecision;

    /// <summary>The step has failed for good.</summary>
    public sealed record GiveUp : FailureDecision;
}
