using System.Globalization;
using Dapr.DurableTask.Protobuf;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Sidecar;
using Sidecar.Apps;
using Testing;

namespace Local.Tests.Sidecars;

/// <summary>An app as a test describes it.</summary>
internal sealed record TestApp(string AppId, int AppPort = 0, string Protocol = "grpc")
{
    public int HttpPort { get; } = FreePort.Next();
    public int GrpcPort { get; } = FreePort.Next();

    public Uri GrpcAddress => new($"http://127.0.0.1:{GrpcPort}");
    public Uri HttpAddress => new($"http://127.0.0.1:{HttpPort}");
}

/// <summary>A folder with a run file, components and data, and the sidecar that uses them.</summary>
internal sealed class RunningSidecar : IAsyncDisposable
{
    public const string LocalComponents = """
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: { name: statestore }
        spec:
          type: state.sqlite
          version: v1
          metadata:
            - { name: connectionString, value: state.db }
            - { name: actorStateStore, value: "true" }
        ---
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: { name: blobs }
        spec:
          type: state.sqlite
          version: v1
          metadata:
            - { name: connectionString, value: state.db }
            - { name: keyPrefix, value: name }
        ---
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: { name: scratch }
        spec: { type: state.in-memory, version: v1 }
        """;

    private readonly Dictionary<string, GrpcChannel> channels = [];
    private WebApplication? application;

    public RunningSidecar(IReadOnlyList<TestApp> apps, string components = LocalComponents)
    {
        Apps = apps;
        Folder = Directory.CreateTempSubdirectory("sidecar-test-").FullName;
        Directory.CreateDirectory(Path.Combine(Folder, "components"));
        File.WriteAllText(Path.Combine(Folder, "components", "all.yaml"), components);
    }

    public IReadOnlyList<TestApp> Apps { get; }

    /// <summary>What the run file gives every app as environment: the sidecar takes its tokens from there.</summary>
    public Dictionary<string, string> Environment { get; init; } = [];

    public string Folder { get; }
    public string[] Arguments => ["--run-file", Path.Combine(Folder, "dapr.yaml"), "--data", Path.Combine(Folder, "data")];

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
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>For a sidecar that is started otherwise.</summary>
    public void WriteRunFile() => File.WriteAllText(
        Path.Combine(Folder, "dapr.yaml"),
        "version: 1\ncommon:\n  resourcesPath: components\n  env:\n    NONE: \"\"\n"
        + string.Concat(Environment.Select(item => $"    {item.Key}: {item.Value}\n"))
        + "apps:\n" + string.Concat(Apps.Select(app => string.Create(
            CultureInfo.InvariantCulture,
            $"""
              - appID: {app.AppId}
                appPort: {app.AppPort}
                appProtocol: {app.Protocol}
                daprHTTPPort: {app.HttpPort}
                daprGRPCPort: {app.GrpcPort}

            """))));
}
