using Dapr.Client;
using Microsoft.AspNetCore.Builder;
using Sidecar;
using Testing;
using Xunit;

namespace Sdk.Tests.Dapr;

/// <summary>The development sidecar of one app, with its own data, which outlives a restart.</summary>
public sealed class LiveSidecar : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sdk-tests-").FullName;
    private WebApplication? _sidecar;

    public int HttpPort { get; } = FreePort.Next();

    public int GrpcPort { get; } = FreePort.Next();

    /// <summary>Where the app has to listen to be called by the sidecar.</summary>
    public int AppPort { get; } = FreePort.Next();

    public string HttpEndpoint => $"http://127.0.0.1:{HttpPort}";

    public string GrpcEndpoint => $"http://127.0.0.1:{GrpcPort}";

    public DaprClient Client() => new DaprClientBuilder().UseGrpcEndpoint(GrpcEndpoint).UseHttpEndpoint(HttpEndpoint).Build();

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "components"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "components", "state.yaml"), """
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
            metadata: { name: pubsub }
            spec:
              type: pubsub.sqlite
              version: v1
              metadata:
                - { name: connectionString, value: pubsub.db }
            ---
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata: { name: locks }
            spec: { type: lock.in-memory, version: v1 }
            ---
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata: { name: secrets }
            spec:
              type: secretstores.local.file
              version: v1
              metadata:
                - { name: secretsFile, value: ../secrets.json }
            """);
        await File.WriteAllTextAsync(Path.Combine(_folder, "secrets.json"), """{ "password": "open sesame" }""");
        await File.WriteAllTextAsync(Path.Combine(_folder, "dapr.yaml"), $"""
            version: 1
            common:
              resourcesPath: components
            apps:
              - appID: app
                appPort: {AppPort}
                appProtocol: h2c
                daprHTTPPort: {HttpPort}
                daprGRPCPort: {GrpcPort}
            """);
        await StartAsync();
    }

    public async Task StartAsync()
    {
        _sidecar = SidecarApp.Build(["--run-file", Path.Combine(_folder, "dapr.yaml"), "--data", Path.Combine(_folder, "data")]);
        await _sidecar.StartAsync();
    }

    public async Task StopAsync()
    {
        await _sidecar!.StopAsync(new CancellationToken(canceled: true));
        await _sidecar.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
