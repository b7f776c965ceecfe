namespace Monitor.Projection;

/// <summary>The types of events that change a row; others are history only.</summary>
internal static class EventType
{
    public const string RunStarted = "run:started";
    public const string RunCompleted = "run:completed";
    public const string RunCancelled = "run:cancelled";
    public const string RunTimedOut = "run:timed_out";
    /// <summary>Of the monitor's own making: events that never came were passed over.</summary>
    public const string HistoryGap = "history:gap";

    public const string StepQueued = "step:queued";
    public const string StepStarted = "step:started";
    public const string StepRetrying = "step:retrying";
    public const string StepRerouted = "step:rerouted";
    public const string StepFallback = "step:fallback";
    public const string StepCompleted = "step:completed";
    public const string StepCached = "step:cached";
    public const string StepFailed = "step:failed";
    public const string StepSkipped = "step:skipped";
    public const string StepCancelled = "step:cancelled";
}
