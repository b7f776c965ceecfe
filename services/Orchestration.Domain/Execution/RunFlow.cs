using System.Collections.Immutable;
using Orchestration.Domain.Failures;

namespace Orchestration.Domain.Execution;

/// <summary>The transitions of a run as a whole, one method each.</summary>
internal static class RunFlow
{
    public static readonly WorkKey FallbackPlan = new(-1);

    public static void Start(ExecutionState state)
    {
        state.Note(FactType.RunStarted);
        if (state.Outline.Timeout is { } limit)
        {
            state.Alarms.Set(new Alarm(state.Now + limit, AlarmKind.Run));
        }

        foreach (var step in state.Steps.Where(step => step.OpenDependencies == 0))
        {
            state.ReadySteps.Enqueue(step.Index, step.Index);
        }
    }

    public static void Complete(ExecutionState state) =>
        End(state, state.HasErrors ? RunOutcome.CompletedWithErrors : RunOutcome.Completed, null);

    public static void Fail(ExecutionState state, StepProgress step, Failure failure) =>
        Halt(state, RunOutcome.Failed, failure with { Message = $"step '{step.Outline.Id}' failed: {failure.Message}", RetryAfter = null });

    public static void Cancel(ExecutionState state, ExecutionEvent.CancelRequested cancel) =>
        Halt(state, RunOutcome.Cancelled, CancelledBecause(cancel));

    public static void TimeOut(ExecutionState state)
    {
        var failure = new Failure(
            FailureCode.Timeout, FailureClass.Transient, $"the run took longer than {state.Outline.Timeout}", Retryable: true);
        if (state.Phase == RunPhase.FallingBack)
        {
            StopFallback(state, RunOutcome.TimedOut, failure);
        }
        else
        {
            Halt(state, RunOutcome.TimedOut, failure);
        }
    }

    /// <summary>A request to cancel that came when the steps were over already: it can still stop the fallback plan.</summary>
    public static void CancelLate(ExecutionState state, ExecutionEvent.CancelRequested cancel)
    {
        if (state.Phase == RunPhase.FallingBack)
        {
            StopFallback(state, RunOutcome.Cancelled, CancelledBecause(cancel));
        }
    }

    public static void Stopped(ExecutionState state)
    {
        state.StopsInFlight--;
        if (state.Phase == RunPhase.Stopping && state.StopsInFlight == 0)
        {
            FallBackOrEnd(state);
        }
    }

    public static void FallbackEnded(ExecutionState state, RunResult result)
    {
        if (state.Phase != RunPhase.FallingBack)
        {
            return;
        }

        if (result.Success)
        {
            End(state, result.Outcome, null, result.Output);
        }
        else
        {
            End(state, RunOutcome.Failed, result.Failure ?? state.Ending!.Failure);
        }
    }

    public static void Finished(ExecutionState state, ExecutionEvent.Finished finished)
    {
        var ending = state.Ending!;
        state.Phase = RunPhase.Ended;
        state.Result = finished.Failure is null
            ? ending with { Output = finished.Output ?? ending.Output }
            : ending with { Outcome = RunOutcome.Failed, Output = null, Failure = finished.Failure };
    }

    private static Failure CancelledBecause(ExecutionEvent.CancelRequested cancel) => new(
        FailureCode.Cancelled,
        FailureClass.Business,
        cancel.Reason.Length == 0 ? "the run was cancelled" : $"the run was cancelled: {cancel.Reason}",
        Retryable: false);

    private static void Halt(ExecutionState state, RunOutcome outcome, Failure failure)
    {
        End(state, outcome, failure);
        var isAnythingInFlight = false;
        var children = ImmutableArray.CreateBuilder<string>();
        foreach (var step in state.Steps)
        {
            isAnythingInFlight |= HaltUnits(state, step, children);
            HaltStep(state, step);
        }

        if (isAnythingInFlight)
        {
            Stop(state, children.ToImmutable());
        }
        else
        {
            FallBackOrEnd(state);
        }
    }

    private static void HaltStep(ExecutionState state, StepProgress step)
    {
        if (step.HasEnded)
        {
            return;
        }

        var hasBegun = step.Status != StepStatus.Pending;
        step.Status = hasBegun ? StepStatus.Cancelled : StepStatus.Skipped;
        state.Note(hasBegun ? FactType.StepCancelled : FactType.StepSkipped, new WorkKey(step.Index));
    }

    // Also the items of a step that has failed: the first failed item of a critical step ends it.
    private static bool HaltUnits(ExecutionState state, StepProgress step, ImmutableArray<string>.Builder children)
    {
        var isAnythingInFlight = false;
        foreach (var unit in step.Units.Where(unit => !unit.HasEnded && unit.Status != UnitStatus.Idle))
        {
            isAnythingInFlight |= unit.Status == UnitStatus.InFlight;
            if (unit.ChildRunId is { } child)
            {
                children.Add(child);
            }

            unit.Move(UnitStatus.Cancelled);
            if (unit.Key.Item != WorkKey.NoItem)
            {
                state.Note(FactType.StepCancelled, unit.Key, unit.Attempt);
            }
        }

        return isAnythingInFlight;
    }

    private static void Stop(ExecutionState state, ImmutableArray<string> children)
    {
        state.Phase = RunPhase.Stopping;
        state.StopsInFlight++;
        state.Decided.Add(new Command.Stop(children, WholeRun: true));
    }

    private static void StopFallback(ExecutionState state, RunOutcome outcome, Failure failure)
    {
        End(state, outcome, failure);
        Stop(state, [RunIds.ForChild(state.RunId, FallbackPlan, 1)]);
    }

    private static void FallBackOrEnd(ExecutionState state)
    {
        if (state.Ending!.Outcome != RunOutcome.Failed || !state.Outline.HasFallback)
        {
            state.Phase = RunPhase.Ending;
            return;
        }

        var child = RunIds.ForChild(state.RunId, FallbackPlan, 1);
        state.Phase = RunPhase.FallingBack;
        state.Note(FactType.PlanFallback, detail: new FactDetail.Child(child));
        state.Decided.Add(new Command.StartChild(FallbackPlan, 1, child, ChildSource.PlanFallback, new Bindings(state.Inputs)));
    }

    public static void End(ExecutionState state, RunOutcome outcome, Failure? failure, RunValue? output = null)
    {
        state.Ending = new RunResult(outcome, output, failure, (long)(state.Now - state.StartedAt).TotalMilliseconds);
        state.Phase = RunPhase.Ending;
    }
}
