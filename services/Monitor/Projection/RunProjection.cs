using Monitor.Storage;
using Orchestration.Contracts;

namespace Monitor.Projection;

/// <summary>What a numbered event about a run as a whole does to its row.</summary>
internal static class RunProjection
{
    public static RunRow Apply(RunRow run, RunEvent happened) => happened.PayloadCase switch
    {
        RunEvent.PayloadOneofCase.RunAccepted => Accept(run, happened.RunAccepted, Moment.Of(happened.Time) ?? run.AcceptedAt),
        RunEvent.PayloadOneofCase.RunEnded => End(run, happened),
        _ when happened.Type == EventType.RunStarted =>
            run with { State = RunState.RunRunning, StartedAt = run.StartedAt ?? Moment.Of(happened.Time) },
        _ => run,
    };

    /// <summary>The run's figures after one of its steps has changed; items of a repeated step do not count.</summary>
    public static RunRow Count(RunRow run, StepRow? before, StepRow after)
    {
        var total = One(before is null);
        var ended = One(after.HasEnded) - One(before is { HasEnded: true });
        var failed = One(after.State == StepState.StepFailed) - One(before is { State: StepState.StepFailed });
        return after.Item >= 0 || (total, ended, failed) == (0, 0, 0) ? run : run with
        {
            StepsTotal = run.StepsTotal + total,
            StepsEnded = run.StepsEnded + ended,
            StepsFailed = run.StepsFailed + failed,
        };
    }

    private static int One(bool counts) => counts ? 1 : 0;

    private static RunRow Accept(RunRow run, RunAccepted accepted, DateTimeOffset time) => run with
    {
        ParentRunId = accepted.ParentRunId,
        ParentStepId = accepted.ParentStepId,
        PlanId = accepted.PlanId,
        PlanVersion = accepted.PlanVersion,
        Actor = accepted.Actor,
        Labels = new SortedDictionary<string, string>(accepted.Labels, StringComparer.Ordinal),
        AcceptedAt = time,
    };

    private static RunRow End(RunRow run, RunEvent happened) => run with
    {
        State = happened.RunEnded.State != RunState.Unspecified ? happened.RunEnded.State : happened.Type switch
        {
            EventType.RunCompleted => RunState.RunCompleted,
            EventType.RunCancelled => RunState.RunCancelled,
            EventType.RunTimedOut => RunState.RunTimedOut,
            _ => RunState.RunFailed,
        },
        EndedAt = Moment.Of(happened.Time),
        Output = happened.RunEnded.Output.ToByteArray(),
        Failure = happened.RunEnded.Failure,
    };
}
