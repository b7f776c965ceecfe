namespace Orchestration.Domain.Execution;

/// <summary>
/// When a run goes on in a new history. It counts what the history has taken in; when that is enough, nothing new is begun until
/// all that is in flight has answered, what is finished is packed, and the workflow continues as new with a snapshot. Something that
/// does not answer (a run below that waits for days) holds up the rest for a moment only: then work goes on, and it is tried again
/// later. A broker that is away holds it up until it is back, but only when twice as much has been taken in.
/// </summary>
/// <param name="budget">Bytes from which on it is enough.</param>
/// <param name="inherited">Bytes the history begins with, when it is not the first.</param>
internal sealed class Renewal(long budget, long inherited = 0)
{
    // Outputs of fewer items are not worth an activity.
    public const int LeastPacked = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly long _budget = budget;
    private long _taken = inherited;

    // A run whose snapshot alone is enough goes on all the same, by smaller pieces.
    private long _next = Math.Max(budget, inherited + budget / 4 + 1);
    private int _open;

    /// <summary>True while nothing new is begun.</summary>
    public bool Holds { get; private set; }

    /// <summary>True while the outputs of finished items are being packed.</summary>
    public bool IsPacking { get; set; }

    /// <summary>Ends the patience of one who holds.</summary>
    public DateTimeOffset Until { get; private set; }

    /// <summary>True when nothing that was started is unanswered.</summary>
    public bool IsQuiet => _open == 0;

    public void Begun(Command command)
    {
        _taken += HistoryWeight.Of(command);
        _open += IsAnsweredOnce(command) ? 1 : 0;
    }

    public void Happened(ExecutionEvent happened)
    {
        _taken += HistoryWeight.Of(happened);
        _open -= happened is ExecutionEvent.AttemptCompleted or ExecutionEvent.AttemptFailed or ExecutionEvent.AttemptDeferred
            or ExecutionEvent.ChildEnded or ExecutionEvent.EntryEvaluated or ExecutionEvent.Stopped or ExecutionEvent.Packed ? 1 : 0;
    }

    /// <param name="isMuted">True while events cannot be published: what was said must be out before a history is left, so it is put
    /// off.</param>
    /// <returns>True when it holds from now on.</returns>
    public bool TryHold(DateTimeOffset now, bool isMuted)
    {
        if (Holds || _taken < (isMuted ? 2 * _next : _next))
        {
            return false;
        }

        Holds = true;
        Until = now + Patience;
        return true;
    }

    /// <summary>What has not answered in time is the broker: work waits for it, because the history is full.</summary>
    public void Extend(DateTimeOffset now) => Until = now + Patience;

    /// <summary>Something did not answer in time.</summary>
    public void GiveUp()
    {
        Holds = false;
        _next = _taken + _budget / 4;
    }

    // Timers are set again in the new history; facts are watched by the outbox.
    private static bool IsAnsweredOnce(Command command) =>
        command is Command.StartAttempt or Command.StartChild or Command.EvaluateEntry or Command.Stop or Command.Pack;
}
