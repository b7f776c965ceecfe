using DurableEngine.Backends;
using DurableEngine.History;

namespace DurableEngine.Execution;

/// <summary>What clients ask of instances. Every answer is held back until what it says is on disk.</summary>
internal sealed class ClientCommands(EngineCore core)
{
    public void Start(string app, StartRequest request, TaskCompletionSource<InstanceSnapshot> answer)
    {
        var key = new InstanceKey(app, request.InstanceId);
        if (core.Table.Find(key) is { } existing && (request.Unique || !existing.State.IsTerminal))
        {
            throw new RefusedException(RefusalReason.AlreadyExists, existing.State.IsTerminal
                ? $"a workflow with ID '{request.InstanceId}' already exists"
                : $"an active workflow with ID '{request.InstanceId}' already exists");
        }

        var instance = core.Create(
            key, new ExecutionStarted(request.Name, null, request.Input, request.InstanceId, Guid.NewGuid().ToString())
        {
            ScheduledStart = request.ScheduledStart,
            Trace = request.Trace,
            Router = new TaskRouter(app, null),
        });
        if (request.ScheduledStart is not null)
        {
            Answer(instance, answer);
        }
        else
        {
            Await(instance, status => status != WorkflowStatus.Pending, answer);
        }
    }

    public void Rerun(string app, RerunRequest request, TaskCompletionSource<InstanceSnapshot> answer)
    {
        var source = Existing(new InstanceKey(app, request.SourceId));
        if (!source.State.IsTerminal || source.Started.Parent is not null)
        {
            throw new RefusedException(RefusalReason.Invalid, $"'{request.SourceId}' has not ended or is a child workflow");
        }

        var key = new InstanceKey(app, request.NewId ?? Guid.NewGuid().ToString());
        if (core.Table.Find(key) is not null)
        {
            throw key == source.Key
                ? new RefusedException(RefusalReason.Invalid, "the new instance id must differ from the source's")
                : new RefusedException(RefusalReason.AlreadyExists, $"workflow '{key.Id}' has already been created");
        }

        Answer(core.Fork(key, Execution.Rerun.Fork(core.Histories.Read(source, 0), request, key.Id, core.Now)), answer);
    }

    public void Get(InstanceKey key, TaskCompletionSource<InstanceSnapshot?> answer)
    {
        var snapshot = core.Table.Find(key)?.Snapshot();
        core.Changes.WhenDurable(() => answer.TrySetResult(snapshot));
    }

    public void GetHistory(InstanceKey key, TaskCompletionSource<IReadOnlyList<HistoryEvent>> answer)
    {
        var history = core.Histories.Read(Existing(key), 0);
        core.Changes.WhenDurable(() => answer.TrySetResult(history));
    }

    public void WaitFor(InstanceKey key, Func<WorkflowStatus, bool> wanted, TaskCompletionSource<InstanceSnapshot> answer) =>
        Await(Existing(key), wanted, answer);

    public void Raise(InstanceKey key, string name, string? input, TaskCompletionSource answer)
    {
        var instance = Existing(key);
        if (instance.State.Stalled is not null && !instance.State.IsTerminal)
        {
            throw new RefusedException(RefusalReason.Stalled, "workflow is stalled");
        }

        if (!instance.State.IsTerminal)
        {
            core.Arrive(instance, new EventRaised(name, input));
        }

        core.Changes.WhenDurable(() => answer.TrySetResult());
    }

    public void Terminate(InstanceKey key, string? output, bool recursive, TaskCompletionSource<InstanceSnapshot> answer) =>
        Signal(key, new ExecutionTerminated(output, recursive), status => IsTerminal(status), answer);

    public void Suspend(InstanceKey key, string? reason, TaskCompletionSource<InstanceSnapshot> answer) =>
        Signal(key, new ExecutionSuspended(reason), status => status == WorkflowStatus.Suspended || IsTerminal(status), answer);

    public void Resume(InstanceKey key, string? reason, TaskCompletionSource<InstanceSnapshot> answer) =>
        Signal(key, new ExecutionResumed(reason), status => status == WorkflowStatus.Running || IsTerminal(status), answer);

    /// <summary>
    /// Removes an instance that has ended, and its children first when asked; <paramref name="force"/> removes running ones too.
    /// </summary>
    public void Purge(InstanceKey key, bool recursive, bool force, TaskCompletionSource<int> answer)
    {
        var doomed = new List<Instance>();
        Collect(Existing(key), recursive, force, doomed);
        foreach (var instance in doomed)
        {
            Remove(instance);
        }

        core.Changes.WhenDurable(() => answer.TrySetResult(doomed.Count));
    }

    public static bool IsTerminal(WorkflowStatus status) =>
        status is WorkflowStatus.Completed or WorkflowStatus.Failed or WorkflowStatus.Terminated or WorkflowStatus.Canceled;

    private void Signal(
        InstanceKey key, HistoryEvent value, Func<WorkflowStatus, bool> wanted, TaskCompletionSource<InstanceSnapshot> answer)
    {
        var instance = Existing(key);
        if (!instance.State.IsTerminal)
        {
            core.Arrive(instance, value);
        }

        Await(instance, wanted, answer);
    }

    private void Await(Instance instance, Func<WorkflowStatus, bool> wanted, TaskCompletionSource<InstanceSnapshot> answer)
    {
        if (wanted(instance.State.Status))
        {
            Answer(instance, answer);
            return;
        }

        if (core.IsStopping)
        {
            answer.TrySetCanceled();
            return;
        }

        instance.Waiters.RemoveAll(waiter => waiter.Answer.Task.IsCompleted);
        instance.Waiters.Add(new StatusWaiter(wanted, answer));
    }

    private void Answer(Instance instance, TaskCompletionSource<InstanceSnapshot> answer)
    {
        var snapshot = instance.Snapshot();
        core.Changes.WhenDurable(() => answer.TrySetResult(snapshot));
    }

    private Instance Existing(InstanceKey key) =>
        core.Table.Find(key) ?? throw new RefusedException(RefusalReason.NotFound, $"no such instance exists: '{key.Id}'");

    private void Collect(Instance instance, bool recursive, bool force, List<Instance> doomed)
    {
        if (!instance.State.IsTerminal && !force)
        {
            throw instance.State.Stalled is null
                ? new RefusedException(RefusalReason.NotTerminal, "orchestration has not yet completed")
                : new RefusedException(RefusalReason.Stalled, "workflow is stalled");
        }

        if (recursive)
        {
            foreach (var child in core.Histories.Read(instance, 0).OfType<ChildCreated>())
            {
                var key = new InstanceKey(child.Router?.TargetApp ?? instance.Key.App, child.InstanceId);
                if (core.Table.Find(key) is { } found && found.Started.Parent?.InstanceId == instance.Key.Id && !doomed.Contains(found))
                {
                    Collect(found, recursive, force, doomed);
                }
            }
        }

        doomed.Add(instance);
    }

    private void Remove(Instance instance)
    {
        core.Changes.Add(new StoreChange(ChangeKind.Delete, instance.Number, instance.Key, 0, []));
        if (instance.Turn is { } turn)
        {
            turn.Stream.Turns.Remove(instance);
            instance.Turn = null;
        }

        core.Pool.Forget(instance);
        core.Table.Remove(instance);
        instance.Abandon();
        foreach (var waiter in instance.Waiters)
        {
            waiter.Answer.TrySetException(new RefusedException(RefusalReason.NotFound, "the instance was purged"));
        }

        core.Changes.WhenDurable(() => core.Table.Removed(instance.Key));
    }
}
