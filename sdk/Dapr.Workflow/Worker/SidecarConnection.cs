using Dapr.Common.Connection;
using Dapr.DurableTask.Protobuf;
using Grpc.Net.Client;
using Microsoft.Extensions.Configuration;

namespace Dapr.Workflow.Worker;

/// <summary>The worker's own channel to the sidecar.</summary>
internal sealed class SidecarConnection : IDisposable
{
    private readonly GrpcChannel _channel;

    public SidecarConnection(IConfiguration configuration, WorkflowRuntimeOptions options)
    {
        var settings = SidecarSettings.From(configuration);
        settings.ChannelOptions = options.GrpcChannelOptions;
        _channel = settings.CreateWorkerChannel();
        Client = new TaskHubSidecarService.TaskHubSidecarServiceClient(settings.CreateInvoker(_channel, typeof(SidecarConnection).Assembly));
    }

    public TaskHubSidecarService.TaskHubSidecarServiceClient Client { get; }

    public async Task<IReadOnlyList<HistoryEvent>> FetchHistoryAsync(string instanceId, CancellationToken cancellationToken) =>
        (await Client.GetInstanceHistoryAsync(new GetInstanceHistoryRequest { InstanceId = instanceId }, cancellationToken: cancellationToken)).Events;

    public void Dispose() => _channel.Dispose();
}
