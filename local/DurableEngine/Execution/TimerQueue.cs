using DurableEngine.History;

namespace DurableEngine.Execution;

/// <summary>A timer of an instance; <see cref="StartTimer"/> stands for its scheduled start.</summary>
internal readonly record struct TimerKey(InstanceKey Instance, long Number, int Generation, int TimerId)
{
    public const int StartTimer = -1;
}

/// <summary>
/// Timers by due time. A timer whose instance has ended stays until it is due or until such timers are the majority:
/// a day-long time-out of a step that took a second must not cost memory all day.
/// </summary>
internal sealed class TimerQueue
{
    private const int SmallEnough = 1024;

    private readonly PriorityQueue<TimerKey, Instant> queue = new();
    private int dead;

    public Instant? NextDue => queue.TryPeek(out _, out var due) ? due : null;

    public void Add(TimerKey timer, Instant due) => queue.Enqueue(timer, due);

    public bool TryTake(Instant now, out TimerKey timer)
    {
        if (queue.TryPeek(out timer, out var due) && due <= now)
        {
            queue.Dequeue();
            return true;
        }

        return false;
    }

    /// <summary>Tells the queue that <paramref name="count"/> timers will never matter again.</summary>
    public void Abandon(int count, Predicate<TimerKey> matters)
    {
        dead += count;
        if (dead < SmallEnough || dead < queue.Count / 2)
        {
            return;
        }

        var live = queue.UnorderedItems.Where(item => matters(item.Element)).ToArray();
        queue.Clear();
        queue.EnqueueRange(live);
        dead = 0;
    }
}
