using System.Globalization;
using Orchestration.Contracts;
using Orchestration.Contracts.Agents;

namespace Monitor.Storage;

/// <summary>What is known about a step, or one item of a repeated step.</summary>
internal sealed record StepRow
{
    /// <summary>"extract", or "extract[12]" for an item.</summary>
    public required string StepId { get; init; }

    /// <summary>Place in the plan, from 0; -1 for items and for steps the plan did not name.</summary>
    public int Position { get; init; } = -1;

    public StepState State { get; init; } = StepState.StepPending;

    /// <summary>Highest attempt heard of.</summary>
    public int Attempts { get; init; }

    /// <summary>Highest attempt known to be over although the step is not.</summary>
    public int ClosedAttempt { get; init; }

    public string AgentId { get; init; } = "";

    public string AppId { get; init; } = "";

    public DateTimeOffset? QueuedAt { get; init; }

    /// <summary>Start of the last attempt.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Start of the first attempt as its end tells it; what is heard live may be lost.</summary>
    public DateTimeOffset? FirstStartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Time of the newest numbered event: what is live and older does not count any more.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    public double Percent { get; init; }

    public string Message { get; init; } = "";

    /// <summary>UTF-8 JSON.</summary>
    public byte[] Output { get; init; } = [];

    public Failure? Failure { get; init; }

    /// <summary>Why the last attempt that was followed by another was over.</summary>
    public Failure? Setback { get; init; }

    /// <summary>True when the step's fallback stands in.</summary>
    public bool ByFallback { get; init; }

    public string ChildRunId { get; init; } = "";

    public bool HasEnded => State is StepState.StepCompleted or StepState.StepFailed or StepState.StepSkipped or StepState.StepCancelled;

    /// <summary>12 for "extract[12]", -1 for a step as a whole.</summary>
    public int Item => Split(StepId).Item;

    /// <summary>"extract" for "extract[12]".</summary>
    public string PlanStepId => Split(StepId).PlanStep;

    private static (string PlanStep, int Item) Split(string stepId)
    {
        var open = stepId.LastIndexOf('[');
        return open > 0 && stepId[^1] == ']'
            && int.TryParse(stepId.AsSpan(open + 1, stepId.Length - open - 2), NumberStyles.None, CultureInfo.InvariantCulture,
                out var item)
            ? (stepId[..open], item)
            : (stepId, -1);
    }
}
