namespace Orchestration.AgentHost.Execution;

/// <summary>Why this process, and not the caller, stopped a call.</summary>
internal enum CallStop
{
    /// <summary>It was not stopped.</summary>
    None,

    /// <summary>The Cancel method named it.</summary>
    Asked,

    /// <summary>The same work was asked for again.</summary>
    Replaced,

    /// <summary>The process ends.</summary>
    Draining,
}

/// <summary>One call this process works on. Disposing it says that its work has ended.</summary>
internal sealed class CallInFlight : IDisposable
{
    private readonly CallsInFlight calls;
    private readonly CancellationTokenSource source;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int stop;

    public CallInFlight(CallsInFlight calls, string key, CancellationToken cancellationToken)
    {
        this.calls = calls;
        Key = key;
        source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Token = source.Token;
    }

    public string Key { get; }

    public CancellationToken Token { get; }

    public CallCosts Costs { get; } = new();

    public Task Ended => ended.Task;

    public CallStop StoppedBy => (CallStop)Volatile.Read(ref stop);

    /// <summary>Cancels the work; the first reason counts.</summary>
    public void Stop(CallStop reason)
    {
        if (Interlocked.CompareExchange(ref stop, (int)reason, (int)CallStop.None) == (int)CallStop.None && !ended.Task.IsCompleted)
        {
            try
            {
                source.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It ended at this very moment.
            }
        }
    }

    public void Dispose()
    {
        ended.TrySetResult();
        calls.Leave(this);
        source.Dispose();
    }
}
