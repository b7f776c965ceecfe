using DurableEngine.Backends;
using DurableEngine.History;

namespace DurableEngine.Execution;

/// <summary>
/// Bounds how much of the instances' histories is in memory. What was used longest ago is let go once it is on disk, and read
/// again when somebody asks for it; what a history means (state, pending work, inbox) stays.
/// </summary>
/// <param name="budget">Bytes of log rows; in memory they take two to three times as much.</param>
internal sealed class HistoryCache(IInstanceStore store, ChangeLog changes, long budget)
{
    // What is not on disk yet stands in the way for a moment only; looking further would cost more than it frees.
    private const int LookedAt = 64;

    private readonly LinkedList<Instance> byUse = new();
    private readonly Dictionary<Instance, Entry> entries = [];
    private long total;

    /// <summary>Notes log rows that were added to an instance; the changes of this round are not on disk yet.</summary>
    public void Grow(Instance instance, long bytes) => Grow(instance, bytes, changes.Filling);

    /// <summary>Notes an instance as it was read from the store.</summary>
    public void Loaded(Instance instance, StoredInstance stored) => Grow(instance, stored.Log.Sum(row => (long)row.Length), 0);

    /// <summary>The instance is not in memory any more, or has begun another generation.</summary>
    public void Forget(Instance instance)
    {
        if (entries.Remove(instance, out var entry))
        {
            total -= entry.Bytes;
            byUse.Remove(entry.Node);
        }
    }

    /// <summary>The instance's history from an index on.</summary>
    /// <exception cref="InvalidDataException">The store does not have it, or not as it was written. Other exceptions are the
    /// store's.</exception>
    public IReadOnlyList<HistoryEvent> Read(Instance instance, int from)
    {
        if (from < instance.State.OnDiskOnly)
        {
            Load(instance);
        }

        return instance.State.HistoryFrom(from);
    }

    private void Load(Instance instance)
    {
        var stored = store.Load(instance.Key);
        if (stored?.Number != instance.Number)
        {
            throw new InvalidDataException($"The history of '{instance.Key.Id}' is not where it was written.");
        }

        instance.State.TakeBack(Instance.Restore(stored).State);
        Loaded(instance, stored);
    }

    private void Grow(Instance instance, long bytes, long position)
    {
        if (entries.TryGetValue(instance, out var entry))
        {
            byUse.Remove(entry.Node);
            byUse.AddLast(entry.Node);
            entries[instance] = entry with { Bytes = entry.Bytes + bytes, Position = Math.Max(entry.Position, position) };
        }
        else
        {
            entries.Add(instance, new Entry(byUse.AddLast(instance), bytes, position));
        }

        total += bytes;
        Trim(instance);
    }

    private void Trim(Instance inUse)
    {
        var node = byUse.First;
        for (var i = 0; i < LookedAt && total > budget && node is not null; i++)
        {
            var (instance, next) = (node.Value, node.Next);
            if (!ReferenceEquals(instance, inUse) && changes.IsDurable(entries[instance].Position))
            {
                instance.State.LetGo();
                Forget(instance);
            }

            node = next;
        }
    }

    private readonly record struct Entry(LinkedListNode<Instance> Node, long Bytes, long Position);
}
