using DurableEngine.Backends;
using DurableEngine.Dispatch;
using DurableEngine.History;

namespace DurableEngine.Execution;

/// <summary>
/// The life of a turn: queued, sent, then completed (its outcome is stored, a failed workflow included) or abandoned (its
/// worker is gone, nothing is stored, and it is sent again).
/// </summary>
internal sealed class TurnFlow(EngineCore core)
{
    private static readonly TimeSpan ReadAgain = TimeSpan.FromSeconds(1);

    private readonly Family family = new(core);

    /// <summary>Asks for a turn if there is anything to do and nothing in the way.</summary>
    public void Queue(Instance instance)
    {
        if (instance is { Gone: false, Turn: null, State: { IsTerminal: false, Stalled: not null } }
            && instance.Inbox.OfType<ExecutionTerminated>().FirstOrDefault() is { } terminated)
        {
            TerminateStalled(instance, terminated);
            return;
        }

        if (instance.Turn is not null || instance.TurnQueued || !IsRunnable(instance))
        {
            return;
        }

        instance.TurnQueued = true;
        core.Pool.OfferTurn(instance);
    }

    /// <summary>Gives a queued turn to a worker, with everything that has arrived up to now.</summary>
    public void Send(Instance instance, WorkerStream stream)
    {
        instance.TurnQueued = false;
        if (instance.Turn is not null || !IsRunnable(instance))
        {
            stream.Turns.Remove(instance);
            return;
        }

        var past = instance.State.HistoryCount;
        var known = stream.Stateful ? stream.Known.GetValueOrDefault(instance.Key.Id) : 0;
        if (TryRead(instance, known) is not { } history)
        {
            stream.Turns.Remove(instance);
            return;
        }

        var started = new WorkflowStarted(null) { Timestamp = instance.Stamp(core.Now) };
        if (stream.Stateful)
        {
            stream.Known[instance.Key.Id] = past;
        }

        var turn = new TurnInFlight(core.NewToken(), stream, started, instance.Inbox.Count);
        instance.Turn = turn;
        stream.Send(new TurnItem(
            turn.Token, instance.Key.Id, instance.Started.ExecutionId, known,
            history, [started, .. instance.Inbox]));
    }

    /// <summary>Null when it cannot be read: what may pass is tried again, what is damaged stops this instance and says so.</summary>
    private IReadOnlyList<HistoryEvent>? TryRead(Instance instance, int from)
    {
#pragma warning disable CA1031 // A store can fail in many ways, and none may stop the engine's loop.
        try
        {
            return core.Histories.Read(instance, from);
        }
        catch (Exception error)
        {
            core.ReadFailed(instance.Key, error);
            if (error is InvalidDataException)
            {
                Refuse(instance, new TurnRefused(StallReason.HistoryUnreadable, error.Message));
            }
            else
            {
                core.ScheduleTimer(instance, TimerKey.StartTimer, Instant.From(core.Now.ToDateTimeOffset() + ReadAgain));
            }

            return null;
        }
#pragma warning restore CA1031
    }

    /// <summary>A worker has come: it may be able to continue what no other could.</summary>
    public void RetryStalled(string app)
    {
        foreach (var instance in core.Table.Active.Where(one => one.Key.App == app && one.State.Stalled is not null).ToArray())
        {
            if (instance.Turn is null && !instance.TurnQueued && instance.Inbox.Count > 0)
            {
                instance.TurnQueued = true;
                instance.RetryStall = true;
                core.Pool.OfferTurn(instance);
            }
        }
    }

    public void Disconnect(WorkerStream stream)
    {
        foreach (var instance in core.Pool.Disconnect(stream))
        {
            instance.Turn = null;
            Queue(instance);
        }
    }

    /// <summary>Takes an answer; one that nobody waits for any more is accepted and ignored.</summary>
    public void Complete(string app, TurnResult result, TaskCompletionSource answer)
    {
        if (Claim(app, result.InstanceId, result.Token) is var (instance, turn))
        {
            var context = new TurnContext(
                instance.Key, instance.State, instance.Inbox.GetRange(0, turn.Consumed), instance.Stamp(core.Now));
            switch (TurnRules.Decide(context, result))
            {
                case TurnAccepted accepted:
                    Accept(instance, turn, result, accepted);
                    break;
                case TurnContinued continued:
                    Continue(instance, turn, result, continued.Action);
                    break;
                case TurnRefused refused:
                    Stall(instance, refused, context.Now);
                    break;
            }

            core.NotifyWaiters(instance);
            Queue(instance);
        }

        core.Changes.WhenDurable(() => answer.TrySetResult());
    }

    /// <summary>Parks an instance whose turn cannot be sent.</summary>
    public void Refuse(string app, string instanceId, string token, TurnRefused refusal)
    {
        if (Claim(app, instanceId, token) is var (instance, _))
        {
            Refuse(instance, refusal);
        }
    }

    private void Refuse(Instance instance, TurnRefused refusal)
    {
        Stall(instance, refusal, instance.Stamp(core.Now));
        core.NotifyWaiters(instance);
        Queue(instance);
    }

    public void CompleteActivity(string app, ActivityResult result, TaskCompletionSource answer)
    {
        if (core.Pool.TakeAnswered(app, result) is { IsWanted: true } call)
        {
            var (id, execution) = (call.Task.EventId, call.Task.TaskExecutionId);
            core.Arrive(
                call.Owner,
                result.Failure is { } failure ? new TaskFailed(id, failure, execution) : new TaskCompleted(id, result.Result, execution));
        }

        core.Changes.WhenDurable(() => answer.TrySetResult());
    }

    private (Instance Instance, TurnInFlight Turn)? Claim(string app, string instanceId, string token)
    {
        if (core.Table.FindHot(new InstanceKey(app, instanceId)) is not { Turn: { } turn } instance
            || (token.Length > 0 && token != turn.Token))
        {
            return null;
        }

        turn.Stream.Turns.Remove(instance);
        instance.Turn = null;
        return (instance, turn);
    }

    private bool IsRunnable(Instance instance)
    {
        var ready = instance is { Gone: false, State.IsTerminal: false, Inbox.Count: > 0 }
            && (instance.State.Stalled is null || instance.RetryStall);
        return ready && (instance.State.Started is not null || HasTimeCome(instance));
    }

    private bool HasTimeCome(Instance instance)
    {
        if (instance.Started.ScheduledStart is not { } start || start <= core.Now || instance.HasArrived(e => e is ExecutionTerminated))
        {
            return true;
        }

        core.ScheduleTimer(instance, TimerKey.StartTimer, start);
        return false;
    }

    private void Accept(Instance instance, TurnInFlight turn, TurnResult result, TurnAccepted accepted)
    {
        instance.RetryStall = false;
        var arrived = instance.Inbox.GetRange(0, turn.Consumed);
        core.Append(instance, new TurnEntry(
            turn.Consumed, turn.Started with { Version = result.Version }, result.CustomStatus, accepted.Events));
        foreach (var made in accepted.Events)
        {
            Carry(instance, made);
        }

        foreach (var create in accepted.Detached)
        {
            family.StartDetached(instance, create);
        }

        if (instance.State.IsTerminal)
        {
            Finish(instance, arrived.OfType<ExecutionTerminated>().Any(e => e.Recurse));
        }
    }

    public void Carry(Instance instance, HistoryEvent made)
    {
        switch (made)
        {
            case TaskScheduled task:
                var call = new ActivityCall(instance, task);
                core.Changes.WhenDurable(() => core.Pool.Offer(call));
                break;
            case TimerCreated timer:
                core.ScheduleTimer(instance, timer.EventId, timer.FireAt);
                break;
            case ChildCreated child:
                family.StartChild(instance, child);
                break;
        }
    }

    private void Finish(Instance instance, bool terminateChildren)
    {
        core.Changes.Add(new StoreChange(ChangeKind.Finish, instance.Number, instance.Key, 0, []));
        core.Pool.Forget(instance);
        core.Timers.Abandon(instance.State.PendingTimers.Count, timer => core.FindLive(timer) is not null);
        family.NotifyParent(instance);
        if (terminateChildren)
        {
            family.TerminateChildren(instance);
        }

        core.Changes.WhenDurable(() => core.Table.Retire(instance));
    }

    private void Continue(Instance instance, TurnInFlight turn, TurnResult result, CompleteWorkflow action)
    {
        var old = instance.Started;
        HistoryEvent[] later = [.. instance.Inbox.Skip(turn.Consumed).Where(IsForAnyGeneration)];
        var abandoned = instance.State.PendingTimers.Count;
        core.Changes.Add(new StoreChange(ChangeKind.Truncate, instance.Number, instance.Key, 0, []));
        core.Changes.Add(new StoreChange(
            ChangeKind.Append, instance.Number, instance.Key, 0, Restart(instance, result.CustomStatus)));
        var started = old with
        {
            Input = action.Result,
            Version = action.NewVersion ?? old.Version,
            ExecutionId = Guid.NewGuid().ToString(),
            ScheduledStart = null,
        };
        foreach (var value in (HistoryEvent[])[started, .. action.CarryOver, .. later])
        {
            core.Append(instance, new ArrivedEntry(value with { EventId = -1, Timestamp = instance.Stamp(core.Now) }));
        }

        core.Pool.Forget(instance);
        core.Timers.Abandon(abandoned, timer => core.FindLive(timer) is not null);
    }

    private byte[] Restart(Instance instance, string? customStatus)
    {
        core.Histories.Forget(instance);
        var entry = new GenerationEntry(instance.State.Generation + 1, customStatus);
        instance.Apply(entry);
        return entry.Encode();
    }

    private static bool IsForAnyGeneration(HistoryEvent value) =>
        value is EventRaised or ExecutionSuspended or ExecutionResumed or ExecutionTerminated;

    // No worker can take its turns, so none is waited for.
    private void TerminateStalled(Instance instance, ExecutionTerminated terminated)
    {
        var recurse = instance.Inbox.OfType<ExecutionTerminated>().Any(e => e.Recurse);
        var end = TurnRules.ForceTermination(terminated, instance.Stamp(core.Now));
        core.Append(instance, new TurnEntry(instance.Inbox.Count, null, null, [end]));
        Finish(instance, recurse);
        core.NotifyWaiters(instance);
    }

    private void Stall(Instance instance, TurnRefused refusal, Instant now)
    {
        instance.RetryStall = false;
        core.Pool.Forget(instance);
        if (instance.State.Stalled?.Reason != refusal.Reason)
        {
            core.Append(instance, new TurnEntry(
                0, null, null, [new ExecutionStalled(refusal.Reason, refusal.Description) { Timestamp = now }]));
        }
    }
}
