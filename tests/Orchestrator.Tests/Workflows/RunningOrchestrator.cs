using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Dapr.DurableTask.Protobuf;
using Dapr.Workflow;
using Google.Protobuf;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orchestration.Contracts;
using Orchestration.Domain.Execution;
using Orchestration.Hosting;
using Orchestration.Hosting.Blobs;
using Orchestration.Hosting.Identity;
using Orchestration.Hosting.Sidecar;
using Orchestrator.Agents;
using Orchestrator.Dispatch;
using Orchestrator.Runs;
using Orchestrator.Workflows;
using Sidecar;

namespace Orchestrator.Tests.Workflows;

/// <summary>The execution part of the orchestrator on a real sidecar, with agents that are functions, and a subscriber that keeps all events.</summary>
internal sealed class RunningOrchestrator : IAsyncDisposable
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
        ---
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: { name: pubsub }
        spec:
          type: pubsub.in-memory
          version: v1
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("orchestrator-test-").FullName;
    private readonly int _httpPort = FreePort();
    private readonly int _grpcPort = FreePort();
    private readonly int _watcherPort = FreePort();
    private readonly List<RunEvent> _events = [];
    private readonly bool _evicts;
    private WebApplication? _sidecar;
    private WebApplication? _watcher;
    private WebApplication? _orchestrator;

    private RunningOrchestrator(bool evicts, Func<AgentCall, CancellationToken, Task<AgentCallResult>> agents)
    {
        _evicts = evicts;
        Agents = agents;
    }

    public Func<AgentCall, CancellationToken, Task<AgentCallResult>> Agents { get; set; }

    public Caller Caller { get; } = new("tester", "acme", Roles.Operator);

    public IServiceProvider Services => _orchestrator!.Services;

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

    public static async Task<RunningOrchestrator> StartAsync(bool evicts, Func<AgentCall, CancellationToken, Task<AgentCallResult>> agents)
    {
        var system = new RunningOrchestrator(evicts, agents);
        Directory.CreateDirectory(Path.Combine(system._folder, "components"));
        await File.WriteAllTextAsync(Path.Combine(system._folder, "components", "all.yaml"), Components);
        await File.WriteAllTextAsync(Path.Combine(system._folder, "dapr.yaml"), system.RunFile());
        await system.StartWatcherAsync();
        await system.StartSidecarAsync();
        await system.StartOrchestratorAsync();
        return system;
    }

    public async Task StartSidecarAsync()
    {
        _sidecar = SidecarApp.Build(["--run-file", Path.Combine(_folder, "dapr.yaml"), "--data", Path.Combine(_folder, "data")]);
        await _sidecar.StartAsync();
    }

    public async Task StartOrchestratorAsync()
    {
        string[] args =
        [
            string.Create(CultureInfo.InvariantCulture, $"--DAPR_HTTP_PORT={_httpPort}"),
            string.Create(CultureInfo.InvariantCulture, $"--DAPR_GRPC_PORT={_grpcPort}"),
            "--APP_PORT=0",
            "--HEALTH_PORT=0",
            $"--Dapr:Workflow:EvictAfterTurn={_evicts}",
        ];
        var builder = ServiceHost.CreateBuilder(args, "orchestrator");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSidecar();
        builder.Services.AddSingleton<BlobStore>();
        builder.Services.AddSingleton<AgentCaller>(CallAsync);
        builder.Services.AddSingleton(new KnownAgents(_ => null));
        builder.Services.AddExecution();
        _orchestrator = builder.Build();
        await _orchestrator.StartAsync();
    }

    public async Task StopSidecarAsync()
    {
        if (_sidecar is { } running)
        {
            _sidecar = null;
            await running.DisposeAsync();
        }
    }

    public async Task StopOrchestratorAsync()
    {
        if (_orchestrator is { } running)
        {
            _orchestrator = null;
            await running.DisposeAsync();
        }
    }

    public async Task<string> SubmitAsync(string plan, object? inputs = null, string requestId = "")
    {
        var json = inputs is null ? (JsonElement?)null : JsonSerializer.SerializeToElement(inputs);
        var request = new RunRequest(plan, null, json, requestId, ImmutableSortedDictionary<string, string>.Empty, null);
        return (await Services.GetRequiredService<RunSubmission>().SubmitAsync(Caller, request, Cancel)).RunId;
    }

    public async Task<RunResult> WaitAsync(string runId)
    {
        var state = await Services.GetRequiredService<DaprWorkflowClient>().WaitForWorkflowCompletionAsync(runId, true, Cancel);
        Assert.True(state.RuntimeStatus == WorkflowRuntimeStatus.Completed, $"{state.RuntimeStatus}: {state.FailureDetails?.ErrorMessage}");
        return state.ReadOutputAs<RunResult>()!;
    }

    public async Task<RunResult> RunAsync(string plan, object? inputs = null) => await WaitAsync(await SubmitAsync(plan, inputs));

    /// <summary>Bytes of the history, as it travels to a worker that holds nothing.</summary>
    public async Task<(int Bytes, int Events, string Shares)> HistoryAsync(string runId)
    {
        using var channel = GrpcChannel.ForAddress(
            string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_grpcPort}"), new GrpcChannelOptions { MaxReceiveMessageSize = 64 << 20 });
        var client = new TaskHubSidecarService.TaskHubSidecarServiceClient(channel);
        var history = await client.GetInstanceHistoryAsync(new GetInstanceHistoryRequest { InstanceId = runId }, cancellationToken: Cancel);
        var shares = history.Events.GroupBy(found => found.EventTypeCase)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Key}: {group.Count()} = {group.Sum(found => found.CalculateSize())} B"));
        return (history.Events.Sum(found => found.CalculateSize()), history.Events.Count, string.Join(", ", shares));
    }

    public async Task<IReadOnlyList<RunEvent>> EventsOfAsync(string runId)
    {
        // The last event of a run is published before its workflow ends; delivery may take a moment longer.
        while (true)
        {
            var found = Events.Where(happened => happened.RunId == runId).ToList();
            if (found.Exists(happened => happened.RunEnded is not null))
            {
                return found;
            }

            await Task.Delay(10, Cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopOrchestratorAsync();
        foreach (var app in new[] { _sidecar, _watcher })
        {
            if (app is not null)
            {
                await app.DisposeAsync();
            }
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task<AgentCallResult> CallAsync(AgentCall call, Func<AgentLive, ValueTask> onLive, CancellationToken cancellationToken)
    {
        await onLive(new AgentLive.Started("test", "test-agents", "instance"));
        return await Agents(call, cancellationToken);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

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
            daprGRPCPort: {_grpcPort}
          - appID: watcher
            appPort: {_watcherPort}
            appProtocol: http
            daprHTTPPort: {FreePort()}
            daprGRPCPort: {FreePort()}

        """);
}
