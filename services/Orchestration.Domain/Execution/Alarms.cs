namespace Orchestration.Domain.Execution;

internal enum AlarmKind
{
    /// <summary>A unit has waited long enough: for a retry, after "not now", or its delay is over.</summary>
    Wake,

    /// <summary>An attempt, a run below or an event has taken too long.</summary>
    Deadline,

    /// <summary>A lane that was refused may ask again, or what it sent since was taken.</summary>
    Lane,

    /// <summary>The time of the whole run is up.</summary>
    Run,

    /// <summary>What was in flight when a new history was wanted has not answered in time.</summary>
    Renewal,
}

/// <param name="Stamp">The unit's stamp when the alarm was set; another one means that the alarm is stale.</param>
internal sealed record Alarm(DateTimeOffset Due, AlarmKind Kind, WorkUnit? Unit = null, int Stamp = 0, Lane? Lane = null)
{
    public bool IsStale => Unit is not null && Unit.Stamp != Stamp;
}

/// <summary>
/// Everything a run waits for by the clock. A durable timer cannot be taken back and each one costs, so a run has one timer
/// for its earliest alarm and not one for each.
/// </summary>
internal sealed class Alarms
{
    private readonly PriorityQueue<Alarm, (DateTimeOffset Due, int Order)> _alarms = new();
    private readonly SortedSet<DateTimeOffset> _timers = [];
    private int _order;

    public void Set(Alarm alarm) => _alarms.Enqueue(alarm, (alarm.Due, _order++));

    public void TimerFired(DateTimeOffset dueAt) => _timers.Remove(dueAt);

    /// <summary>The alarms that still mean something, in the order they ring.</summary>
    public IEnumerable<Alarm> All() =>
        _alarms.UnorderedItems.Where(entry => !entry.Element.IsStale).OrderBy(entry => entry.Priority).Select(entry => entry.Element);

    public Alarm? TakeDue(DateTimeOffset now)
    {
        DropStale();
        return _alarms.TryPeek(out var alarm, out _) && alarm.Due <= now ? _alarms.Dequeue() : null;
    }

    /// <summary>The time a new timer must be set to; null when the timers that are set will do.</summary>
    public DateTimeOffset? NextTimer()
    {
        DropStale();
        if (!_alarms.TryPeek(out var alarm, out _) || (_timers.Count > 0 && _timers.Min <= alarm.Due))
        {
            return null;
        }

        _timers.Add(alarm.Due);
        return alarm.Due;
    }

    private void DropStale()
    {
        while (_alarms.TryPeek(out var alarm, out _) && alarm.IsStale)
        {
            _alarms.Dequeue();
        }
    }
}
