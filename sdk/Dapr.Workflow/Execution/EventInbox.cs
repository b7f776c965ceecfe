using Dapr.DurableTask.Protobuf;

namespace Dapr.Workflow.Execution;

/// <summary>External events: raised before anybody waits, or awaited before they are raised. Each goes to the oldest waiter of its name.</summary>
internal sealed class EventInbox
{
    private readonly Dictionary<string, LinkedList<PendingTask>> _waiting = new(StringComparer.OrdinalIgnoreCase);
    private readonly LinkedList<HistoryEvent> _raised = [];

    public int WaiterCount => _waiting.Values.Sum(w => w.Count);

    /// <summary>Events nobody has waited for, in the order raised.</summary>
    public IEnumerable<HistoryEvent> Unclaimed => _raised;

    public void Raise(HistoryEvent raised)
    {
        if (_waiting.TryGetValue(raised.EventRaised.Name, out var waiters) && waiters.First is { } oldest)
        {
            waiters.RemoveFirst();
            oldest.Value.Complete(raised.EventRaised.Input);
        }
        else
        {
            _raised.AddLast(raised);
        }
    }

    /// <summary>Gives the oldest event of the name, if there is one.</summary>
    public bool TryClaim(string name, PendingTask claimant)
    {
        for (var node = _raised.First; node is not null; node = node.Next)
        {
            if (string.Equals(node.Value.EventRaised.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                _raised.Remove(node);
                claimant.Complete(node.Value.EventRaised.Input);
                return true;
            }
        }

        return false;
    }

    public void Wait(string name, PendingTask waiter)
    {
        if (!_waiting.TryGetValue(name, out var waiters))
        {
            _waiting[name] = waiters = [];
        }

        waiters.AddLast(waiter);
    }

    /// <summary>Stops waiting.</summary>
    /// <returns>False when the event has come.</returns>
    public bool Forget(string name, PendingTask waiter) => _waiting.TryGetValue(name, out var waiters) && waiters.Remove(waiter);
}
