using Orchestration.Contracts;
using Orchestration.Contracts.Agents;

namespace Monitor.Storage;

/// <summary>What is known about a run after the events up to <see cref="Sequence"/>.</summary>
internal sealed record RunRow
{
    public required RunKey Key { get; init; }

    public required string RootRunId { get; init; }

    public string ParentRunId { get; init; } = "";

    public string ParentStepId { get; init; } = "";

    public string PlanId { get; init; } = "";

    public string PlanVersion { get; init; } = "";

    /// <summary>Who submitted it.</summary>
    public string Actor { get; init; } = "";

    public RunState State { get; init; } = RunState.RunAccepted;

    public required DateTimeOffset AcceptedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Steps of the plan; the items of a repeated step are not counted.</summary>
    public int StepsTotal { get; init; }

    public int StepsEnded { get; init; }

    public int StepsFailed { get; init; }

    /// <summary>UTF-8 JSON.</summary>
    public byte[] Output { get; init; } = [];

    public Failure? Failure { get; init; }

    /// <summary>Sequence of the newest event applied; 0 before the first.</summary>
    public long Sequence { get; init; }

    /// <summary>Events that never came and were passed over; above 0 the rows may miss what they said.</summary>
    public long MissingEvents { get; init; }

    public bool HasEnded => State is not (RunState.Unspecified or RunState.RunAccepted or RunState.RunRunning);
}
