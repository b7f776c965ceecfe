using Dapr.DurableTask.Protobuf;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Sidecar;
using Sidecar.Apps;

namespace Local.Tests.Sidecars;

/// <summary>A sidecar in this process, with a folder of its own.</summary>
internal sealed class RunningSidecar : IAsyncDisposable
{
    public const string LocalComponents = $$"""
        {{SidecarFolder.StateStore}}
        ---
        {{SidecarFolder.Blobs}}
        ---
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: { name: scratch }
        spec: { type: state.in-memory, version: v1 }
        """;

    private readonly Dictionary<string, GrpcChannel> channels = [];
    private readonly SidecarFolder folder;
    private WebApplication? application;

    public RunningSidecar(IReadOnlyList<TestApp> apps, string components = LocalComponents)
    {
        folder = new SidecarFolder(apps, components);
    }

    /// <summary>What the run file gives every app as environment: the sidecar takes its tokens from there.</summary>
    public Dictionary<string, string> Environment { get; init; } = [];

    public string Folder => folder.FullPath;
    public string[] Arguments => folder.Arguments;

    public static async Task<RunningSidecar> StartAsync(params TestApp[] apps)
    {
        var sidecar = new RunningSidecar(apps);
        await sidecar.StartAsync();
        return sidecar;
    }

    public async Task StartAsync()
    {
        WriteRunFile();
        application = SidecarApp.Build(Arguments);
        await application.StartAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until the sidecar has found that the app can be called.</summary>
    public Task WaitForAppAsync(TestApp app) =>
        application!.Services.GetRequiredService<AppDirectory>().Replicas.First(replica => replica.Entry.AppPort == app.AppPort)
            .WhenReachableAsync(TestContext.Current.CancellationToken);

    public async Task StopAsync()
    {
        if (application is not null)
        {
            await application.StopAsync(CancellationToken.None);
            await application.DisposeAsync();
            application = null;
        }
    }

    public GrpcChannel Channel(TestApp app)
    {
        if (!channels.TryGetValue(app.GrpcAddress.ToString(), out var channel))
        {
            channels[app.GrpcAddress.ToString()] = channel = GrpcChannel.ForAddress(app.GrpcAddress);
        }

        return channel;
    }

    /// <summary>For a sidecar that was started again: a channel would wait before it tries a lost address.</summary>
    public void DropChannels()
    {
        foreach (var channel in channels.Values)
        {
            channel.Dispose();
        }

        channels.Clear();
    }

    public TaskHubSidecarService.TaskHubSidecarServiceClient Workflows(TestApp app) => new(Channel(app));

    public Dapr.Client.Autogen.Grpc.v1.Dapr.DaprClient Dapr(TestApp app) => new(Channel(app));

    public async ValueTask DisposeAsync()
    {
        DropChannels();
        await StopAsync();
        folder.Dispose();
    }

    /// <summary>For a sidecar that is started otherwise.</summary>
    public void WriteRunFile() => folder.WriteRunFile(Environment);
}
