using Dapr.DurableTask.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dapr.Workflow.Worker;

/// <summary>
/// Keeps a stream of work items open as long as the host runs. A stream that ends is reopened at once and then with growing delays, where the
/// official worker always waits 5 s: a restarted sidecar gets its worker back in milliseconds.
/// </summary>
internal sealed partial class WorkflowWorker(
    TaskHubSidecarService.TaskHubSidecarServiceClient sidecar, WorkItemDispatcher dispatcher, TimeProvider time, ILogger<WorkflowWorker> logger)
    : BackgroundService
{
    private static readonly TimeSpan KeepAliveInterval = TimeSpan.FromSeconds(30);

    private readonly Backoff _backoff = new(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(5), Random.Shared.NextDouble);

    /// <summary>
    /// First lets the running activities end while the stream is still open, because at its end the sidecar hands them out again and they would
    /// run twice. The official worker ends the stream first.
    /// </summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await dispatcher.DrainActivitiesAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await RunStreamAsync(stoppingToken);
            try
            {
                await Task.Delay(_backoff.Next(), time, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }
    }

    private async Task RunStreamAsync(CancellationToken stoppingToken)
    {
        using var stream = new WorkStream(stoppingToken);
        try
        {
            // The official worker of 1.18 advertises nothing; a sidecar before 1.19 does not look.
            var request = new GetWorkItemsRequest { Capabilities = { WorkerCapability.StatefulHistory, WorkerCapability.HealthPing } };
            using var call = sidecar.GetWorkItems(request, cancellationToken: stream.Ended);
            _ = KeepAliveAsync(stream.Ended);
            await foreach (var item in call.ResponseStream.ReadAllAsync(stream.Ended))
            {
                dispatcher.Dispatch(item, _backoff.Reset, stream);
            }

            LogStreamEnded();
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException)
        {
            if (!stoppingToken.IsCancellationRequested)
            {
                LogStreamBroken(e.Message);
            }
        }
    }

    private async Task KeepAliveAsync(CancellationToken streamEnded)
    {
        try
        {
            while (true)
            {
                await Task.Delay(KeepAliveInterval, time, streamEnded);
                await sidecar.HelloAsync(new Empty(), cancellationToken: streamEnded);
            }
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException)
        {
            // A sidecar that does not answer has lost the stream too; the read of the stream says so.
        }
    }

    [LoggerMessage(10, LogLevel.Information, "The sidecar ended the stream of work items; opening another.")]
    private partial void LogStreamEnded();

    [LoggerMessage(11, LogLevel.Warning, "The stream of work items broke: {Reason}")]
    private partial void LogStreamBroken(string reason);
}
