using DurableEngine.Backends;
using DurableEngine.Dispatch;
using DurableEngine.History;

namespace DurableEngine.Execution;

/// <summary>A turn that a worker has.</summary>
internal sealed record TurnInFlight(string Token, WorkerStream Stream, WorkflowStarted Started, int Consumed);

/// <summary>Somebody who waits for a status.</summary>
internal sealed record StatusWaiter(Func<WorkflowStatus, bool> Wanted, TaskCompletionSource<InstanceSnapshot> Answer);

/// <summary>An instance in memory: its folded state, the events that wait for a turn, and who waits for it.</summary>
internal sealed class Instance(long number, InstanceKey key)
{
    public long Number { get; } = number;
    public InstanceKey Key { get; } = key;
    public InstanceState State { get; private set; } = new(0);
    public List<HistoryEvent> Inbox { get; } = [];
    public List<StatusWaiter> Waiters { get; } = [];
    public TurnInFlight? Turn { get; set; }
    public bool TurnQueued { get; set; }

    /// <summary>A worker has come since the stall: try once more.</summary>
    public bool RetryStall { get; set; }

    /// <summary>Purged: nothing may be stored for it any more.</summary>
    public bool Gone { get; private set; }

    public int NextSequence { get; private set; }
    public Instant LastTimestamp { get; private set; }

    /// <summary>Its start event, whether a turn has taken it yet or not.</summary>
    public ExecutionStarted Started => State.Started ?? Inbox.OfType<ExecutionStarted>().First();

    public static Instance Restore(StoredInstance stored)
    {
        var instance = new Instance(stored.Number, stored.Key);
        foreach (var row in stored.Log)
        {
            instance.Apply(LogEntry.Decode(row));
        }

        return instance;
    }

    /// <summary>The one way state moves, at run time and when reading the log back.</summary>
    public void Apply(LogEntry entry)
    {
        NextSequence++;
        switch (entry)
        {
            case ArrivedEntry e:
                Inbox.Add(e.Event);
                Witness(e.Event.Timestamp);
                break;
            case TurnEntry e:
                ApplyTurn(e);
                break;
            case GenerationEntry e:
                State = new InstanceState(e.Generation) { CustomStatus = e.CustomStatus };
                Inbox.Clear();
                NextSequence = 1;
                break;
        }
    }

    public void Abandon() => Gone = true;

    /// <summary>A time not before anything that has happened to this instance, and different from all of it.</summary>
    public Instant Stamp(Instant now)
    {
        LastTimestamp = now > LastTimestamp ? now : LastTimestamp.Next();
        return LastTimestamp;
    }

    /// <summary>Whether the inbox already answers a task, child or timer of this generation.</summary>
    public bool HasArrived(Func<HistoryEvent, bool> match) => Inbox.Exists(value => match(value));

    public InstanceSnapshot Snapshot()
    {
        var started = Started;
        var completed = State.Completed;
        return new InstanceSnapshot(Key.Id, started.Name, State.Status)
        {
            Version = started.Version,
            Input = started.Input,
            Output = completed?.Result,
            Failure = completed?.Failure,
            CustomStatus = State.CustomStatus,
            ExecutionId = started.ExecutionId,
            Parent = started.Parent,
            Created = started.Timestamp,
            LastUpdated = State.HistoryCount > 0 ? State.LastUpdated : started.Timestamp,
            Started = State.FirstTurn,
            Completed = completed?.Timestamp,
            ScheduledStart = started.ScheduledStart,
            Tags = started.Tags,
        };
    }

    private void ApplyTurn(TurnEntry turn)
    {
        if (turn.Started is not null)
        {
            State.Apply(turn.Started);
            State.CustomStatus = turn.CustomStatus;
            Witness(turn.Started.Timestamp);
        }

        foreach (var arrived in Inbox.Take(turn.Consumed).Concat(turn.Events))
        {
            State.Apply(arrived);
            Witness(arrived.Timestamp);
        }

        Inbox.RemoveRange(0, turn.Consumed);
    }

    private void Witness(Instant time) => LastTimestamp = time > LastTimestamp ? time : LastTimestamp;
}
