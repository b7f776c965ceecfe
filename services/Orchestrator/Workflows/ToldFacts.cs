using Orchestration.Domain.Execution;

namespace Orchestrator.Workflows;

/// <summary>What a run has said so far, so that it can say one thing more when its state is broken.</summary>
internal sealed class ToldFacts
{
    private readonly SortedDictionary<long, RunFact> _undelivered = [];
    private long _last;

    public ToldFacts(RunOrigin origin, RunSnapshot? resume)
    {
        if (resume is null)
        {
            Add([origin.ToFact()]);
        }
        else
        {
            // All of it was published before the history was left behind.
            _last = resume.Sequence;
        }
    }

    public long NextSequence => _last + 1;

    /// <summary>Everything that may not have arrived; twice is harmless.</summary>
    public FactBatch Undelivered => new(0, [.. _undelivered.Values]);

    public void Add(IEnumerable<RunFact> facts)
    {
        foreach (var fact in facts)
        {
            _undelivered[fact.Sequence] = fact;
            _last = Math.Max(_last, fact.Sequence);
        }
    }

    public void Delivered(FactBatch batch)
    {
        foreach (var fact in batch.Facts)
        {
            _undelivered.Remove(fact.Sequence);
        }
    }
}
