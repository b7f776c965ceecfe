namespace Dapr.Workflow.Execution;

/// <summary>
/// Executions between their turns, the least recently used given up first. A turn takes its execution out, so a turn that is delivered twice
/// never runs the same code twice at once: the second one replays.
/// </summary>
/// <param name="capacity">How many are kept; 0 keeps none.</param>
internal sealed class KeptExecutions(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<(string InstanceId, WorkflowExecution Execution)>> _byInstance = new(StringComparer.Ordinal);
    private readonly LinkedList<(string InstanceId, WorkflowExecution Execution)> _byUse = [];

    public WorkflowExecution? Take(string instanceId)
    {
        lock (_lock)
        {
            return Remove(instanceId);
        }
    }

    /// <summary>Keeps an execution.</summary>
    /// <returns>What is no longer kept and has to be disposed of.</returns>
    public IReadOnlyList<WorkflowExecution> Keep(string instanceId, WorkflowExecution execution)
    {
        if (capacity == 0)
        {
            return [execution];
        }

        lock (_lock)
        {
            var given = new List<WorkflowExecution>();
            if (Remove(instanceId) is { } older)
            {
                given.Add(older);
            }

            _byInstance[instanceId] = _byUse.AddLast((instanceId, execution));
            while (_byUse.Count > capacity && Remove(_byUse.First!.Value.InstanceId) is { } oldest)
            {
                given.Add(oldest);
            }

            return given;
        }
    }

    private WorkflowExecution? Remove(string instanceId)
    {
        if (!_byInstance.Remove(instanceId, out var node))
        {
            return null;
        }

        _byUse.Remove(node);
        return node.Value.Execution;
    }
}
