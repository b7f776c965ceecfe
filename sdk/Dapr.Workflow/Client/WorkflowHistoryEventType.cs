namespace Dapr.Workflow.Client;

/// <summary>Kinds of history events.</summary>
public enum WorkflowHistoryEventType
{
    /// <summary>Not known to this library.</summary>
    Unknown = 0,

    /// <summary>The execution began.</summary>
    ExecutionStarted = 1,

    /// <summary>The execution ended.</summary>
    ExecutionCompleted = 2,

    /// <summary>Ended from outside.</summary>
    ExecutionTerminated = 3,

    /// <summary>An activity was called.</summary>
    TaskScheduled = 4,

    /// <summary>An activity answered.</summary>
    TaskCompleted = 5,

    /// <summary>An activity failed.</summary>
    TaskFailed = 6,

    /// <summary>A child workflow was called.</summary>
    SubOrchestrationInstanceCreated = 7,

    /// <summary>A child workflow answered.</summary>
    SubOrchestrationInstanceCompleted = 8,

    /// <summary>A child workflow failed.</summary>
    SubOrchestrationInstanceFailed = 9,

    /// <summary>A timer was set.</summary>
    TimerCreated = 10,

    /// <summary>A timer fired.</summary>
    TimerFired = 11,

    /// <summary>A turn began.</summary>
    OrchestratorStarted = 12,

    /// <summary>A turn ended; not written by current sidecars.</summary>
    OrchestratorCompleted = 13,

    /// <summary>An event was sent to another instance.</summary>
    EventSent = 14,

    /// <summary>An event came from outside.</summary>
    EventRaised = 15,

    /// <summary>Not written by current sidecars.</summary>
    GenericEvent = 16,

    /// <summary>Not written by current sidecars.</summary>
    HistoryState = 17,

    /// <summary>Not written by current sidecars.</summary>
    ContinueAsNew = 18,

    /// <summary>Paused.</summary>
    ExecutionSuspended = 19,

    /// <summary>Continued.</summary>
    ExecutionResumed = 20,

    /// <summary>Parked: no worker could continue it.</summary>
    ExecutionStalled = 21,
}
