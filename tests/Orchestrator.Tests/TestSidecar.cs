using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Orchestration.Contracts;
using Sidecar;
using Testing;

namespace Orchestrator.Tests;

/// <summary>The real sidecar for one orchestrator, and an app that subscribes to the events of runs and keeps them.</summary>
internal sealed class TestSidecar : IAsyncDisposable
{
    private const string Components = """
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
        """;

    private const string Broker = """

        ---
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: { name: pubsub }
        spec:
          type: pubsub.in-memory
          version: v1
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("orchestrator-test-").FullName;
    private readonly int _httpPort = FreePort.Next();
    private readonly int _watcherPort = FreePort.Next();
    private readonly List<RunEvent> _events = [];
    private WebApplication? _sidecar;
    private WebApplication? _watcher;

    public int GrpcPort { get; } = FreePort.Next();

    /// <summary>Arguments for the orchestrator that belongs to it.</summary>
    public IEnumerable<string> Arguments =>
    [
        string.Create(CultureInfo.InvariantCulture, $"--DAPR_HTTP_PORT={_httpPort}"),
        string.Create(CultureInfo.InvariantCulture, $"--DAPR_GRPC_PORT={GrpcPort}"),
        "--APP_PORT=0",
        "--HEALTH_PORT=0",
        "--Logging:LogLevel:Default=Warning",
        "--SHUTDOWN_TIMEOUT=00:00:01",
    ];

    public IReadOnlyList<RunEvent> Events
    {
        get
        {
            lock (_events)
            {
                return [.. _events];
            }
        }
    }

    /// <param name="hasBroker">False: nothing can be published until <see cref="AddBrokerAsync"/>.</param>
    public static async Task<TestSidecar> StartAsync(bool hasBroker = true)
    {
        var sidecar = new TestSidecar();
        Directory.CreateDirectory(Path.Combine(sidecar._folder, "components"));
        await sidecar.WriteComponentsAsync(hasBroker);
        await File.WriteAllTextAsync(Path.Combine(sidecar._folder, "dapr.yaml"), sidecar.RunFile());
        await sidecar.StartWatcherAsync();
        await sidecar.StartAgainAsync();
        return sidecar;
    }

    public async Task AddBrokerAsync()
    {
        await StopAsync();
        await WriteComponentsAsync(hasBroker: true);
        await StartAgainAsync();
    }

    public async Task StartAgainAsync()
    {
        _sidecar = SidecarApp.Build(["--run-file", Path.Combine(_folder, "dapr.yaml"), "--data", Path.Combine(_folder, "data")]);
        await _sidecar.StartAsync();
    }

    public async Task StopAsync()
    {
        if (_sidecar is { } running)
        {
            _sidecar = null;
            await running.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in new[] { _sidecar, _watcher })
        {
            if (app is not null)
            {
                await app.DisposeAsync();
            }
        }

        Directory.Delete(_folder, recursive: true);
    }

    private Task WriteComponentsAsync(bool hasBroker) =>
        File.WriteAllTextAsync(Path.Combine(_folder, "components", "all.yaml"), hasBroker ? Components + Broker : Components);

    private async Task StartWatcherAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _watcher = builder.Build();
        _watcher.Urls.Add(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_watcherPort}"));
        _watcher.MapGet("/dapr/subscribe", () => Results.Json(new[] { new { pubsubname = "pubsub", topic = "run-events", route = "events" } }));
        _watcher.MapPost("/events", async (HttpRequest request) =>
        {
            var envelope = await JsonDocument.ParseAsync(request.Body);
            var events = JsonParser.Default.Parse<RunEvents>(envelope.RootElement.GetProperty("data").GetRawText());
            lock (_events)
            {
                _events.AddRange(events.Events);
            }
        });
        await _watcher.StartAsync();
    }

    private string RunFile() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        version: 1
        common:
          resourcesPath: components
        apps:
          - appID: orchestrator
            appProtocol: grpc
            daprHTTPPort: {_httpPort}
            daprGRPCPort: {GrpcPort}
          - appID: watcher
            appPort: {_watcherPort}
            appProtocol: http
            daprHTTPPort: {FreePort.Next()}
            daprGRPCPort: {FreePort.Next()}

        """);
}
