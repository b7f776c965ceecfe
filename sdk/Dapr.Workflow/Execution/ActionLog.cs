using Dapr.DurableTask.Protobuf;

namespace Dapr.Workflow.Execution;

/// <summary>What the code has asked for, numbered from 0 in call order, and which of it history has confirmed.</summary>
internal sealed class ActionLog
{
    private readonly SortedDictionary<int, WorkflowAction> _unconfirmed = [];
    private readonly Dictionary<int, PendingTask> _open = [];
    private int _next;

    /// <summary>Tasks that history has yet to complete.</summary>
    public int OpenCount => _open.Count;

    /// <summary>What the sidecar has to be told (again), in call order.</summary>
    public IEnumerable<WorkflowAction> Unconfirmed => _unconfirmed.Values;

    public int NextId() => _next++;

    public void Add(WorkflowAction action) => _unconfirmed.Add(action.Id, action);

    public void Open(int id, PendingTask task) => _open.Add(id, task);

    /// <summary>Forgets a task nobody waits for any more.</summary>
    public void Close(int id) => _open.Remove(id);

    /// <summary>Takes note that history has the action.</summary>
    /// <returns>What is wrong when the code did not ask for this, else null.</returns>
    public string? Confirm(int id, WorkflowAction.WorkflowActionTypeOneofCase kind, string? name)
    {
        if (!_unconfirmed.Remove(id, out var action))
        {
            return $"history has {kind} '{name}' as action {id}, but the code did not ask for it";
        }

        var asked = NameOf(action);
        return action.WorkflowActionTypeCase == kind && (name is null || string.Equals(asked, name, StringComparison.OrdinalIgnoreCase))
            ? null
            : $"history has {kind} '{name}' as action {id}, but the code asked for {action.WorkflowActionTypeCase} '{asked}'";
    }

    /// <summary>The task of an action, once. Null for a repeated or unknown answer.</summary>
    public PendingTask? Take(int id) => _open.Remove(id, out var task) ? task : null;

    private static string? NameOf(WorkflowAction action) => action.WorkflowActionTypeCase switch
    {
        WorkflowAction.WorkflowActionTypeOneofCase.ScheduleTask => action.ScheduleTask.Name,
        WorkflowAction.WorkflowActionTypeOneofCase.CreateChildWorkflow => action.CreateChildWorkflow.Name,
        _ => null,
    };
}
