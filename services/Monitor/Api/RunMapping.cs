using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Monitor.Storage;
using Orchestration.Contracts;

namespace Monitor.Api;

/// <summary>Rows as the contract shows them.</summary>
internal static class RunMapping
{
    public static Run ToContract(this RunRow run, IReadOnlyList<StepRow> steps) => new()
    {
        RunId = run.Key.RunId,
        RootRunId = run.RootRunId,
        ParentRunId = run.ParentRunId,
        ParentStepId = run.ParentStepId,
        PlanId = run.PlanId,
        PlanVersion = run.PlanVersion,
        State = run.State,
        AcceptedAt = Timestamp.FromDateTimeOffset(run.AcceptedAt),
        StartedAt = run.StartedAt.ToTimestamp(),
        EndedAt = run.EndedAt.ToTimestamp(),
        Labels = { run.Labels.ToDictionary() },
        StepsTotal = run.StepsTotal,
        StepsEnded = run.StepsEnded,
        StepsFailed = run.StepsFailed,
        Output = UnsafeByteOperations.UnsafeWrap(run.Output),
        Failure = run.Failure,
        Steps = { steps.Select(ToContract) },
        Sequence = run.Sequence,
        MissingEvents = run.MissingEvents,
        Duration = run.EndedAt is { } end ? Duration.FromTimeSpan(end - (run.StartedAt ?? run.AcceptedAt)) : null,
    };

    private static Step ToContract(StepRow step) => new()
    {
        StepId = step.StepId,
        State = step.State,
        Attempts = step.Attempts,
        AgentId = step.AgentId,
        AppId = step.AppId,
        QueuedAt = step.QueuedAt.ToTimestamp(),
        StartedAt = step.StartedAt.ToTimestamp(),
        EndedAt = step.EndedAt.ToTimestamp(),
        Percent = step.Percent,
        Message = step.Message,
        Output = UnsafeByteOperations.UnsafeWrap(step.Output),
        Failure = step.Failure,
        ChildRunId = step.ChildRunId,
        FirstStartedAt = (step.FirstStartedAt ?? (step.Attempts <= 1 ? step.StartedAt : null)).ToTimestamp(),
        ByFallback = step.ByFallback,
        Setback = step.Setback,
    };
}
