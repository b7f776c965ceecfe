using Dapr.Client;
using Microsoft.AspNetCore.Builder;
using Sidecar;
using Testing;
using Xunit;

namespace Sdk.Tests.Dapr;

/// <summary>The development sidecar of one app, with its own data, which outlives a restart.</summary>
public sealed class LiveSidecar : IAsyncLifetime
{
    private const string Components = $$"""
        {{SidecarFolder.StateStore}}
        ---
        {{SidecarFolder.PubSub}}
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
        ---
        apiVersion: dapr.io/v2alpha1
        kind: Subscription
        metadata: { name: declared }
        spec:
          pubsubname: pubsub
          topic: declared
          routes:
            rules:
              - { match: event.type == "special", path: /declared/special }
            default: /declared
          deadLetterTopic: dead
        """;

    private readonly TestApp _app;
    private readonly SidecarFolder _folder;
    private WebApplication? _sidecar;

    public LiveSidecar() : this("h2c")
    {
    }

    internal LiveSidecar(string appProtocol)
    {
        _app = new TestApp("app", FreePort.Next(), appProtocol);
        _folder = new SidecarFolder([_app], Components);
    }

    public int HttpPort => _app.HttpPort;

    public int GrpcPort => _app.GrpcPort;

    /// <summary>Where the app has to listen to be called by the sidecar.</summary>
    public int AppPort => _app.AppPort;

    public string HttpEndpoint => $"http://127.0.0.1:{HttpPort}";

    public string GrpcEndpoint => $"http://127.0.0.1:{GrpcPort}";

    /// <summary>Completes when it has been told to end.</summary>
    internal Task Stopping { get; private set; } = Task.CompletedTask;

    public DaprClient Client() => new DaprClientBuilder().UseGrpcEndpoint(GrpcEndpoint).UseHttpEndpoint(HttpEndpoint).Build();

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullPath, "secrets.json"), """{ "password": "open sesame" }""");
        _folder.WriteRunFile();
        await StartAsync();
    }

    public async Task StartAsync()
    {
        _sidecar = SidecarApp.Build(_folder.Arguments);
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _sidecar.Lifetime.ApplicationStopping.Register(stopping.SetResult);
        Stopping = stopping.Task;
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
        _folder.Dispose();
    }
}
