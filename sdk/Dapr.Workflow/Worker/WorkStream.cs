namespace Dapr.Workflow.Worker;

/// <summary>The life of one stream of work items, as those see it who work on its items; they may outlive it.</summary>
internal sealed class WorkStream : IDisposable
{
    private readonly CancellationTokenSource _ended;

    public WorkStream(CancellationToken stopping)
    {
        _ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Ended = _ended.Token;
    }

    /// <summary>Cancelled when the stream is over.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Ends the stream. The sidecar then hands out again what has not been answered: the protocol has no way to give back one item.</summary>
    public void End()
    {
        try
        {
            _ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It is over already.
        }
    }

    public void Dispose()
    {
        End();
        _ended.Dispose();
    }
}
