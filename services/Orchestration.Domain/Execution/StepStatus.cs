namespace Orchestration.Domain.Execution;

/// <summary>Where a step, or one item of it, stands; drawn in docs/state-machine.md.</summary>
public enum StepStatus
{
    /// <summary>Ended well. First, because it is the one that need not be written down.</summary>
    Completed,

    /// <summary>Waits for its dependencies; left when the last of them has ended, or the run is stopped.</summary>
    Pending,

    /// <summary>Its condition and items are being evaluated by an activity; left by the answer.</summary>
    Entering,

    /// <summary>At least one unit of its work is queued, waiting or in flight; left when the last unit has ended.</summary>
    Active,

    /// <summary>Failed for good: no retry and no fallback is left.</summary>
    Failed,

    /// <summary>Its condition was false, or the run ended before it started.</summary>
    Skipped,

    /// <summary>Stopped while in work, because the run was stopped.</summary>
    Cancelled,
}
