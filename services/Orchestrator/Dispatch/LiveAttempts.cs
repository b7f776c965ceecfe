using System.Collections.Concurrent;

namespace Orchestrator.Dispatch;

/// <summary>The attempts this process has in flight, by run, so that they can be stopped.</summary>
internal sealed class LiveAttempts
{
    private readonly ConcurrentDictionary<LiveAttempt, string> _attempts = new();

    public int Count => _attempts.Count;

    /// <summary>Dispose the attempt when it is over.</summary>
    public LiveAttempt Begin(string runId)
    {
        var attempt = new LiveAttempt(this);
        _attempts[attempt] = runId;
        return attempt;
    }

    public void Cancel(string runId)
    {
        foreach (var (attempt, _) in _attempts.Where(entry => entry.Value == runId))
        {
            attempt.Cancel();
        }
    }

    internal void End(LiveAttempt attempt) => _attempts.TryRemove(attempt, out _);
}

/// <summary>One attempt in flight.</summary>
internal sealed class LiveAttempt(LiveAttempts owner) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private bool _isOver;

    public CancellationToken Token => _stop.Token;

    public void Cancel()
    {
        lock (_gate)
        {
            if (!_isOver)
            {
                _stop.Cancel();
            }
        }
    }

    public void Dispose()
    {
        owner.End(this);
        lock (_gate)
        {
            _isOver = true;
            _stop.Dispose();
        }
    }
}
