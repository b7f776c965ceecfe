using DurableEngine.Backends;

namespace DurableEngine.Execution;

/// <summary>Changes that belong into one transaction, and what to report once it is on disk.</summary>
public sealed record CommitBatch(long Position, IReadOnlyList<StoreChange> Changes);

/// <summary>
/// Collects the changes of a round and holds back every answer and every visible effect until the round is on disk.
/// </summary>
internal sealed class ChangeLog
{
    private readonly Queue<(long Position, Action Effect)> effects = new();
    private List<StoreChange> pending = [];
    private long filling = 1;
    private long durable;

    /// <summary>Position of the round that is being collected.</summary>
    public long Filling => filling;

    public bool IsDurable(long position) => position <= durable;

    public void Add(StoreChange change) => pending.Add(change);

    /// <summary>Runs <paramref name="effect"/> when everything said so far is on disk; at once when it is.</summary>
    public void WhenDurable(Action effect)
    {
        var position = pending.Count > 0 ? filling : filling - 1;
        if (durable >= position)
        {
            effect();
        }
        else
        {
            effects.Enqueue((position, effect));
        }
    }

    /// <summary>Closes the round; null when nothing changed in it.</summary>
    public CommitBatch? Take()
    {
        if (pending.Count == 0)
        {
            return null;
        }

        var batch = new CommitBatch(filling++, pending);
        pending = [];
        return batch;
    }

    public void MarkDurable(long position)
    {
        durable = position;
        while (effects.TryPeek(out var next) && next.Position <= position)
        {
            effects.Dequeue().Effect();
        }
    }
}
