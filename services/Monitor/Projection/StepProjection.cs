using Monitor.Storage;
using Orchestration.Contracts;

namespace Monitor.Projection;

/// <summary>What a numbered event about a step does to its row.</summary>
internal static class StepProjection
{
    // Ten years; a longer attempt is a mistake of the one who says so.
    private const long LongestMs = 315_576_000_000;

    public static StepRow Apply(StepRow step, RunEvent happened)
    {
        var time = Moment.Of(happened.Time) ?? step.ChangedAt;
        var changed = step with { ChangedAt = time };
        return happened.Type switch
        {
            EventType.StepQueued => Queue(changed, happened, time),
            EventType.StepStarted => Start(changed, happened, time),
            EventType.StepRetrying or EventType.StepRerouted => Repeat(changed, happened, time),
            EventType.StepFallback => FallBack(Repeat(changed, happened, time), happened),
            EventType.StepCompleted or EventType.StepCached => End(changed, happened, StepState.StepCompleted, time),
            EventType.StepFailed => End(changed, happened, StepState.StepFailed, time),
            EventType.StepSkipped => End(changed, happened, StepState.StepSkipped, time),
            EventType.StepCancelled => End(changed, happened, StepState.StepCancelled, time),
            _ => step,
        };
    }

    private static StepRow Queue(StepRow step, RunEvent happened, DateTimeOffset time)
    {
        var queued = step with { Attempts = Math.Max(step.Attempts, happened.Attempt), QueuedAt = step.QueuedAt ?? time };

        // The start of the attempt is live and may overtake the event of its queueing.
        var hasStartedSince = step.State == StepState.StepRunning && step.Attempts >= happened.Attempt && step.StartedAt > time;
        return hasStartedSince ? queued : queued with
        {
            State = StepState.StepQueued,
            Message = happened.StepWaiting?.Message ?? "",
            Failure = happened.StepWaiting?.Failure ?? step.Failure,
        };
    }

    private static StepRow Start(StepRow step, RunEvent happened, DateTimeOffset time) => step with
    {
        State = StepState.StepRunning,
        Attempts = Math.Max(step.Attempts, happened.Attempt),
        StartedAt = time,
        FirstStartedAt = step.FirstStartedAt ?? time,
        Message = happened.StepWaiting?.Message ?? "",
        AgentId = happened.StepStarted?.AgentId ?? step.AgentId,
        AppId = happened.StepStarted?.AppId ?? step.AppId,
        ChildRunId = happened.ChildStarted?.ChildRunId ?? step.ChildRunId,
    };

    private static StepRow Repeat(StepRow step, RunEvent happened, DateTimeOffset time)
    {
        var closed = step with
        {
            ClosedAttempt = Math.Max(step.ClosedAttempt, happened.Attempt),
            Attempts = Math.Max(step.Attempts, happened.Attempt),
            FirstStartedAt = step.FirstStartedAt ?? FirstStart(step, happened, Before(time, happened.StepWaiting?.DurationMs ?? 0)),
            Setback = happened.StepWaiting?.Failure ?? step.Setback,
        };
        return step.Attempts > happened.Attempt ? closed : closed with
        {
            State = StepState.StepQueued,
            Percent = 0,
            Message = happened.StepWaiting?.Message ?? "",
            Failure = happened.StepWaiting?.Failure ?? step.Failure,
        };
    }

    // Who failed does not answer any more; of the next attempt more may have been heard already.
    private static StepRow FallBack(StepRow step, RunEvent happened) => step with
    {
        ByFallback = true,
        AgentId = step.Attempts > happened.Attempt ? step.AgentId : "",
        AppId = step.Attempts > happened.Attempt ? step.AppId : "",
        ChildRunId = "",
    };

    private static StepRow End(StepRow step, RunEvent happened, StepState byType, DateTimeOffset time)
    {
        var ended = happened.StepEnded ?? new StepEnded();
        var state = ended.State != StepState.Unspecified ? ended.State : byType;
        var startedAt = Before(time, ended.DurationMs);
        return step with
        {
            State = state,
            Attempts = Math.Max(step.Attempts, happened.Attempt),
            AgentId = ended.AgentId.Length > 0 ? ended.AgentId : step.AgentId,
            AppId = ended.AppId.Length > 0 ? ended.AppId : step.AppId,
            StartedAt = startedAt ?? step.StartedAt,
            FirstStartedAt = step.FirstStartedAt ?? FirstStart(step, happened, startedAt),
            EndedAt = time,
            Percent = state == StepState.StepCompleted ? 100 : step.Percent,
            Message = "",
            Output = ended.Output.ToByteArray(),
            Failure = ended.Failure,
        };
    }

    // An attempt that was given up does not tell how long it took: then its start is what was heard live, and no later one's.
    private static DateTimeOffset? FirstStart(StepRow step, RunEvent happened, DateTimeOffset? told) =>
        happened.Attempt > 1 ? null : told ?? (step.Attempts <= 1 ? step.StartedAt : null);

    private static DateTimeOffset? Before(DateTimeOffset time, long durationMs) =>
        durationMs is > 0 and < LongestMs ? time.AddMilliseconds(-durationMs) : null;
}
