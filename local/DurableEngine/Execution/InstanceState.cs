using DurableEngine.History;

namespace DurableEngine.Execution;

/// <summary>What a history means: the fold of its events, and nothing but the fold.</summary>
internal sealed class InstanceState(int generation)
{
    private readonly List<HistoryEvent> history = [];

    public IReadOnlyList<HistoryEvent> History => history;
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
        { Started: null } => WorkflowStatus.Pending,
        { Stalled: not null } => WorkflowStatus.Stalled,
        { Suspended: true } => WorkflowStatus.Suspended,
        _ => WorkflowStatus.Running,
    };

    public void Apply(HistoryEvent value)
    {
        history.Add(value);
        LastUpdated = value.Timestamp;
        ApplyWork(value);
        ApplyLifecycle(value);
    }

    public HistoryEvent[] HistoryFrom(int index) => [.. history.Skip(index)];

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
