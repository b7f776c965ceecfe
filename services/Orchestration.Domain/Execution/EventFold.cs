using System.Diagnostics;

namespace Orchestration.Domain.Execution;

/// <summary>Which transition an event means, depending on what the run is busy with.</summary>
internal static class EventFold
{
    public static void Apply(ExecutionState state, ExecutionEvent happened)
    {
        switch (happened)
        {
            case ExecutionEvent.Published published:
                state.Outbox.Answered(published.Batch, published.Delivered);
                break;
            case ExecutionEvent.Finished finished:
                RunFlow.Finished(state, finished);
                break;
            case ExecutionEvent.Stopped:
                RunFlow.Stopped(state);
                break;
            case ExecutionEvent.ChildEnded { Work.Step: < 0 } fallback:
                RunFlow.FallbackEnded(state, fallback.Result);
                break;
            case ExecutionEvent.TimerFired fired:
                state.Alarms.TimerFired(fired.DueAt);
                state.Now = fired.DueAt > state.Now ? fired.DueAt : state.Now;
                RingAlarms(state);
                break;
            case var _ when state.Phase == RunPhase.Running:
                ApplyWhileRunning(state, happened);
                break;
            case ExecutionEvent.CancelRequested cancel:
                RunFlow.CancelLate(state, cancel);
                break;
            case var _ when state.Phase < RunPhase.Finishing:
                ApplyLate(state, happened);
                break;
        }
    }

    private static void ApplyWhileRunning(ExecutionState state, ExecutionEvent happened)
    {
        switch (happened)
        {
            case ExecutionEvent.EntryEvaluated entered:
                StepFlow.Enter(state, state.Steps[entered.Step], entered.Entry);
                break;
            case ExecutionEvent.Signalled signal:
                if (state.Signals.IsNew(signal.RequestId) && state.Signals.Deliver(signal.Name, signal.Payload) is { } listener)
                {
                    WorkFlow.Complete(state, listener, signal.Payload, AttemptReport.None);
                }

                break;
            case ExecutionEvent.CancelRequested cancel:
                RunFlow.Cancel(state, cancel);
                break;
            case ExecutionEvent.Packed packed:
                Pack(state, packed);
                break;
            default:
                ApplyAnswer(state, happened);
                break;
        }
    }

    private static void ApplyAnswer(ExecutionState state, ExecutionEvent happened)
    {
        switch (happened)
        {
            case ExecutionEvent.AttemptCompleted completed when InFlight(state, completed.Work, completed.Attempt) is { } unit:
                WorkFlow.Answered(state, unit);
                WorkFlow.Complete(state, unit, completed.Output, unit.Settle(completed.Attempt, completed.Report));
                break;
            case ExecutionEvent.AttemptFailed failed when InFlight(state, failed.Work, failed.Attempt) is { } unit:
                unit.Kept = failed.Kept ?? unit.Kept;
                WorkFlow.Answered(state, unit);
                FailureFlow.Fail(state, unit, failed.Failure, unit.Settle(failed.Attempt, failed.Report));
                break;
            case ExecutionEvent.AttemptDeferred deferred when InFlight(state, deferred.Work, deferred.Attempt) is { } unit:
                unit.Kept = deferred.Kept ?? unit.Kept;
                FailureFlow.Defer(state, unit, deferred.Reason, deferred.Message, deferred.RetryAfter);
                break;
            case ExecutionEvent.ChildEnded ended when InFlight(state, ended.Work, ended.Attempt) is { } unit:
                WorkFlow.ChildEnded(state, unit, ended.Result);
                break;
            default:
                ApplyLate(state, happened);
                break;
        }
    }

    // What was given up meanwhile changes nothing; what it cost counts.
    private static void ApplyLate(ExecutionState state, ExecutionEvent happened)
    {
        switch (happened)
        {
            case ExecutionEvent.AttemptCompleted late:
                FailureFlow.NoteLate(state, late.Work, late.Attempt, late.Report);
                break;
            case ExecutionEvent.AttemptFailed late:
                FailureFlow.NoteLate(state, late.Work, late.Attempt, late.Report);
                break;
            case ExecutionEvent.AttemptDeferred or ExecutionEvent.ChildEnded or ExecutionEvent.EntryEvaluated
                or ExecutionEvent.Signalled or ExecutionEvent.Packed:
                break;
            default:
                throw new UnreachableException($"event {happened.GetType().Name}");
        }
    }

    // Null for an answer to an attempt that was given up.
    private static WorkUnit? InFlight(ExecutionState state, WorkKey work, int attempt)
    {
        var unit = state.Steps[work.Step].Unit(work.Item);
        return unit.Status == UnitStatus.InFlight && unit.Attempt == attempt ? unit : null;
    }

    private static void Pack(ExecutionState state, ExecutionEvent.Packed packed)
    {
        state.Renewal.IsPacking = false;

        // A step may have ended meanwhile, with its output as it stood.
        foreach (var range in packed.Ranges.Where(range => state.Steps[range.Step].Status == StepStatus.Active))
        {
            state.Steps[range.Step].Pack(range);
        }
    }

    private static void EndPatience(ExecutionState state)
    {
        if (state.Outbox.IsRefused)
        {
            state.Renewal.Extend(state.Now);
            state.Alarms.Set(new Alarm(state.Renewal.Until, AlarmKind.Renewal));
        }
        else
        {
            state.Renewal.GiveUp();
        }
    }

    private static void RingAlarms(ExecutionState state)
    {
        while (state.Phase is RunPhase.Running or RunPhase.FallingBack && state.Alarms.TakeDue(state.Now) is { } alarm)
        {
            switch (alarm.Kind)
            {
                case AlarmKind.Wake:
                    WorkFlow.Wake(state, alarm.Unit!);
                    break;
                case AlarmKind.Deadline:
                    FailureFlow.Overdue(state, alarm.Unit!, alarm.Due);
                    break;
                case AlarmKind.Lane:
                    alarm.Lane!.Look(state.Now);
                    state.Touch(alarm.Lane);
                    break;
                case AlarmKind.Run:
                    RunFlow.TimeOut(state);
                    break;
                case AlarmKind.Renewal when state.Renewal.Holds && state.Renewal.Until <= state.Now:
                    EndPatience(state);
                    break;
            }
        }
    }
}
