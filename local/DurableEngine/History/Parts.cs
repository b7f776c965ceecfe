namespace DurableEngine.History;

/// <summary>Status of an instance; the numbers are those of the wire and of the disk.</summary>
public enum WorkflowStatus
{
    /// <summary>Has had its first turn; left by its completion, a suspension or a stall.</summary>
    Running = 0,
    Completed = 1,
    /// <summary>Only ever an action's status: the instance goes on as a new generation.</summary>
    ContinuedAsNew = 2,
    Failed = 3,
    Canceled = 4,
    Terminated = 5,
    /// <summary>Accepted, waiting for its start time or for a worker; left by the first turn.</summary>
    Pending = 6,
    /// <summary>Collects events but makes no progress; left by a resume or a termination.</summary>
    Suspended = 7,
    /// <summary>No connected worker can continue it; left when a worker connects that can.</summary>
    Stalled = 8,
}

/// <summary>Why an instance is stalled; numbers as on the wire, but for the last, which daprd does not know.</summary>
public enum StallReason
{
    PatchMismatch = 0,
    VersionNotAvailable = 1,
    PayloadSizeExceeded = 2,
    HistoryUnreadable = 3,
}

/// <summary>What a timer was made for; numbers as on disk.</summary>
public enum TimerOriginKind
{
    Unknown = 0,
    Plain = 1,
    ExternalEvent = 2,
    ActivityRetry = 3,
    ChildRetry = 4,
}

/// <summary>
/// The worker's word on what a timer is for; <paramref name="Value"/> is the event name, task execution id or instance id.
/// </summary>
public sealed record TimerOrigin(TimerOriginKind Kind, string? Value);

public sealed record FailureDetails(string ErrorType, string Message, string? StackTrace, FailureDetails? Inner, bool NonRetriable);

public sealed record TraceContext(string TraceParent, string? TraceState);

/// <summary>Which app asked, and which app the work goes to when it is another one.</summary>
public sealed record TaskRouter(string SourceApp, string? TargetApp);

/// <summary>The task of a parent that a child answers to.</summary>
public sealed record ParentInstance(int TaskId, string? Name, string InstanceId, string? ExecutionId, string? App);

/// <summary>What a worker recorded about the code version that ran a turn.</summary>
public sealed record WorkflowVersion(string? Name, IReadOnlyList<string> Patches);

/// <summary>An instance belongs to an app; ids are unique per app only.</summary>
public readonly record struct InstanceKey(string App, string Id);
