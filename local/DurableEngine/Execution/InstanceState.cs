using DurableEngine.History;

namespace DurableEngine.Execution;

/// <summary>What a history means: the fold of its events, and nothing but the fold.</summary>
internal sealed class InstanceState(int generation)
{
    private readonly List<HistoryEvent> history = [];

    public int HistoryCount => OnDiskOnly + history.Count;

    /// <summary>How many events from the beginning are not in memory.</summary>
    public int OnDiskOnly { get; private set; }

    public int Generation { get; } = generation;
    public string? CustomStatus { get; set; }
    public ExecutionStarted? Started { get; private set; }
    public ExecutionCompleted? Completed { get; private set; }
    public ExecutionStalled? Stalled { get; private set; }
    public bool Suspended { get; private set; }
    public Instant? FirstTurn { get; private set; }
    public Instant LastUpdated { get; private set; }
    public IReadOnlyList<string> Patches { get; private set; } = [];

    public Dictionary<int, TaskScheduled> PendingTasks { get; } = [];
    public Dictionary<int, TimerCreated> PendingTimers { get; } = [];
    public Dictionary<int, ChildCreated> PendingChildren { get; } = [];

    public bool IsTerminal => Completed is not null;

    public WorkflowStatus Status => this switch
    {
        { Completed: { } completed } => completed.Status,
        { Stalled: not null } => WorkflowStatus.Stalled,
        { Started: null } => WorkflowStatus.Pending,
        { Suspended: true } => WorkflowStatus.Suspended,
        _ => WorkflowStatus.Running,
    };

    /// <summary>Whether it is a task, timer or child that has not been answered.</summary>
    public bool IsPending(HistoryEvent value) => value switch
    {
        TaskScheduled e => PendingTasks.ContainsKey(e.EventId),
        TimerCreated e => PendingTimers.ContainsKey(e.EventId),
        ChildCreated e => PendingChildren.ContainsKey(e.EventId),
        _ => false,
    };

    public void Apply(HistoryEvent value)
    {
        history.Add(value);
        LastUpdated = value.Timestamp;
        ApplyWork(value);
        ApplyLifecycle(value);
    }

    /// <param name="index">Not below <see cref="OnDiskOnly"/>.</param>
    public HistoryEvent[] HistoryFrom(int index) => [.. history.Skip(index - OnDiskOnly)];

    /// <summary>Lets go of the events; what they mean stays.</summary>
    public void LetGo()
    {
        OnDiskOnly = HistoryCount;
        history.Clear();
        history.TrimExcess();
    }

    /// <summary>Takes the events that were let go from the same history as it was stored.</summary>
    public void TakeBack(InstanceState stored)
    {
        history.InsertRange(0, stored.history.Take(OnDiskOnly));
        OnDiskOnly = 0;
    }

    private void ApplyWork(HistoryEvent value)
    {
        switch (value)
        {
            case TaskScheduled e:
                PendingTasks[e.EventId] = e;
                break;
            case TaskCompleted e:
                PendingTasks.Remove(e.TaskId);
                break;
            case TaskFailed e:
                PendingTasks.Remove(e.TaskId);
                break;
            case ChildCreated e:
                PendingChildren[e.EventId] = e;
                break;
            case ChildCompleted e:
                PendingChildren.Remove(e.TaskId);
                break;
            case ChildFailed e:
                PendingChildren.Remove(e.TaskId);
                break;
            case TimerCreated e:
                PendingTimers[e.EventId] = e;
                break;
            case TimerFired e:
                PendingTimers.Remove(e.TimerId);
                break;
        }
    }

    private void ApplyLifecycle(HistoryEvent value)
    {
        switch (value)
        {
            case WorkflowStarted e:
                FirstTurn ??= e.Timestamp;
                Patches = e.Version?.Patches ?? Patches;
                Stalled = null;
                break;
            case ExecutionStarted e:
                Started ??= e;
                break;
            case ExecutionCompleted e:
                Completed ??= e;
                break;
            case ExecutionSuspended:
                Suspended = true;
                break;
            case ExecutionResumed:
                Suspended = false;
                break;
            case ExecutionStalled e:
                Stalled = e;
                break;
        }
    }
}
