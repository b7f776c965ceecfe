using Monitor.Storage;
using Orchestration.Contracts;

namespace Monitor.Projection;

/// <summary>What a live event (not numbered, may be lost or come late) does to the row of its step.</summary>
internal static class LiveProjection
{
    // Clocks of two machines differ a little; an event that is older than the last numbered one by more than this is stale.
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(1);

    /// <summary>True when the event belongs to the attempt that is under way.</summary>
    public static bool IsCurrent(StepRow step, RunEvent happened) =>
        !step.HasEnded
        && happened.Attempt >= step.Attempts
        && (happened.Attempt > step.ClosedAttempt || step.ClosedAttempt == 0)
        && Moment.Of(happened.Time) + Skew >= step.ChangedAt;

    /// <summary>The row after a current event; the same instance when nothing changes.</summary>
    public static StepRow Apply(StepRow step, RunEvent happened) => happened.PayloadCase switch
    {
        RunEvent.PayloadOneofCase.StepStarted => Running(step, happened) with
        {
            AgentId = happened.StepStarted.AgentId,
            AppId = happened.StepStarted.AppId,
            StartedAt = Moment.Of(happened.Time),
            Message = "",
        },
        RunEvent.PayloadOneofCase.Progress => Progress(Running(step, happened), happened),
        _ => step,
    };

    private static StepRow Running(StepRow step, RunEvent happened) => step with
    {
        State = StepState.StepRunning,
        Attempts = happened.Attempt,
        Percent = happened.Attempt > step.Attempts ? 0 : step.Percent,
        StartedAt = happened.Attempt > step.Attempts || step.StartedAt is null ? Moment.Of(happened.Time) : step.StartedAt,
    };

    // Deliveries may overtake each other: percent never falls within an attempt.
    private static StepRow Progress(StepRow step, RunEvent happened) => step with
    {
        Percent = double.IsFinite(happened.Progress.Percent) ? Math.Clamp(happened.Progress.Percent, step.Percent, 100) : step.Percent,
        Message = happened.Progress.Percent >= step.Percent ? happened.Progress.Message : step.Message,
    };
}
