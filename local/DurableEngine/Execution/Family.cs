using DurableEngine.History;

namespace DurableEngine.Execution;

/// <summary>What passes between parents and children. Both sides change in one transaction, so neither can miss the other.</summary>
internal sealed class Family(EngineCore core)
{
    public void StartChild(Instance parent, ChildCreated child)
    {
        var key = new InstanceKey(child.Router?.TargetApp ?? parent.Key.App, child.InstanceId);
        var existing = core.Table.Find(key);
        if (existing is { State.IsTerminal: false })
        {
            if (existing.Started.Parent is not { } other || other.InstanceId != parent.Key.Id || other.TaskId != child.EventId
                || other.ExecutionId != parent.Started.ExecutionId)
            {
                var message = $"an active workflow with ID '{child.InstanceId}' already exists";
                core.Arrive(parent, new ChildFailed(
                    child.EventId, new FailureDetails("WorkflowInstanceAlreadyExists", message, null, null, false)));
            }

            return;
        }

        core.Create(key, new ExecutionStarted(child.Name, child.Version, child.Input, child.InstanceId, Guid.NewGuid().ToString())
        {
            Parent = new ParentInstance(child.EventId, parent.Started.Name, parent.Key.Id, parent.Started.ExecutionId, parent.Key.App),
            Trace = child.Trace,
            Router = child.Router,
        });
    }

    public void StartDetached(Instance instance, CreateDetached create)
    {
        var key = new InstanceKey(create.Router?.TargetApp ?? instance.Key.App, create.InstanceId);
        if (core.Table.Find(key) is { State.IsTerminal: false })
        {
            return;
        }

        core.Create(key, new ExecutionStarted(
            create.Name, create.Version, create.Input, create.InstanceId, create.ExecutionId ?? Guid.NewGuid().ToString())
        {
            ScheduledStart = create.ScheduledStart,
            Trace = create.Trace,
            Tags = create.Tags,
            Router = new TaskRouter(instance.Key.App, create.Router?.TargetApp),
        });
    }

    public void NotifyParent(Instance child)
    {
        if (child.Started.Parent is { } link && child.State.Completed is { } completed && FindWaitingParent(child, link) is { } parent)
        {
            core.Arrive(parent, completed.Status == WorkflowStatus.Completed
                ? new ChildCompleted(link.TaskId, completed.Result)
                : new ChildFailed(link.TaskId, completed.Failure ?? Ended(child, completed.Status)));
        }
    }

    // A parent of an earlier generation is another parent.
    private Instance? FindWaitingParent(Instance child, ParentInstance link)
    {
        var key = new InstanceKey(link.App ?? child.Key.App, link.InstanceId);
        return core.Table.FindHot(key) is { State.IsTerminal: false } parent
            && (link.ExecutionId ?? parent.Started.ExecutionId) == parent.Started.ExecutionId
            && parent.State.PendingChildren.ContainsKey(link.TaskId)
            && !parent.HasArrived(value => Answers(value, link.TaskId))
                ? parent
                : null;
    }

    private static bool Answers(HistoryEvent value, int taskId) =>
        value is ChildCompleted done && done.TaskId == taskId || value is ChildFailed failed && failed.TaskId == taskId;

    private static FailureDetails Ended(Instance child, WorkflowStatus status) =>
        new($"Workflow{status}", $"The child workflow '{child.Key.Id}' ended as {status}.", null, null, true);

    public void TerminateChildren(Instance parent)
    {
        foreach (var child in parent.State.PendingChildren.Values)
        {
            var key = new InstanceKey(child.Router?.TargetApp ?? parent.Key.App, child.InstanceId);
            if (core.Table.FindHot(key) is { State.IsTerminal: false } instance && instance.Started.Parent?.InstanceId == parent.Key.Id)
            {
                core.Arrive(instance, new ExecutionTerminated(parent.State.Completed?.Result, true));
            }
        }
    }
}
