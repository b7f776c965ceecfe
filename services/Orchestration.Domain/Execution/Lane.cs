namespace Orchestration.Domain.Execution;

/// <summary>
/// Ready work that goes to the same agent. How many of it are in flight follows what the agent can take: it shrinks to what
/// was in flight when "not now" came, and grows by one with every full round of answers. So a run that is wider than its
/// agents keeps its queue here, where it costs no history, and not at the door of the agent. One that was refused altogether
/// begins anew with one and doubles, also when what it sent is merely not refused: work may take hours.
/// </summary>
internal sealed class Lane(int index, int widest)
{
    // Longer than a replica of the orchestrator tries before it says "not now".
    private static readonly TimeSpan TakenAfter = TimeSpan.FromSeconds(15);

    private readonly PriorityQueue<WorkUnit, (int Step, int Item)> _ready = new();
    private readonly int _widest = widest;
    private int _width = widest;
    private int _answers;
    private bool _beginsAnew;
    private DateTimeOffset? _refusedSince;
    private DateTimeOffset? _looksAt;

    public int Index { get; } = index;

    public int InFlight { get; private set; }

    public DateTimeOffset PausedUntil { get; private set; } = DateTimeOffset.MinValue;

    public LaneSnapshot Capture() => new(
        _width, _answers, PausedUntil == DateTimeOffset.MinValue ? 0 : PausedUntil.UtcTicks, _refusedSince?.UtcTicks ?? 0, _beginsAnew);

    public void Restore(LaneSnapshot snapshot)
    {
        (_width, _answers, _beginsAnew) = (snapshot.Width, snapshot.Answers, snapshot.BeginsAnew);
        PausedUntil = snapshot.PausedTicks == 0 ? DateTimeOffset.MinValue : Ticks.ToTime(snapshot.PausedTicks);
        _refusedSince = snapshot.RefusedTicks == 0 ? null : Ticks.ToTime(snapshot.RefusedTicks);
    }

    public void Add(WorkUnit unit) => _ready.Enqueue(unit, (unit.Key.Step, unit.Key.Item));

    public WorkUnit? TakeNext(DateTimeOffset now)
    {
        while (InFlight < _width && PausedUntil <= now && _ready.TryDequeue(out var unit, out _))
        {
            if (unit.Status == UnitStatus.Queued)
            {
                InFlight++;
                return unit;
            }
        }

        return null;
    }

    public void Answered()
    {
        InFlight--;
        PausedUntil = DateTimeOffset.MinValue;
        _refusedSince = null;
        if (++_answers >= _width)
        {
            Grow();
        }
    }

    /// <returns>When to look whether what is out was taken; null when that makes no difference, or a look is due already.</returns>
    public DateTimeOffset? NextLook(DateTimeOffset now)
    {
        if (!_beginsAnew || _looksAt > now || InFlight < _width || _ready.Count == 0)
        {
            return null;
        }

        _looksAt = now + TakenAfter;
        return _looksAt;
    }

    /// <summary>What has been out for so long and was not refused was taken.</summary>
    public void Look(DateTimeOffset now)
    {
        if (_looksAt <= now && InFlight >= _width)
        {
            Grow();
        }
    }

    /// <summary>How long nothing but "not now" has come back.</summary>
    public TimeSpan RefusedFor(DateTimeOffset now) => now - (_refusedSince ?? now);

    /// <returns>True when nothing is in flight any more, so that only an alarm can wake the lane.</returns>
    public bool Refused(DateTimeOffset now, TimeSpan delay)
    {
        InFlight--;
        _refusedSince ??= now;
        _width = Math.Max(1, InFlight);
        _answers = 0;
        _beginsAnew = InFlight == 0;
        _looksAt = null;
        if (InFlight > 0)
        {
            return false;
        }

        PausedUntil = now + delay;
        return true;
    }

    private void Grow()
    {
        _width += Math.Min(_beginsAnew ? _width : 1, _widest - _width);
        _beginsAnew &= _width < _widest;
        _answers = 0;
    }
}
