using System.Diagnostics;
using Orchestration.Domain.Failures;

namespace Orchestration.Domain.Execution;

/// <summary>The transitions of a unit of work, one method each.</summary>
internal static class WorkFlow
{
    // An attempt has its own timeout where it runs. The run's alarm is for the case that nobody is left to keep it.
    private static readonly TimeSpan LeastGrace = TimeSpan.FromSeconds(30);

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
        unit.IsOverdue = false;
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
            unit.Kept = null;
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
        var failure = result.Failure
            ?? new Failure(FailureCode.Internal, FailureClass.System, "the run below ended without a result", Retryable: false);
        FailureFlow.Fail(state, unit, failure with { Retryable = false }, AttemptReport.None);
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

    public static void SetDeadline(ExecutionState state, WorkUnit unit)
    {
        if (unit.Allowance is { } allowance)
        {
            state.Wake(unit, state.Now + allowance, AlarmKind.Deadline);
        }
    }

    public static void Queue(ExecutionState state, WorkUnit unit)
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
        state.Note(FactType.StepStarted, unit.Key, unit.Attempt, new FactDetail.Waiting(
            "timer", $"waits {step.Duration}", due.ToUnixTimeMilliseconds()));
    }

    private static void BeginWait(ExecutionState state, WorkUnit unit, StepOutline step)
    {
        unit.Move(UnitStatus.Waiting);
        if (state.Signals.Take(step.Event!) is { } payload)
        {
            Complete(state, unit, payload, AttemptReport.None);
            return;
        }

        var due = state.Now + step.Duration;
        state.Signals.Listen(step.Event!, unit);
        if (due is { } deadline)
        {
            state.Wake(unit, deadline, AlarmKind.Deadline);
        }

        var detail = new FactDetail.Waiting("event", $"waits for the event '{step.Event}'", due?.ToUnixTimeMilliseconds() ?? 0);
        state.Note(FactType.StepStarted, unit.Key, unit.Attempt, detail);
    }
}
