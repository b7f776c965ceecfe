using System.Diagnostics;
using Orchestration.Domain.Dispatch;
using Orchestration.Domain.Failures;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Execution;

/// <summary>The transitions of a unit of work, one method each.</summary>
internal static class WorkFlow
{
    // An attempt has its own timeout where it runs. The run's alarm is for the case that nobody is left to keep it.
    private static readonly TimeSpan LeastGrace = TimeSpan.FromSeconds(30);

    // An alarm that rings later than this was kept up by an outage, during which nothing could answer either.
    private static readonly TimeSpan LatestAlarm = TimeSpan.FromSeconds(5);

    public static void Begin(ExecutionState state, WorkUnit unit)
    {
        unit.QueuedAt = state.Now;
        var step = state.Steps[unit.Key.Step].Outline;
        switch (step.Kind)
        {
            case WorkKind.Agent or WorkKind.Plan:
                state.Note(FactType.StepQueued, unit.Key, unit.Attempt);
                Queue(state, unit);
                break;
            case WorkKind.Delay:
                BeginDelay(state, unit, step);
                break;
            case WorkKind.Wait:
                BeginWait(state, unit, step);
                break;
            default:
                throw new UnreachableException($"kind of work {step.Kind}");
        }
    }

    /// <summary>Called by the scheduler when it hands out the command.</summary>
    /// <param name="allowance">How long it may take before it counts as lost; null means for ever.</param>
    public static void Started(ExecutionState state, WorkUnit unit, TimeSpan? allowance)
    {
        unit.Move(UnitStatus.InFlight);
        unit.Allowance = allowance;
        if (unit.ChildRunId is { } child)
        {
            state.Note(FactType.StepStarted, unit.Key, unit.Attempt, new FactDetail.Child(child));
        }

        SetDeadline(state, unit);
    }

    public static TimeSpan WithGrace(TimeSpan timeout) => timeout + (timeout / 2 > LeastGrace ? timeout / 2 : LeastGrace);

    public static void Answered(ExecutionState state, WorkUnit unit)
    {
        var lane = state.LaneOf(unit);
        lane.Answered();
        state.Touch(lane);
    }

    public static void Complete(ExecutionState state, WorkUnit unit, RunValue output, AttemptReport report)
    {
        var step = state.Steps[unit.Key.Step].Outline;
        var isRaw = unit.Target == AttemptTarget.Primary && (step.Kind != WorkKind.Agent || unit.ByFallbackPlan);
        if (isRaw && step.MapsOutput)
        {
            unit.Result = output;
            unit.Target = AttemptTarget.MapResult;
            unit.Spent = 0;
            Queue(state, unit);
            return;
        }

        unit.Output = output;
        unit.Result = null;
        unit.Move(UnitStatus.Completed);
        state.Note(FactType.StepCompleted, unit.Key, unit.Attempt, new FactDetail.StepEnd(output, null, report));
        StepFlow.UnitEnded(state, state.Steps[unit.Key.Step], unit, null);
    }

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
                state.Note(FactType.StepRerouted, unit.Key, unit.Attempt, new FactDetail.Waiting("rerouted", failure.Message, 0, failure));
                Shun(unit, report);
                Again(unit);
                Queue(state, unit);
                break;
            case FailureDecision.Wait wait:
                unit.Spent--;
                Wait(state, unit, failure.Code, failure.Message, WaitAdvice.Next(unit.PreviousWait, wait.After));
                break;
            case FailureDecision.FallBack:
                FallBack(state, unit, step, failure);
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
        var advice = new Failure(reason, FailureClass.Transient, message, Retryable: true, retryAfter);
        var delay = WaitAdvice.Next(unit.PreviousWait, retryAfter);
        var lane = state.LaneOf(unit);
        if (lane.Refused(state.Now + delay))
        {
            state.Alarms.Set(new Alarm(lane.PausedUntil, AlarmKind.Lane, Lane: lane));
        }

        state.Touch(lane);
        Wait(state, unit, advice.Code, advice.Message, delay);
    }

    public static void ChildEnded(ExecutionState state, WorkUnit unit, RunResult result)
    {
        Answered(state, unit);
        unit.ChildRunId = null;
        if (result.Success)
        {
            state.HasErrors |= result.Outcome == RunOutcome.CompletedWithErrors;
            Complete(state, unit, result.Output ?? RunValue.Null, AttemptReport.None);
            return;
        }

        // Its own steps have spent their retries: doing all of it again is for the plan's author to ask for.
        var failure = result.Failure ?? new Failure(FailureCode.Internal, FailureClass.System, "the run below ended without a result", Retryable: false);
        Fail(state, unit, failure with { Retryable = false }, AttemptReport.None);
    }

    public static void Wake(ExecutionState state, WorkUnit unit)
    {
        if (state.Steps[unit.Key.Step].Outline.Kind == WorkKind.Delay && unit.Target == AttemptTarget.Primary && !unit.ByFallbackPlan)
        {
            Complete(state, unit, RunValue.Null, AttemptReport.None);
        }
        else
        {
            Queue(state, unit);
        }
    }

    /// <param name="due">When the alarm should have rung.</param>
    public static void Overdue(ExecutionState state, WorkUnit unit, DateTimeOffset due)
    {
        var step = state.Steps[unit.Key.Step].Outline;
        if (unit.Status == UnitStatus.Waiting)
        {
            var late = new Failure(FailureCode.Timeout, FailureClass.Business, $"the event '{step.Event}' did not come within {step.Duration}", Retryable: false);
            Fail(state, unit, late, AttemptReport.None);
            return;
        }

        // What was in flight is delivered again after an outage: a retry would run beside it.
        if (state.Now - due > LatestAlarm)
        {
            SetDeadline(state, unit);
            return;
        }

        Answered(state, unit);

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

    private static void SetDeadline(ExecutionState state, WorkUnit unit)
    {
        if (unit.Allowance is { } allowance)
        {
            state.Wake(unit, state.Now + allowance, AlarmKind.Deadline);
        }
    }

    private static void Queue(ExecutionState state, WorkUnit unit)
    {
        unit.Move(UnitStatus.Queued);
        var lane = state.LaneOf(unit);
        lane.Add(unit);
        state.Touch(lane);
    }

    private static void BeginDelay(ExecutionState state, WorkUnit unit, StepOutline step)
    {
        unit.Move(UnitStatus.Waiting);
        var due = state.Now + (step.Duration ?? TimeSpan.Zero);
        state.Wake(unit, due, AlarmKind.Wake);
        state.Note(FactType.StepStarted, unit.Key, unit.Attempt, new FactDetail.Waiting("timer", $"waits {step.Duration}", due.ToUnixTimeMilliseconds()));
    }

    private static void BeginWait(ExecutionState state, WorkUnit unit, StepOutline step)
    {
        unit.Move(UnitStatus.Waiting);
        if (state.TakeSignal(step.Event!) is { } payload)
        {
            Complete(state, unit, payload, AttemptReport.None);
            return;
        }

        var due = state.Now + step.Duration;
        state.Listen(step.Event!, unit);
        if (due is { } deadline)
        {
            state.Wake(unit, deadline, AlarmKind.Deadline);
        }

        var detail = new FactDetail.Waiting("event", $"waits for the event '{step.Event}'", due?.ToUnixTimeMilliseconds() ?? 0);
        state.Note(FactType.StepStarted, unit.Key, unit.Attempt, detail);
    }

    private static void Retry(ExecutionState state, WorkUnit unit, Failure failure, AttemptReport report, TimeSpan after)
    {
        var due = state.Now + after;
        var detail = new FactDetail.Waiting("retry", failure.Message, due.ToUnixTimeMilliseconds(), failure);
        state.Note(FactType.StepRetrying, unit.Key, unit.Attempt, detail);
        Shun(unit, report);
        Again(unit);
        if (after <= TimeSpan.Zero)
        {
            Queue(state, unit);
            return;
        }

        unit.Move(UnitStatus.Waiting);
        state.Wake(unit, due, AlarmKind.Wake);
    }

    private static void Wait(ExecutionState state, WorkUnit unit, string reason, string message, TimeSpan delay)
    {
        unit.PreviousWait = delay;
        unit.Move(UnitStatus.Waiting);
        var due = state.Now + delay;
        state.Wake(unit, due, AlarmKind.Wake);
        state.Note(FactType.StepQueued, unit.Key, unit.Attempt, new FactDetail.Waiting(reason, message, due.ToUnixTimeMilliseconds()));
    }

    private static void FallBack(ExecutionState state, WorkUnit unit, StepOutline step, Failure failure)
    {
        state.Note(FactType.StepFallback, unit.Key, unit.Attempt, new FactDetail.Waiting("fallback", failure.Message, 0, failure));
        unit.ByFallbackPlan = step.Fallback == FallbackKind.Plan;
        unit.Target = step.Fallback switch
        {
            FallbackKind.Agent => AttemptTarget.FallbackAgent,
            FallbackKind.Value => AttemptTarget.FallbackValue,
            _ => AttemptTarget.Primary,
        };
        unit.Spent = 0;
        Again(unit);
        Queue(state, unit);
    }

    private static void GiveUp(ExecutionState state, WorkUnit unit, Failure failure, AttemptReport report)
    {
        unit.Move(UnitStatus.Failed);
        unit.Output = unit.Key.Item == WorkKey.NoItem ? null : StepFlow.ErrorItem(failure);
        state.Note(FactType.StepFailed, unit.Key, unit.Attempt, new FactDetail.StepEnd(null, failure, report));
        StepFlow.UnitEnded(state, state.Steps[unit.Key.Step], unit, failure);
    }

    private static void Again(WorkUnit unit) => unit.Attempt++;

    private static void Shun(WorkUnit unit, AttemptReport report)
    {
        if (report.AppId.Length > 0 && !unit.Avoid.Contains(report.AppId))
        {
            unit.Avoid = unit.Avoid.Add(report.AppId);
        }
    }
}
