using DurableEngine.Backends;
using DurableEngine.Dispatch;
using DurableEngine.History;

namespace DurableEngine.Execution;

/// <summary>
/// The engine without threads, disk waits or clock of its own: whoever drives it calls one method at a time, writes the
/// batches of <see cref="Changes"/> in order and reports them durable. State in memory runs ahead of the disk; answers and
/// activity calls do not.
/// </summary>
internal sealed class EngineCore
{
    private readonly TimeProvider clock;
    private readonly string tokenPrefix;
    private readonly Action<InstanceKey, Exception> onReadFailed;
    private long tokens;

    /// <param name="onReadFailed">Told of every history that could not be read for a turn.</param>
    public EngineCore(IInstanceStore store, TimeProvider clock, string tokenPrefix, long historyBudget,
        Action<InstanceKey, Exception> onReadFailed)
    {
        this.onReadFailed = onReadFailed;
        this.clock = clock;
        this.tokenPrefix = tokenPrefix;
        Store = store;
        Histories = new HistoryCache(store, Changes, historyBudget);
        Table = new InstanceTable(store, Histories);
        Turns = new TurnFlow(this);
        Clients = new ClientCommands(this);
        Pool = new WorkerPool(Turns.Send, NewToken);
    }

    public IInstanceStore Store { get; }
    public ChangeLog Changes { get; } = new();
    public TimerQueue Timers { get; } = new();
    public HistoryCache Histories { get; }
    public InstanceTable Table { get; }
    public WorkerPool Pool { get; }
    public TurnFlow Turns { get; }
    public ClientCommands Clients { get; }

    public bool IsStopping { get; private set; }

    public Instant Now => Instant.From(clock.GetUtcNow());

    /// <summary>Takes up every run where the disk says it is.</summary>
    public void Resume()
    {
        Instance[] active = [.. Table.LoadActive()];
        foreach (var instance in active)
        {
            foreach (var timer in instance.State.PendingTimers.Values)
            {
                ScheduleTimer(instance, timer.EventId, timer.FireAt);
            }

            foreach (var task in instance.State.PendingTasks.Values.OrderBy(task => task.EventId))
            {
                Pool.Offer(new ActivityCall(instance, task));
            }
        }

        // After all are there: a stalled instance that ends here tells its family.
        foreach (var instance in active)
        {
            Turns.Queue(instance);
        }
    }

    /// <summary>Brings a new instance into being; its first turn follows when a worker is there and the time has come.</summary>
    public Instance Create(InstanceKey key, ExecutionStarted started)
    {
        var instance = Table.Create(key);
        Changes.Add(new StoreChange(ChangeKind.Create, instance.Number, key, 0, []));
        Arrive(instance, started);
        return instance;
    }

    /// <summary>Brings a new instance into being that has a history, and does what is open in it.</summary>
    public Instance Fork(InstanceKey key, IReadOnlyList<HistoryEvent> history)
    {
        var instance = Table.Create(key);
        Changes.Add(new StoreChange(ChangeKind.Create, instance.Number, key, 0, []));
        Append(instance, new TurnEntry(0, null, null, history));
        foreach (var open in history.Where(instance.State.IsPending).ToArray())
        {
            Turns.Carry(instance, open);
        }

        return instance;
    }

    /// <summary>Puts an event into the inbox, on disk too, and sees to a turn.</summary>
    public void Arrive(Instance instance, HistoryEvent value)
    {
        Append(instance, new ArrivedEntry(value with { Timestamp = instance.Stamp(Now) }));
        Turns.Queue(instance);
    }

    public void Append(Instance instance, LogEntry entry)
    {
        var row = entry.Encode();
        Changes.Add(new StoreChange(ChangeKind.Append, instance.Number, instance.Key, instance.NextSequence, row));
        instance.Apply(entry);
        Histories.Grow(instance, row.Length);
    }

    public void ScheduleTimer(Instance instance, int timerId, Instant due) =>
        Timers.Add(new TimerKey(instance.Key, instance.Number, instance.State.Generation, timerId), due);

    /// <summary>Fires every timer that is due.</summary>
    public void FireTimers()
    {
        var now = Now;
        while (Timers.TryTake(now, out var timer))
        {
            if (FindLive(timer) is not { } instance)
            {
                continue;
            }

            if (timer.TimerId == TimerKey.StartTimer)
            {
                Turns.Queue(instance);
            }
            else if (instance.State.PendingTimers.TryGetValue(timer.TimerId, out var created)
                && !instance.HasArrived(value => value is TimerFired fired && fired.TimerId == timer.TimerId))
            {
                Arrive(instance, new TimerFired(created.FireAt, timer.TimerId));
            }
        }
    }

    public Instance? FindLive(TimerKey timer) =>
        Table.FindHot(timer.Instance) is { } instance && instance.Number == timer.Number
        && instance.State.Generation == timer.Generation && !instance.State.IsTerminal
            ? instance
            : null;

    /// <summary>Answers those whose awaited status has been reached, once it is on disk.</summary>
    public void NotifyWaiters(Instance instance)
    {
        if (instance.Waiters.Count == 0)
        {
            return;
        }

        var status = instance.State.Status;
        var reached = instance.Waiters.FindAll(waiter => waiter.Wanted(status));
        if (reached.Count > 0)
        {
            instance.Waiters.RemoveAll(reached.Contains);
            var snapshot = instance.Snapshot();
            Changes.WhenDurable(() => reached.ForEach(waiter => waiter.Answer.TrySetResult(snapshot)));
        }
    }

    /// <summary>Nobody waits for a status any more.</summary>
    public void StopWaiting()
    {
        IsStopping = true;
        foreach (var instance in Table.Active)
        {
            instance.Waiters.ForEach(waiter => waiter.Answer.TrySetCanceled());
            instance.Waiters.Clear();
        }
    }

    public void ReadFailed(InstanceKey instance, Exception error) => onReadFailed(instance, error);

    public string NewToken() => $"{tokenPrefix}-{++tokens:x}";
}
