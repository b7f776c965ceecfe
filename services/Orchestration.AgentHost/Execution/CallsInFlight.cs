namespace Orchestration.AgentHost.Execution;

/// <summary>
/// The calls this process works on, by idempotency key: a repeated call replaces the older one, a draining process takes none.
/// </summary>
internal sealed class CallsInFlight(TimeProvider time)
{
    // A skill that does not heed its token must not block the repetition; what both write is decided by the claim.
    private static readonly TimeSpan ReplacePatience = TimeSpan.FromSeconds(2);

    private readonly Lock sync = new();
    private readonly Dictionary<string, CallInFlight> byKey = [];
    private readonly HashSet<CallInFlight> all = [];
    private readonly TaskCompletionSource empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool draining;

    /// <summary>Takes a call in; null when the process drains.</summary>
    public async Task<CallInFlight?> EnterAsync(string key, CancellationToken cancellationToken)
    {
        CallInFlight call;
        CallInFlight? older;
        lock (sync)
        {
            if (draining)
            {
                return null;
            }

            older = byKey.GetValueOrDefault(key);
            call = new CallInFlight(this, key, cancellationToken);
            byKey[key] = call;
            all.Add(call);
        }

        if (older is not null)
        {
            older.Stop(CallStop.Replaced);
            await Task.WhenAny(older.Ended, Task.Delay(ReplacePatience, time, cancellationToken));
        }

        return call;
    }

    /// <summary>Stops the call with this key; false when there is none.</summary>
    public bool Cancel(string key)
    {
        CallInFlight? call;
        lock (sync)
        {
            call = byKey.GetValueOrDefault(key);
        }

        call?.Stop(CallStop.Asked);
        return call is not null;
    }

    /// <summary>Takes no more calls, lets those in flight end for a time, then stops them.</summary>
    public async Task DrainAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        lock (sync)
        {
            draining = true;
            SignalEmpty_NeedsLock();
        }

        await Task.WhenAny(empty.Task, Task.Delay(patience, time, cancellationToken));
        foreach (var call in Rest())
        {
            call.Stop(CallStop.Draining);
        }

        await Task.WhenAny(empty.Task, Task.Delay(ReplacePatience, time, CancellationToken.None));
    }

    internal void Leave(CallInFlight call)
    {
        lock (sync)
        {
            all.Remove(call);
            if (byKey.GetValueOrDefault(call.Key) == call)
            {
                byKey.Remove(call.Key);
            }

            SignalEmpty_NeedsLock();
        }
    }

    private CallInFlight[] Rest()
    {
        lock (sync)
        {
            return [.. all];
        }
    }

    private void SignalEmpty_NeedsLock()
    {
        if (draining && all.Count == 0)
        {
            empty.TrySetResult();
        }
    }
}
