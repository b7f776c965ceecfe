namespace Orchestration.Domain.Execution;

/// <summary>Named events sent to a run, and the units that wait for them: who comes first is served first, whichever it is.</summary>
internal sealed class SignalBox
{
    // As many as the record of a run knows. It keeps most repetitions away, but not one that two orchestrators take in at the same moment.
    private const int MostRequests = 32;

    private readonly Queue<string> _requests = new();
    private readonly Dictionary<string, Queue<RunValue>> _kept = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Queue<(WorkUnit Unit, int Stamp)>> _listeners = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<SignalSnapshot> CaptureKept() =>
        _kept.OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .SelectMany(entry => entry.Value, (entry, payload) => new SignalSnapshot(entry.Key, payload));

    public IEnumerable<ListenerSnapshot> CaptureListeners() =>
        from entry in _listeners.OrderBy(entry => entry.Key, StringComparer.Ordinal)
        from listener in entry.Value
        where listener.Unit.Stamp == listener.Stamp
        select new ListenerSnapshot(entry.Key, listener.Unit.Key.Step, listener.Unit.Key.Item);

    public IEnumerable<string> CaptureRequests() => _requests;

    /// <summary>False for a request that was taken in before, not too many others ago; it is remembered otherwise.</summary>
    public bool IsNew(string? requestId)
    {
        if (requestId is null)
        {
            return true;
        }

        if (_requests.Contains(requestId))
        {
            return false;
        }

        _requests.Enqueue(requestId);
        if (_requests.Count > MostRequests)
        {
            _requests.Dequeue();
        }

        return true;
    }

    public void Listen(string name, WorkUnit unit)
    {
        if (!_listeners.TryGetValue(name, out var waiting))
        {
            _listeners[name] = waiting = new Queue<(WorkUnit, int)>();
        }

        waiting.Enqueue((unit, unit.Stamp));
    }

    /// <summary>What was sent before anybody listened; null when nothing was.</summary>
    public RunValue? Take(string name) =>
        _kept.TryGetValue(name, out var waiting) && waiting.TryDequeue(out var payload) ? payload : null;

    /// <returns>The unit it is for; null when nobody waits for it, and it is kept.</returns>
    public WorkUnit? Deliver(string name, RunValue payload)
    {
        while (_listeners.TryGetValue(name, out var waiting) && waiting.TryDequeue(out var listener))
        {
            if (listener.Unit.Stamp == listener.Stamp)
            {
                return listener.Unit;
            }
        }

        if (!_kept.TryGetValue(name, out var kept))
        {
            _kept[name] = kept = new Queue<RunValue>();
        }

        kept.Enqueue(payload);
        return null;
    }
}
