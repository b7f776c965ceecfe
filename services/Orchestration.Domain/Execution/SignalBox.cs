namespace Orchestration.Domain.Execution;

/// <summary>Named events sent to a run, and the units that wait for them: who comes first is served first, whichever it is.</summary>
internal sealed class SignalBox
{
    private readonly Dictionary<string, Queue<RunValue>> _kept = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Queue<(WorkUnit Unit, int Stamp)>> _listeners = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<SignalSnapshot> CaptureKept() =>
        _kept.OrderBy(entry => entry.Key, StringComparer.Ordinal).SelectMany(entry => entry.Value, (entry, payload) => new SignalSnapshot(entry.Key, payload));

    public IEnumerable<ListenerSnapshot> CaptureListeners() =>
        from entry in _listeners.OrderBy(entry => entry.Key, StringComparer.Ordinal)
        from listener in entry.Value
        where listener.Unit.Stamp == listener.Stamp
        select new ListenerSnapshot(entry.Key, listener.Unit.Key.Step, listener.Unit.Key.Item);

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
