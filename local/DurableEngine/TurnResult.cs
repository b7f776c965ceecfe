using DurableEngine.History;

namespace DurableEngine;

/// <summary>A worker's answer to a turn. An empty token matches whatever turn is in flight.</summary>
public sealed record TurnResult(string InstanceId, string Token, IReadOnlyList<WorkflowAction> Actions, string? CustomStatus)
{
    public WorkflowVersion? Version { get; init; }
}

/// <summary>A worker's answer to an activity: a failure when <paramref name="Failure"/> is set, else a result.</summary>
public sealed record ActivityResult(string InstanceId, int TaskId, string Token, string? Result, FailureDetails? Failure);

/// <summary>A request to start an instance; without a <see cref="ScheduledStart"/> the answer waits for the first turn.</summary>
public sealed record StartRequest(string InstanceId, string Name, string? Input)
{
    public Instant? ScheduledStart { get; init; }
    public TraceContext? Trace { get; init; }

    /// <summary>Refuse the id of a finished instance too.</summary>
    public bool Unique { get; init; }
}

/// <summary>Asks for a new instance that goes on from a task, timer or child of one that has ended.</summary>
public sealed record RerunRequest(string SourceId, int EventId)
{
    /// <summary>Null: a random one.</summary>
    public string? NewId { get; init; }

    /// <summary>Id of the child that is started again; null makes one from the new instance's.</summary>
    public string? NewChildId { get; init; }

    /// <summary>Whether <see cref="Input"/> takes the place of the recorded one.</summary>
    public bool OverwriteInput { get; init; }

    public string? Input { get; init; }
}

/// <summary>What can be said about an instance without its history.</summary>
public sealed record InstanceSnapshot(string InstanceId, string Name, WorkflowStatus Status)
{
    public string? Version { get; init; }
    public string? Input { get; init; }
    public string? Output { get; init; }
    public string? CustomStatus { get; init; }
    public FailureDetails? Failure { get; init; }
    public string? ExecutionId { get; init; }
    public ParentInstance? Parent { get; init; }
    public Instant Created { get; init; }
    public Instant LastUpdated { get; init; }
    public Instant? Started { get; init; }
    public Instant? Completed { get; init; }
    public Instant? ScheduledStart { get; init; }
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ExecutionStarted.EmptyTags;
}

/// <summary>Why the engine refuses a request.</summary>
public enum RefusalReason
{
    NotFound,
    AlreadyExists,
    NotTerminal,
    Stalled,
    Invalid,
}

/// <summary>A request that cannot be carried out as things stand; nothing was changed.</summary>
public sealed class RefusedException(RefusalReason reason, string message) : Exception(message)
{
    public RefusalReason Reason { get; } = reason;
}
