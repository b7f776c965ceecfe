using DurableEngine.Execution;
using DurableEngine.History;

namespace DurableEngine.Dispatch;

/// <summary>An activity that is waiting for a worker or running on one.</summary>
internal sealed class ActivityCall(Instance owner, TaskScheduled task)
{
    private readonly int generation = owner.State.Generation;

    public Instance Owner { get; } = owner;
    public TaskScheduled Task { get; } = task;
    public string App { get; } = task.Router?.TargetApp ?? owner.Key.App;
    public WorkerStream? Stream { get; set; }
    public string Token { get; set; } = "";

    /// <summary>An answer without a token may have been meant for it or for another with its task id.</summary>
    public bool Doubtful { get; set; }

    /// <summary>Whether anybody still waits for its result.</summary>
    public bool IsWanted => Owner is { Gone: false, State.IsTerminal: false } && Owner.State.Generation == generation
        && Owner.State.PendingTasks.ContainsKey(Task.EventId)
        && !Owner.HasArrived(value => value is TaskCompleted done && done.TaskId == Task.EventId
            || value is TaskFailed failed && failed.TaskId == Task.EventId);
}
