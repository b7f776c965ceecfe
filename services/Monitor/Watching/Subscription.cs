using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Monitor.Storage;
using Orchestration.Hosting.Errors;

namespace Monitor.Watching;

/// <summary>The events on their way to one watcher: a bounded number. A watcher for whom it overflows is dropped.</summary>
internal sealed class Subscription(int capacity, Action<Subscription> leave) : IDisposable
{
    private static readonly TimeSpan Resume = TimeSpan.FromMilliseconds(250);

    private readonly Channel<StoredEvent> events =
        Channel.CreateBounded<StoredEvent>(new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = true });

    public void Offer(StoredEvent stored)
    {
        if (!events.Writer.TryWrite(stored))
        {
            events.Writer.TryComplete(
                FailureException.Saturated("The watcher is too slow; resume after the last sequence received.", Resume));
        }
    }

    public bool TryRead([NotNullWhen(true)] out StoredEvent? stored) => events.Reader.TryRead(out stored);

    /// <summary>Waits for an event; false when <paramref name="patience"/> ran out first.</summary>
    /// <exception cref="FailureException">The watcher was dropped, and has read what was kept for it.</exception>
    public async Task<bool> WaitAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        if (patience == Timeout.InfiniteTimeSpan)
        {
            return await events.Reader.WaitToReadAsync(cancellationToken);
        }

        using var timeout = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await events.Reader.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    public void Dispose() => leave(this);
}
