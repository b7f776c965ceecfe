using System.Globalization;
using System.Net.Http.Json;
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
    private const string Components = $$"""
        {{SidecarFolder.StateStore}}
        ---
        {{SidecarFolder.Blobs}}
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

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly TestApp _orchestrator = new("orchestrator");
    private readonly TestApp _watching = new("watcher", FreePort.Next(), "http");
    private readonly SidecarFolder _folder;
    private readonly List<RunEvent> _events = [];
    private bool _hasBroker;
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication? _sidecar;
    private WebApplication? _watcher;

    private TestSidecar() => _folder = new SidecarFolder([_orchestrator, _watching], Components);

    public int GrpcPort => _orchestrator.GrpcPort;

    /// <summary>Arguments for the orchestrator that belongs to it.</summary>
    public IEnumerable<string> Arguments =>
    [
        string.Create(CultureInfo.InvariantCulture, $"--DAPR_HTTP_PORT={_orchestrator.HttpPort}"),
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

    /// <summary>Waits until the events so far are what is wanted.</summary>
    public async Task<IReadOnlyList<RunEvent>> WhenAsync(Func<IReadOnlyList<RunEvent>, bool> wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task more;
            lock (_events)
            {
                if (wanted(_events))
                {
                    return [.. _events];
                }

                more = _more.Task;
            }

            await more.WaitAsync(cancellationToken);
        }
    }

    /// <param name="hasBroker">False: nothing can be published until <see cref="AddBrokerAsync"/>.</param>
    public static async Task<TestSidecar> StartAsync(bool hasBroker = true)
    {
        var sidecar = new TestSidecar { _hasBroker = hasBroker };
        sidecar.WriteComponents();
        sidecar._folder.WriteRunFile();
        await sidecar.StartWatcherAsync();
        await sidecar.StartAgainAsync();
        return sidecar;
    }

    public async Task AddBrokerAsync()
    {
        await StopAsync();
        _hasBroker = true;
        WriteComponents();
        await StartAgainAsync();
    }

    public async Task StartAgainAsync()
    {
        _sidecar = SidecarApp.Build(_folder.Arguments);
        await _sidecar.StartAsync();
        if (_hasBroker)
        {
            await WhenSubscribedAsync();
        }
    }

    // The broker keeps nothing for those who come late.
    private async Task WhenSubscribedAsync()
    {
        using var client = new HttpClient { BaseAddress = _watching.HttpAddress };
        while ((await client.GetFromJsonAsync<JsonElement>("/v1.0/metadata", Cancel)).GetProperty("subscriptions").GetArrayLength() == 0)
        {
            await Task.Delay(20, Cancel);
        }
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

        _folder.Dispose();
    }

    private void WriteComponents() => _folder.WriteComponents(_hasBroker ? Components + Broker : Components);

    private async Task StartWatcherAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _watcher = builder.Build();
        _watcher.Urls.Add(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_watching.AppPort}"));
        _watcher.MapGet("/dapr/subscribe", () =>
            Results.Json(new[] { new { pubsubname = "pubsub", topic = "run-events", route = "events" } }));
        _watcher.MapPost("/events", async (HttpRequest request) =>
        {
            var envelope = await JsonDocument.ParseAsync(request.Body);
            var events = JsonParser.Default.Parse<RunEvents>(envelope.RootElement.GetProperty("data").GetRawText());
            lock (_events)
            {
                _events.AddRange(events.Events);
                _more.SetResult();
                _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        });
        await _watcher.StartAsync();
    }
}
