using System.Collections.Immutable;

namespace Orchestration.Domain.Execution;

/// <summary>Facts of a run from the moment they are numbered until an activity has published them.</summary>
internal sealed class Outbox
{
    // A batch is the input of an activity and stands in the history.
    private const int MostFacts = 200;
    private const long LargestBatch = 64 * 1024;

    private readonly SortedDictionary<int, FactBatch> _handedOut = [];
    private readonly List<RunFact> _waiting = [];
    private long _sequence;
    private int _batch;

    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>True when everything that was said is published.</summary>
    public bool IsQuiet => IsEmpty && _handedOut.Count == 0;

    public (long Sequence, int Batch) Position
    {
        get => (_sequence, _batch);
        set => (_sequence, _batch) = value;
    }

    /// <summary>Number of the batch that travels alone; facts that come meanwhile wait for it, so that bursts share one activity.</summary>
    public int TravelsAlone { get; set; }

    /// <summary>
    /// True from a batch that could not be published until one was: meanwhile facts travel alone only, so that they do not stand
    /// in the history with every attempt.
    /// </summary>
    public bool IsRefused { get; private set; }

    public long TakeSequence() => ++_sequence;

    public void Begin(RunOrigin origin)
    {
        _waiting.Add(origin.ToFact());
        _sequence = 1;
    }

    public void Add(DateTimeOffset time, string type, WorkKey? work = null, int attempt = 0, FactDetail? detail = null) =>
        _waiting.Add(new RunFact(
            TakeSequence(),
            time.ToUnixTimeMilliseconds(),
            type,
            work is { } known ? known.Step + 1 : 0,
            work is { } key ? key.Item + 1 : 0,
            attempt,
            detail));

    /// <summary>The next batch; what does not fit into it waits for the one after it.</summary>
    public FactBatch Take()
    {
        var count = 0;
        for (var weight = 0L; count < Math.Min(_waiting.Count, MostFacts) && (count == 0 || weight < LargestBatch); count++)
        {
            weight += HistoryWeight.Of(_waiting[count]);
        }

        var batch = new FactBatch(++_batch, [.. _waiting[..count]]);
        _waiting.RemoveRange(0, count);
        _handedOut.Add(batch.Id, batch);
        return batch;
    }

    public void Answered(int id, bool delivered)
    {
        var travelledAlone = id == TravelsAlone;
        if (travelledAlone)
        {
            TravelsAlone = 0;
        }

        if (!_handedOut.Remove(id, out var batch))
        {
            return;
        }

        if (delivered)
        {
            IsRefused &= !travelledAlone;
        }
        else
        {
            IsRefused = true;
            _waiting.InsertRange(0, batch.Facts);
        }
    }

    /// <summary>
    /// The last batch: with what is still on its way, because nobody waits for those activities any more. Twice is harmless.
    /// </summary>
    public FactBatch TakeAll()
    {
        var facts = _handedOut.Values.SelectMany(batch => batch.Facts).Concat(_waiting).OrderBy(fact => fact.Sequence);
        return new FactBatch(++_batch, [.. facts]);
    }
}
