namespace Dapr.Workflow;

/// <summary>Where an instance stands.</summary>
public enum WorkflowRuntimeStatus
{
    /// <summary>Not known to this library.</summary>
    Unknown = -1,

    /// <summary>Started and not ended.</summary>
    Running = 0,

    /// <summary>Ended with an output.</summary>
    Completed = 1,

    /// <summary>Starting over; no instance rests here.</summary>
    ContinuedAsNew = 2,

    /// <summary>Ended by an exception.</summary>
    Failed = 3,

    /// <summary>Not produced by a sidecar.</summary>
    Canceled = 4,

    /// <summary>Ended from outside.</summary>
    Terminated = 5,

    /// <summary>Created, first turn not done.</summary>
    Pending = 6,

    /// <summary>Paused from outside.</summary>
    Suspended = 7,

    /// <summary>Parked: no connected worker can continue it.</summary>
    Stalled = 8,
}
