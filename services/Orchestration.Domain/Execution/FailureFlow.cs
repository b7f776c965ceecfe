using System.Diagnostics;
using Orchestration.Domain.Dispatch;
using Orchestration.Domain.Failures;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Execution;

/// <summary>What becomes of a unit of work whose attempt did not do it, one method for each transition.</summary>
internal static class FailureFlow
{
    // An alarm that rings later than this was kept up by an outage, during which nothing could answer either.
    private static readonly TimeSpan LatestAlarm = TimeSpan.FromSeconds(5);

    public static void Fail(ExecutionState state, WorkUnit unit, Failure failure, AttemptReport report)
    {
        unit.Spent++;
        var step = state.Steps[unit.Key.Step].Outline;
        var hasFallback = unit is { Target: AttemptTarget.Primary, ByFallbackPlan: false } && step.Fallback != FallbackKind.None;
        var chance = RunIds.Chance(state.RunId, unit.Key, unit.Attempt);
        switch (FailurePolicy.Decide(failure, unit.Spent, step.Retry ?? RetryPolicy.Default, hasFallback, chance))
        {
            case FailureDecision.Retry retry:
                Retry(state, unit, failure, report, retry.After);
                break;
            case FailureDecision.Reroute:
                NoteOver(state, unit, FactType.StepRerouted, "rerouted", failure, report);
                Shun(unit, report);
                unit.Attempt++;
                WorkFlow.Queue(state, unit);
                break;
            case FailureDecision.Wait wait:
                unit.Spent--;
                WaitAfterCall(state, unit, failure, report, wait.After);
                break;
            case FailureDecision.FallBack:
                FallBack(state, unit, step, failure, report);
                break;
            case FailureDecision.GiveUp:
                GiveUp(state, unit, failure, report);
                break;
            default:
                throw new UnreachableException("failure decision");
        }
    }

    public static void Defer(ExecutionState state, WorkUnit unit, string reason, string message, TimeSpan retryAfter)
    {
        var lane = state.LaneOf(unit);
        var delay = WaitAdvice.Next(unit.PreviousWait, retryAfter, lane.RefusedFor(state.Now));
        if (lane.Refused(state.Now, delay))
        {
            state.Alarms.Set(new Alarm(lane.PausedUntil, AlarmKind.Lane, Lane: lane));
        }

        state.Touch(lane);
        var refused = new Failure(reason, FailureClass.Transient, message, Retryable: true);
        Wait(state, unit, refused.Code, refused.Message, delay);
    }

    /// <summary>An answer to an attempt that was given up: its work changes nothing any more, its cost counts.</summary>
    public static void NoteLate(ExecutionState state, WorkKey work, int attempt, AttemptReport report) =>
        NoteCosts(state, work, attempt, state.Steps[work.Step].Unit(work.Item).Settle(attempt, report));

    /// <param name="due">When the alarm should have rung.</param>
    public static void Overdue(ExecutionState state, WorkUnit unit, DateTimeOffset due)
    {
        var step = state.Steps[unit.Key.Step].Outline;
        if (unit.Status == UnitStatus.Waiting)
        {
            var late = new Failure(
                FailureCode.Timeout, FailureClass.Business, $"the event '{step.Event}' did not come within {step.Duration}",
                Retryable: false);
            Fail(state, unit, late, AttemptReport.None);
            return;
        }

        // What was in flight is delivered again after an outage: a retry would run beside it. Once: alarms that are always late are no
        // outage.
        if (state.Now - due > LatestAlarm && !unit.IsOverdue)
        {
            unit.IsOverdue = true;
            WorkFlow.SetDeadline(state, unit);
            return;
        }

        WorkFlow.Answered(state, unit);

        // Its steps may have had effects already, and another run below would have them again.
        var isRepeatable = unit.ChildRunId is null;
        if (unit.ChildRunId is { } child)
        {
            state.Decided.Add(new Command.Stop([child], WholeRun: false));
            state.StopsInFlight++;
            unit.ChildRunId = null;
        }

        var limit = step.Timeout ?? state.Limits.DefaultTimeout;
        var failure = new Failure(FailureCode.Timeout, FailureClass.Transient, $"took longer than {limit}", isRepeatable);
        Fail(state, unit, failure, AttemptReport.None);
    }

    private static void Retry(ExecutionState state, WorkUnit unit, Failure failure, AttemptReport report, TimeSpan after)
    {
        var due = state.Now + after;
        NoteOver(state, unit, FactType.StepRetrying, "retry", failure, report, due.ToUnixTimeMilliseconds());
        Shun(unit, report);
        unit.Attempt++;
        if (after <= TimeSpan.Zero)
        {
            WorkFlow.Queue(state, unit);
            return;
        }

        unit.Move(UnitStatus.Waiting);
        state.Wake(unit, due, AlarmKind.Wake);
    }

    // An agent that says that it is full after it was paid for something: the next call is another one.
    private static void WaitAfterCall(ExecutionState state, WorkUnit unit, Failure failure, AttemptReport report, TimeSpan advised)
    {
        NoteCosts(state, unit.Key, unit.Attempt, report);
        unit.Attempt += report.Costs is { IsEmpty: false } ? 1 : 0;
        Wait(state, unit, failure.Code, failure.Message, WaitAdvice.Next(unit.PreviousWait, advised, state.Now - unit.QueuedAt));
    }

    private static void NoteCosts(ExecutionState state, WorkKey work, int attempt, AttemptReport report)
    {
        if (report.Costs is { IsEmpty: false })
        {
            state.Note(FactType.StepReported, work, attempt, new FactDetail.StepEnd(null, null, report));
        }
    }

    private static void Wait(ExecutionState state, WorkUnit unit, string reason, string message, TimeSpan delay)
    {
        unit.PreviousWait = delay;
        unit.Move(UnitStatus.Waiting);
        var due = state.Now + delay;
        state.Wake(unit, due, AlarmKind.Wake);
        state.Note(FactType.StepQueued, unit.Key, unit.Attempt, new FactDetail.Waiting(reason, message, due.ToUnixTimeMilliseconds()));
    }

    private static void FallBack(ExecutionState state, WorkUnit unit, StepOutline step, Failure failure, AttemptReport report)
    {
        NoteOver(state, unit, FactType.StepFallback, "fallback", failure, report);
        unit.ByFallbackPlan = step.Fallback == FallbackKind.Plan;
        unit.Target = step.Fallback switch
        {
            FallbackKind.Agent => AttemptTarget.FallbackAgent,
            FallbackKind.Value => AttemptTarget.FallbackValue,
            _ => AttemptTarget.Primary,
        };
        unit.Spent = 0;
        unit.Attempt++;
        WorkFlow.Queue(state, unit);
    }

    private static void GiveUp(ExecutionState state, WorkUnit unit, Failure failure, AttemptReport report)
    {
        unit.Move(UnitStatus.Failed);
        unit.Output = unit.Key.Item == WorkKey.NoItem ? null : StepFlow.ErrorItem(failure);
        state.Note(FactType.StepFailed, unit.Key, unit.Attempt, new FactDetail.StepEnd(null, failure, report));
        StepFlow.UnitEnded(state, state.Steps[unit.Key.Step], unit, failure);
    }

    // The attempt is over and another one follows. Whoever executed it is named, and what it cost: that was spent.
    private static void NoteOver(
        ExecutionState state, WorkUnit unit, string type, string reason, Failure failure, AttemptReport report, long untilMs = 0) =>
        state.Note(type, unit.Key, unit.Attempt, new FactDetail.Waiting(
            reason, "", untilMs, failure, report == AttemptReport.None ? null : report));

    private static void Shun(WorkUnit unit, AttemptReport report)
    {
        if (report.AppId.Length > 0 && !unit.Avoid.Contains(report.AppId))
        {
            unit.Avoid = unit.Avoid.Add(report.AppId);
        }
    }
}
