using System.Collections.Immutable;

namespace Orchestration.Domain.Execution;

/// <summary>
/// Decides what a run does next. It looks only at what the last events changed, so its cost does not grow with the plan.
/// Runs in flight replay against this code: a change of a decision needs a new version beside the old one.
/// </summary>
public static class Scheduler
{
    /// <summary>Hands out the commands that have become due; each is handed out once.</summary>
    /// <param name="state">The state, which takes note of what is handed out.</param>
    public static ImmutableArray<Command> Next(ExecutionState state)
    {
        var commands = ImmutableArray.CreateBuilder<Command>();
        commands.AddRange(state.Decided);
        state.Decided.Clear();
        if (state.Phase == RunPhase.Running && !Holds(state))
        {
            StartWork(state, commands);
        }

        if (state.Phase is RunPhase.Running or RunPhase.FallingBack && state.Alarms.NextTimer() is { } due)
        {
            commands.Add(new Command.StartTimer(due));
        }

        if (state.Phase != RunPhase.Ending)
        {
            HandOutFacts(state, commands);
        }
        else if (state.Outbox.TravelsAlone == 0)
        {
            commands.Add(Finish(state));
        }

        foreach (var command in commands)
        {
            state.Renewal.Begun(command);
        }

        if (state.Phase == RunPhase.Running && state.Renewal is { Holds: true, IsQuiet: true, IsPacking: false } && state.Outbox.IsQuiet)
        {
            commands.Add(PackOrRenew(state));
        }

        return commands.ToImmutable();
    }

    private static bool Holds(ExecutionState state)
    {
        if (state.Renewal.TryHold(state.Now, state.Outbox.IsRefused))
        {
            state.Alarms.Set(new Alarm(state.Renewal.Until, AlarmKind.Renewal));
        }

        return state.Renewal.Holds;
    }

    private static Command PackOrRenew(ExecutionState state)
    {
        ImmutableArray<PackedRange> ranges = [.. state.Steps
            .Where(step => step.Outline.Repeats && step.Status == StepStatus.Active)
            .SelectMany(step => step.Unpacked())];
        if (ranges.Sum(range => range.Count) < Renewal.LeastPacked)
        {
            return new Command.Renew(state.Outline, state.Inputs, Snapshots.Capture(state));
        }

        var pack = new Command.Pack(ranges);
        state.Renewal.IsPacking = true;
        state.Renewal.Begun(pack);
        return pack;
    }

    private static void StartWork(ExecutionState state, ImmutableArray<Command>.Builder commands)
    {
        foreach (var index in state.TouchedLanes)
        {
            var lane = state.AllLanes[index];
            while (lane.TakeNext(state.Now) is { } unit)
            {
                commands.Add(Start(state, unit));
            }

            if (lane.NextLook(state.Now) is { } look)
            {
                state.Alarms.Set(new Alarm(look, AlarmKind.Lane, Lane: lane));
            }
        }

        state.TouchedLanes.Clear();
    }

    private static Command Start(ExecutionState state, WorkUnit unit)
    {
        var step = state.Steps[unit.Key.Step];
        var bindings = unit.Kept is { } kept ? new Bindings(Kept: kept) : state.Bind(step.Outline.WorkReads, step, unit);
        if (unit.Target == AttemptTarget.Primary && (unit.ByFallbackPlan || step.Outline.Kind == WorkKind.Plan))
        {
            unit.ChildRunId = RunIds.ForChild(state.RunId, unit.Key, unit.Attempt);
            WorkFlow.Started(state, unit, step.Outline.Timeout);
            var source = unit.ByFallbackPlan ? ChildSource.StepFallback : ChildSource.Step;
            return new Command.StartChild(unit.Key, unit.Attempt, unit.ChildRunId, source, bindings);
        }

        var timeout = step.Outline.Timeout ?? state.Limits.DefaultTimeout;
        WorkFlow.Started(state, unit, WorkFlow.WithGrace(timeout));
        return new Command.StartAttempt(
            unit.Key, unit.Attempt, unit.Target, bindings, state.Budget.Limit, timeout, unit.QueuedAt, unit.Avoid, null);
    }

    private static void HandOutFacts(ExecutionState state, ImmutableArray<Command>.Builder commands)
    {
        for (var i = 0; i < commands.Count && state.Outbox is { IsRefused: false, IsEmpty: false }; i++)
        {
            if (commands[i] is Command.StartAttempt attempt)
            {
                commands[i] = attempt with { Facts = state.Outbox.Take() };
            }
        }

        if (state.Outbox is { IsEmpty: false, TravelsAlone: 0 })
        {
            var batch = state.Outbox.Take();
            state.Outbox.TravelsAlone = batch.Id;
            commands.Add(new Command.Publish(batch));
        }
    }

    private static Command.Finish Finish(ExecutionState state)
    {
        var ending = state.Ending!;
        state.Phase = RunPhase.Finishing;
        var needsOutput = ending is { Success: true, Output: null };
        var reads = state.Outline.OutputReads ?? new Reads([.. Enumerable.Range(0, state.Steps.Length)], Inputs: false);
        return new Command.Finish(
            ending,
            needsOutput ? state.Bind(reads) : null,
            state.Budget.Limit,
            state.Outbox.TakeSequence(),
            state.Outbox.TakeAll());
    }
}
