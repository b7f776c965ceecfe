namespace DurableEngine.History;

/// <summary>
/// One entry of an instance's history. Events made by an action carry the action's id, all others −1.
/// </summary>
public abstract record HistoryEvent
{
    public int EventId { get; init; } = -1;
    public Instant Timestamp { get; init; }
    public TaskRouter? Router { get; init; }

    /// <summary>The code of this kind on disk; never reused.</summary>
    internal abstract EventKind Kind { get; }
}

/// <summary>Codes on disk.</summary>
internal enum EventKind : byte
{
    ExecutionStarted = 1,
    ExecutionCompleted = 2,
    ExecutionTerminated = 3,
    TaskScheduled = 4,
    TaskCompleted = 5,
    TaskFailed = 6,
    ChildCreated = 7,
    ChildCompleted = 8,
    ChildFailed = 9,
    TimerCreated = 10,
    TimerFired = 11,
    WorkflowStarted = 12,
    EventSent = 13,
    EventRaised = 14,
    ExecutionSuspended = 15,
    ExecutionResumed = 16,
    ExecutionStalled = 17,
    DetachedCreated = 18,
}

public sealed record ExecutionStarted(string Name, string? Version, string? Input, string InstanceId, string ExecutionId) : HistoryEvent
{
    public ParentInstance? Parent { get; init; }
    public Instant? ScheduledStart { get; init; }
    public TraceContext? Trace { get; init; }
    public IReadOnlyDictionary<string, string> Tags { get; init; } = EmptyTags;

    internal static readonly IReadOnlyDictionary<string, string> EmptyTags = new Dictionary<string, string>();

    internal override EventKind Kind => EventKind.ExecutionStarted;
}

public sealed record ExecutionCompleted(WorkflowStatus Status, string? Result, FailureDetails? Failure) : HistoryEvent
{
    internal override EventKind Kind => EventKind.ExecutionCompleted;
}

public sealed record ExecutionTerminated(string? Input, bool Recurse) : HistoryEvent
{
    internal override EventKind Kind => EventKind.ExecutionTerminated;
}

public sealed record TaskScheduled(string Name, string? Version, string? Input, string TaskExecutionId) : HistoryEvent
{
    public TraceContext? Trace { get; init; }

    internal override EventKind Kind => EventKind.TaskScheduled;
}

public sealed record TaskCompleted(int TaskId, string? Result, string TaskExecutionId) : HistoryEvent
{
    internal override EventKind Kind => EventKind.TaskCompleted;
}

public sealed record TaskFailed(int TaskId, FailureDetails Failure, string TaskExecutionId) : HistoryEvent
{
    internal override EventKind Kind => EventKind.TaskFailed;
}

public sealed record ChildCreated(string InstanceId, string Name, string? Version, string? Input) : HistoryEvent
{
    public TraceContext? Trace { get; init; }

    internal override EventKind Kind => EventKind.ChildCreated;
}

public sealed record ChildCompleted(int TaskId, string? Result) : HistoryEvent
{
    internal override EventKind Kind => EventKind.ChildCompleted;
}

public sealed record ChildFailed(int TaskId, FailureDetails Failure) : HistoryEvent
{
    internal override EventKind Kind => EventKind.ChildFailed;
}

public sealed record TimerCreated(Instant FireAt, string? Name, TimerOrigin Origin) : HistoryEvent
{
    internal override EventKind Kind => EventKind.TimerCreated;
}

public sealed record TimerFired(Instant FireAt, int TimerId) : HistoryEvent
{
    internal override EventKind Kind => EventKind.TimerFired;
}

/// <summary>Opens every turn; its timestamp is the only clock a workflow sees.</summary>
public sealed record WorkflowStarted(WorkflowVersion? Version) : HistoryEvent
{
    internal override EventKind Kind => EventKind.WorkflowStarted;
}

public sealed record EventSent(string InstanceId, string Name, string? Input) : HistoryEvent
{
    internal override EventKind Kind => EventKind.EventSent;
}

public sealed record EventRaised(string Name, string? Input) : HistoryEvent
{
    internal override EventKind Kind => EventKind.EventRaised;
}

public sealed record ExecutionSuspended(string? Input) : HistoryEvent
{
    internal override EventKind Kind => EventKind.ExecutionSuspended;
}

public sealed record ExecutionResumed(string? Input) : HistoryEvent
{
    internal override EventKind Kind => EventKind.ExecutionResumed;
}

public sealed record ExecutionStalled(StallReason Reason, string? Description) : HistoryEvent
{
    internal override EventKind Kind => EventKind.ExecutionStalled;
}

public sealed record DetachedCreated(string InstanceId) : HistoryEvent
{
    internal override EventKind Kind => EventKind.DetachedCreated;
}
