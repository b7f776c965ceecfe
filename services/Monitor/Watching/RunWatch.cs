using Monitor.Storage;
using Orchestration.Contracts;

namespace Monitor.Watching;

/// <summary>How far one watcher has come: decides what it gets next, exactly once and in order.</summary>
internal sealed class RunWatch(RunRow run, long fromSequence, bool includeChildren, HistoryReader reader, Func<RunEvent, Task> send)
{
    // Events of children may come a little after the end of their parent, by another delivery.
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, bool> isInTree = new() { [run.Key.RunId] = true };
    private readonly HashSet<string> openChildren = [];
    private long nextSequence = Math.Max(fromSequence, 1);
    private long ordinal;
    private RunEvent? end;
    private DateTimeOffset? endSeenAt;

    public Subject Subject => includeChildren ? Subject.Tree(run.Key with { RunId = run.RootRunId }) : Subject.Run(run.Key);

    public bool IsOver { get; private set; }

    /// <summary>Until then children of the ended run may still follow; null while it runs.</summary>
    public DateTimeOffset? Deadline => endSeenAt + Linger;

    /// <summary>Sends what is stored and was not sent yet.</summary>
    public async Task CatchUpAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<StoredEvent> page;
        do
        {
            page = includeChildren
                ? await reader.ReadTreeEventsAsync(run.Key.Tenant, run.RootRunId, ordinal, cancellationToken)
                : await reader.ReadRunEventsAsync(run.Key, nextSequence, cancellationToken);
            foreach (var stored in page)
            {
                await AcceptAsync(stored, cancellationToken);
            }
        }
        while (page.Count == HistoryReader.PageSize);

        await FinishAsync(now);
    }

    /// <summary>Sends an event that just happened, unless it was sent before.</summary>
    public async Task TakeAsync(StoredEvent stored, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await AcceptAsync(stored, cancellationToken);
        await FinishAsync(now);
    }

    /// <summary>True when the event is numbered and comes after all that were taken.</summary>
    public bool IsAhead(StoredEvent stored) => stored.Ordinal > ordinal;

    /// <summary>Ends a watch that was resumed after the end of its run.</summary>
    public async Task EndIfNothingIsLeftAsync(CancellationToken cancellationToken)
    {
        var current = await reader.FindRunAsync(run.Key, cancellationToken);
        IsOver |= current is { HasEnded: true } && current.Sequence < nextSequence && end is null;
    }

    /// <summary>Sends the end of the run when nothing can follow any more; the end comes last.</summary>
    private async Task FinishAsync(DateTimeOffset now)
    {
        if (end is null || IsOver)
        {
            return;
        }

        endSeenAt ??= now;
        if (openChildren.Count == 0 || now >= Deadline)
        {
            IsOver = true;
            await send(end);
        }
    }

    private async Task AcceptAsync(StoredEvent stored, CancellationToken cancellationToken)
    {
        var happened = stored.Event;
        if (stored.Ordinal == 0)
        {
            await SendAsync(happened, cancellationToken);
        }
        else if (IsAhead(stored))
        {
            ordinal = stored.Ordinal;
            if (happened.RunId != run.Key.RunId || happened.Sequence >= nextSequence)
            {
                await SendAsync(happened, cancellationToken);
            }
        }
    }

    private async Task SendAsync(RunEvent happened, CancellationToken cancellationToken)
    {
        if (happened.RunId == run.Key.RunId)
        {
            nextSequence = Math.Max(nextSequence, happened.Sequence + 1);
            if (happened.PayloadCase == RunEvent.PayloadOneofCase.RunEnded)
            {
                end = happened;
                return;
            }
        }
        else if (!await IsInTreeAsync(happened, cancellationToken))
        {
            return;
        }
        else if (happened.PayloadCase == RunEvent.PayloadOneofCase.RunAccepted)
        {
            openChildren.Add(happened.RunId);
        }
        else if (happened.PayloadCase == RunEvent.PayloadOneofCase.RunEnded)
        {
            openChildren.Remove(happened.RunId);
        }

        await send(happened);
    }

    private async Task<bool> IsInTreeAsync(RunEvent happened, CancellationToken cancellationToken) =>
        run.Key.RunId == run.RootRunId || await IsInTreeAsync(happened.RunId, cancellationToken);

    private async Task<bool> IsInTreeAsync(string runId, CancellationToken cancellationToken)
    {
        if (isInTree.TryGetValue(runId, out var known))
        {
            return known;
        }

        if (await reader.FindRunAsync(run.Key with { RunId = runId }, cancellationToken) is not { } other)
        {
            return false;
        }

        return isInTree[runId] = other.ParentRunId.Length > 0 && await IsInTreeAsync(other.ParentRunId, cancellationToken);
    }
}
