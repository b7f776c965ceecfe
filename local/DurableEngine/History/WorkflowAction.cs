namespace DurableEngine.History;

/// <summary>What a worker wants done at the end of a turn. Ids count up from 0 within one generation.</summary>
public abstract record WorkflowAction(int Id);

public sealed record ScheduleTask(int Id, string Name, string? Version, string? Input, string TaskExecutionId, TaskRouter? Router)
    : WorkflowAction(Id);

/// <summary>An empty <paramref name="InstanceId"/> asks for one derived from the parent's.</summary>
public sealed record CreateChild(int Id, string InstanceId, string Name, string? Version, string? Input, TaskRouter? Router)
    : WorkflowAction(Id);

public sealed record CreateTimer(int Id, Instant FireAt, string? Name, TimerOrigin Origin) : WorkflowAction(Id);

public sealed record SendEvent(int Id, string InstanceId, string Name, string? Input) : WorkflowAction(Id);

public sealed record CompleteWorkflow(int Id, WorkflowStatus Status, string? Result, FailureDetails? Failure) : WorkflowAction(Id)
{
    /// <summary>Events that the next generation gets, when <see cref="WorkflowStatus.ContinuedAsNew"/>.</summary>
    public IReadOnlyList<HistoryEvent> CarryOver { get; init; } = [];

    public string? NewVersion { get; init; }
}

public sealed record TerminateOther(int Id, string InstanceId) : WorkflowAction(Id);

public sealed record CreateDetached(int Id, string InstanceId, string Name, string? Version, string? Input, TaskRouter? Router)
    : WorkflowAction(Id)
{
    public Instant? ScheduledStart { get; init; }
    public string? ExecutionId { get; init; }
    public TraceContext? Trace { get; init; }
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ExecutionStarted.EmptyTags;
}

/// <summary>The worker knows the workflow but not the version that history asks for.</summary>
public sealed record VersionNotAvailable(int Id) : WorkflowAction(Id);

/// <summary>A kind this engine does not know.</summary>
public sealed record UnknownAction(int Id) : WorkflowAction(Id);
