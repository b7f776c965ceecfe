namespace Dapr.Jobs.Models.Responses;

/// <summary>A job as the sidecar keeps it.</summary>
/// <param name="Schedule">When it is triggered.</param>
public sealed record DaprJobDetails(DaprJobSchedule Schedule)
{
    /// <summary>Number of triggers; null has no limit.</summary>
    public int? RepeatCount { get; init; }

    /// <summary>When the schedule begins, or the only trigger.</summary>
    public DateTimeOffset? DueTime { get; init; }

    /// <summary>When the job ends.</summary>
    public DateTimeOffset? Ttl { get; init; }

    /// <summary>What each trigger carries.</summary>
    public byte[]? Payload { get; init; }

    /// <summary>Never set by the sidecar.</summary>
    public bool Overwrite { get; init; }

    /// <summary>What happens when the app does not take a trigger; null is the sidecar's default.</summary>
    public IFailurePolicyResponse? FailurePolicy { get; init; }
}
