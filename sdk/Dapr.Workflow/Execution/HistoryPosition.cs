using Dapr.DurableTask.Protobuf;

namespace Dapr.Workflow.Execution;

/// <summary>How much of an instance's history a kept execution has processed, and how to tell whether a history it is given is still that one.</summary>
internal sealed class HistoryPosition
{
    private int _turnStart = -1;
    private HistoryMark _turnMark;
    private HistoryMark _lastMark;

    /// <summary>Events processed.</summary>
    public int Seen { get; private set; }

    /// <summary>Whether the committed history, of which the first <paramref name="offset"/> events were left out, continues what was processed.</summary>
    public bool IsContinuedBy(IReadOnlyList<HistoryEvent> past, int offset) =>
        offset <= Seen
        && offset + past.Count >= Seen
        && Matches(past, _turnStart - offset, _turnMark)
        && Matches(past, Seen - 1 - offset, _lastMark);

    /// <summary>Takes note of a turn: the rest of the past after what was seen, then the new events.</summary>
    public void Advance(IReadOnlyList<HistoryEvent> past, int offset, IReadOnlyList<HistoryEvent> added)
    {
        if (offset + past.Count > Seen)
        {
            Seen = offset + past.Count;
            _lastMark = HistoryMark.Of(past[^1]);
        }

        if (added.Count > 0)
        {
            _turnStart = Seen;
            _turnMark = HistoryMark.Of(added[0]);
            _lastMark = HistoryMark.Of(added[^1]);
            Seen += added.Count;
        }
    }

    // An event before the part that was sent has been checked on an earlier turn.
    private static bool Matches(IReadOnlyList<HistoryEvent> past, int index, HistoryMark mark) => index < 0 || HistoryMark.Of(past[index]) == mark;
}
