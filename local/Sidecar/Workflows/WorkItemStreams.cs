using DurableEngine;
using DurableEngine.Dispatch;
using DurableEngine.History;
using Grpc.Core;
using Sidecar.Apps;
using Wire = Dapr.DurableTask.Protobuf;

namespace Sidecar.Workflows;

/// <summary>Serves one worker per stream until it goes away.</summary>
internal sealed partial class WorkItemStreams(
    WorkflowEngine engine, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<WorkItemStreams> logger)
{
    // Short of the intervals after which proxies drop silent streams.
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(10);

    public async Task ServeAsync(
        AppReplica app, IReadOnlyCollection<Wire.WorkerCapability> capabilities, IServerStreamWriter<Wire.WorkItem> output, CancellationToken callToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(callToken, lifetime.ApplicationStopping);
        var cancellationToken = ended.Token;
        var stateful = capabilities.Contains(Wire.WorkerCapability.StatefulHistory);
        var stream = await engine.ConnectAsync(app.AppId, stateful, cancellationToken);
        LogConnected(app.Name, stream.Id, stateful);
        try
        {
            var pings = capabilities.Contains(Wire.WorkerCapability.HealthPing);
            while (await WaitAsync(stream, output, pings, cancellationToken))
            {
                while (stream.Items.TryRead(out var item))
                {
                    await SendAsync(app, item, output, cancellationToken);
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or InvalidOperationException or RpcException)
        {
            // Whatever ends a stream, its work goes to another worker.
        }
        finally
        {
            engine.Disconnect(stream);
            LogDisconnected(app.Name, stream.Id);
        }

        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Cancelled, "shutting down"));
        }
    }

    private async Task<bool> WaitAsync(
        WorkerStream stream, IServerStreamWriter<Wire.WorkItem> output, bool pings, CancellationToken cancellationToken)
    {
        var next = stream.Items.WaitToReadAsync(cancellationToken).AsTask();
        while (pings && !next.IsCompleted)
        {
            using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            if (await Task.WhenAny(next, Task.Delay(PingInterval, clock, silence.Token)) != next)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await output.WriteAsync(new Wire.WorkItem { HealthPing = new Wire.HealthPing() }, cancellationToken);
            }

            await silence.CancelAsync();
        }

        return await next;
    }

    private async Task SendAsync(
        AppReplica app, WorkItem item, IServerStreamWriter<Wire.WorkItem> output, CancellationToken cancellationToken)
    {
        var wire = item is TurnItem turn ? turn.ToWire() : ((ActivityItem)item).ToWire();
        var limit = app.Entry.MaxBodySize * 0.95;
        if (item is TurnItem large && wire.CalculateSize() is var size && size > limit)
        {
            var reason = $"a turn of {size} bytes exceeds 95 % of the maximum body size of {app.Entry.MaxBodySize} bytes";
            LogTooLarge(app.Name, item.InstanceId, size);
            engine.RefuseTurn(app.AppId, large, StallReason.PayloadSizeExceeded, reason);
            return;
        }

        await output.WriteAsync(wire, cancellationToken);
    }

    [LoggerMessage(1, LogLevel.Information, "Worker of {App} connected as {Stream} (keeps history: {Stateful})")]
    private partial void LogConnected(string app, string stream, bool stateful);

    [LoggerMessage(2, LogLevel.Information, "Worker of {App} on {Stream} is gone")]
    private partial void LogDisconnected(string app, string stream);

    [LoggerMessage(3, LogLevel.Error, "Workflow {Instance} of {App} is stalled: its turn of {Size} bytes is too large to send")]
    private partial void LogTooLarge(string app, string instance, int size);
}
