using Grpc.Core;
using Orchestration.Contracts.Agents;

namespace Orchestration.AgentHost.Execution;

/// <summary>
/// Writes the stream of one call, one message at a time, and a sign of life when nothing was said for a while: by it the
/// orchestrator notices a frozen agent, whatever stands between the two.
/// </summary>
internal sealed class CallWriter : IAsyncDisposable
{
    private static readonly ExecuteResponse SignOfLife = new();

    private readonly IServerStreamWriter<ExecuteResponse> stream;
    private readonly SemaphoreSlim turn = new(1);
    private readonly CancellationTokenSource stop;
    private readonly Task signs;
    private bool written;
    private bool ended;

    public CallWriter(IServerStreamWriter<ExecuteResponse> stream, TimeSpan keepAlive, TimeProvider time,
        CancellationToken cancellationToken)
    {
        this.stream = stream;
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        signs = keepAlive > TimeSpan.Zero ? SignAsync(keepAlive, time, stop.Token) : Task.CompletedTask;
    }

    /// <summary>Writes progress, an insight or a token; what comes after the end is dropped.</summary>
    public Task WriteAsync(ExecuteResponse message, CancellationToken cancellationToken) =>
        WriteAsync(message, isEnd: false, cancellationToken);

    /// <summary>Writes the result or the failure; only the first one is written.</summary>
    public Task EndAsync(ExecuteResponse message, CancellationToken cancellationToken) =>
        WriteAsync(message, isEnd: true, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await signs;
        stop.Dispose();
        turn.Dispose();
    }

    private async Task WriteAsync(ExecuteResponse message, bool isEnd, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (!ended)
            {
                ended = isEnd;
                written = true;
                await stream.WriteAsync(message, cancellationToken);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task SignAsync(TimeSpan interval, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                if (!Volatile.Read(ref written))
                {
                    await WriteAsync(SignOfLife, isEnd: false, cancellationToken);
                }

                written = false;
            }
        }
        catch (Exception exception) when (
            exception is OperationCanceledException or RpcException or InvalidOperationException or IOException)
        {
            // The call is over; whoever runs it learns that from its own token or write.
        }
    }
}
