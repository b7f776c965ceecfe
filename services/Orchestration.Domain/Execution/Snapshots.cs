using System.Collections.Immutable;

namespace Orchestration.Domain.Execution;

/// <summary>Takes a run from one history to the next, while nothing of it is in flight.</summary>
internal static class Snapshots
{
    public static RunSnapshot Capture(ExecutionState state) => new(
        state.StartedAt.UtcTicks,
        state.Now.UtcTicks,
        state.Outbox.Position.Sequence,
        state.Outbox.Position.Batch,
        state.Budget.Places,
        state.HasErrors,
        [.. state.Steps.Where(step => step.Status != StepStatus.Pending).Select(Capture)],
        [.. state.AllLanes.Select(lane => lane.Capture())],
        [.. state.Alarms.All().Where(alarm => alarm.Kind != AlarmKind.Renewal).Select(Capture)],
        [.. state.Signals.CaptureKept()],
        [.. state.Signals.CaptureListeners()],
        state.Signals.CaptureRequests().ToImmutableArray() is { IsEmpty: false } requests ? requests : null);

    public static void Restore(ExecutionState state, RunSnapshot snapshot)
    {
        state.Outbox.Position = (snapshot.Sequence, snapshot.Batch);
        state.Budget.Places = snapshot.Places;
        state.HasErrors = snapshot.HasErrors;
        foreach (var step in snapshot.Steps)
        {
            Restore(state, state.Steps[step.Index], step);
        }

        foreach (var step in state.Steps.Where(step => step is { Status: StepStatus.Pending, OpenDependencies: 0 }))
        {
            state.ReadySteps.Enqueue(step.Index, step.Index);
        }

        foreach (var (lane, known) in state.AllLanes.Zip(snapshot.Lanes))
        {
            lane.Restore(known);
            state.Touch(lane);
        }

        foreach (var unit in state.Steps.SelectMany(step => step.Units).Where(unit => unit.Status == UnitStatus.Queued))
        {
            state.LaneOf(unit).Add(unit);
        }

        RestoreWaits(state, snapshot);
    }

    private static StepSnapshot Capture(StepProgress step) => step.HasEnded
        ? new StepSnapshot(step.Index, step.Status, step.Output, step.Failure)
        : new StepSnapshot(
            step.Index,
            step.Status,
            Items: step.Items,
            Count: step.Units.Length,
            Released: step.Released,
            Ended: step.Ended,
            Failed: step.Failed,
            Packed: step.Packed.Count == 0 ? null : [.. step.Packed.Values],
            Units: [.. step.Units.Take(step.Released).Where(unit => !unit.IsPacked).Select(unit => unit.Capture())]);

    private static AlarmSnapshot Capture(Alarm alarm) => alarm switch
    {
        { Unit: { } unit } => new AlarmSnapshot(alarm.Due.UtcTicks, (int)alarm.Kind, unit.Key.Step, unit.Key.Item),
        { Lane: { } lane } => new AlarmSnapshot(alarm.Due.UtcTicks, (int)alarm.Kind, lane.Index),
        _ => new AlarmSnapshot(alarm.Due.UtcTicks, (int)alarm.Kind),
    };

    private static void Restore(ExecutionState state, StepProgress step, StepSnapshot snapshot)
    {
        (step.Status, step.Output, step.Failure) = (snapshot.Status, snapshot.Output, snapshot.Failure);
        if (step.HasEnded)
        {
            state.OpenSteps--;
            foreach (var dependent in step.Dependents)
            {
                state.Steps[dependent].OpenDependencies--;
            }

            return;
        }

        state.ActiveSteps++;
        step.Spawn(snapshot.Items, snapshot.Count);
        (step.Released, step.Ended, step.Failed) = (snapshot.Released, snapshot.Ended, snapshot.Failed);
        foreach (var unit in snapshot.Units ?? [])
        {
            step.Unit(unit.Item).Restore(unit);
        }

        foreach (var range in snapshot.Packed ?? [])
        {
            step.Pack(range);
        }
    }

    private static void RestoreWaits(ExecutionState state, RunSnapshot snapshot)
    {
        foreach (var alarm in snapshot.Alarms)
        {
            var (kind, due) = ((AlarmKind)alarm.Kind, Ticks.ToTime(alarm.DueTicks));
            switch (kind)
            {
                case AlarmKind.Lane:
                    state.Alarms.Set(new Alarm(due, kind, Lane: state.AllLanes[alarm.Index]));
                    break;
                case AlarmKind.Run:
                    state.Alarms.Set(new Alarm(due, kind));
                    break;
                default:
                    state.Wake(state.Steps[alarm.Index].Unit(alarm.Item), due, kind);
                    break;
            }
        }

        foreach (var request in snapshot.Requests ?? [])
        {
            state.Signals.IsNew(request);
        }

        foreach (var signal in snapshot.Signals)
        {
            state.Signals.Deliver(signal.Name, signal.Payload);
        }

        foreach (var listener in snapshot.Listeners)
        {
            state.Signals.Listen(listener.Name, state.Steps[listener.Step].Unit(listener.Item));
        }
    }
}
