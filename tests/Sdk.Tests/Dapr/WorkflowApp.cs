using Dapr.Workflow;
using Dapr.Workflow.Registration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Sdk.Tests.Dapr;

/// <summary>An app with workflows, connected to a sidecar.</summary>
internal sealed class WorkflowApp : IAsyncDisposable
{
    private readonly IHost _host;

    private WorkflowApp(IHost host) => _host = host;

    public DaprWorkflowClient Client => _host.Services.GetRequiredService<DaprWorkflowClient>();

    public static Task<WorkflowApp> StartAsync(LiveSidecar sidecar, bool evictAfterTurn, Action<WorkflowRuntimeOptions> configure) =>
        StartAsync(sidecar.GrpcEndpoint, evictAfterTurn, configure, _ => { }, null);

    public static async Task<WorkflowApp> StartAsync(
        string grpcEndpoint,
        bool evictAfterTurn,
        Action<WorkflowRuntimeOptions> configure,
        Action<WorkflowServiceCollectionExtensions.DaprWorkflowBuilder> more,
        Action<IServiceProvider, DaprWorkflowClientBuilder>? configureClient)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["DAPR_GRPC_ENDPOINT"] = grpcEndpoint,
            ["Dapr:Workflow:EvictAfterTurn"] = evictAfterTurn.ToString(),
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        more(builder.Services.AddDaprWorkflowBuilder(configure, configureClient));
        var host = builder.Build();
        await host.StartAsync();
        return new WorkflowApp(host);
    }

    /// <summary>Stops as a host does when it is asked to, which may take a while.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _host.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(new CancellationToken(canceled: true));
        _host.Dispose();
    }
}
