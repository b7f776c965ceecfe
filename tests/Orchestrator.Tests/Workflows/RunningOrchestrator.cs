extern alias protos;

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Dapr.Workflow;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
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
using protos::Dapr.Client.Autogen.Grpc.v1;
using protos::Dapr.DurableTask.Protobuf;

namespace Orchestrator.Tests.Workflows;

/// <summary>
/// The execution part of the orchestrator on a real sidecar, with agents that are functions, and a subscriber that keeps all events.
/// </summary>
internal sealed class RunningOrchestrator : IAsyncDisposable
{
    private readonly TestSidecar _sidecar;
    private readonly bool _evicts;
    private readonly string[] _arguments;
    private WebApplication? _orchestrator;

    private RunningOrchestrator(
        TestSidecar sidecar, bool evicts, Func<AgentCall, CancellationToken, Task<AgentCallResult>> agents, string[] arguments)
    {
        _sidecar = sidecar;
        _evicts = evicts;
        _arguments = arguments;
        Agents = agents;
    }

    public Func<AgentCall, CancellationToken, Task<AgentCallResult>> Agents { get; set; }

    public Caller Caller { get; } = new("tester", "acme", Roles.Operator);

    public IServiceProvider Services => _orchestrator!.Services;

    public IReadOnlyList<RunEvent> Events => _sidecar.Events;

    public static Task<RunningOrchestrator> StartAsync(
        bool evicts, Func<AgentCall, CancellationToken, Task<AgentCallResult>> agents, params string[] arguments) =>
        StartAsync(TestSidecar.StartAsync(), evicts, agents, arguments);

    /// <summary>Nothing can be published until <see cref="AddBrokerAsync"/>.</summary>
    public static Task<RunningOrchestrator> StartWithoutBrokerAsync(
        bool evicts, Func<AgentCall, CancellationToken, Task<AgentCallResult>> agents) =>
        StartAsync(TestSidecar.StartAsync(hasBroker: false), evicts, agents, ["--Dispatch:PublishPatience=00:00:00"]);

    public async Task StartOrchestratorAsync()
    {
        var builder = ServiceHost.CreateBuilder(
            [.. _sidecar.Arguments, $"--Dapr:Workflow:EvictAfterTurn={_evicts}", .. _arguments], "orchestrator");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSidecar();
        builder.Services.AddSingleton<BlobStore>();
        builder.Services.AddSingleton<AgentCaller>(CallAsync);
        builder.Services.AddSingleton(new KnownAgents(_ => null));
        builder.Services.AddExecution();
        _orchestrator = builder.Build();
        await _orchestrator.StartAsync();
    }

    public Task AddBrokerAsync() => _sidecar.AddBrokerAsync();

    public Task StopSidecarAsync() => _sidecar.StopAsync();

    public Task StartSidecarAsync() => _sidecar.StartAgainAsync();

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

    /// <summary>Inputs of the run's activities so far, in order.</summary>
    public async Task<IReadOnlyList<string>> ActivityInputsAsync(string runId, string activity) =>
        [.. (await ReadHistoryAsync(runId)).Where(found => found.TaskScheduled?.Name == activity)
            .Select(found => found.TaskScheduled.Input)];

    /// <summary>What the sidecar says of a record beside its content.</summary>
    public async Task<IDictionary<string, string>> StateMetadataAsync(string key)
    {
        using var channel = GrpcChannel.ForAddress(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_sidecar.GrpcPort}"));
        var client = new protos::Dapr.Client.Autogen.Grpc.v1.Dapr.DaprClient(channel);
        var request = new GetStateRequest { StoreName = StateStore.Component, Key = key };
        return (await client.GetStateAsync(request, cancellationToken: Cancel)).Metadata;
    }

    /// <summary>What the history of the run began with.</summary>
    public async Task<string> StartInputAsync(string runId) =>
        (await ReadHistoryAsync(runId)).First(found => found.ExecutionStarted is not null).ExecutionStarted.Input;

    /// <summary>Bytes of the history, as it travels to a worker that holds nothing.</summary>
    public async Task<(int Bytes, int Events, string Shares)> HistoryAsync(string runId)
    {
        var history = await ReadHistoryAsync(runId);
        var shares = history.GroupBy(found => found.EventTypeCase)
            .Select(group => string.Create(
                CultureInfo.InvariantCulture, $"{group.Key}: {group.Count()} = {group.Sum(found => found.CalculateSize())} B"));
        return (history.Sum(found => found.CalculateSize()), history.Count, string.Join(", ", shares));
    }

    // The last event of a run is published before its workflow ends; delivery may take a moment longer.
    public async Task<IReadOnlyList<RunEvent>> EventsOfAsync(string runId) =>
        [.. (await WhenAsync(events => events.Any(happened => happened.RunId == runId && happened.RunEnded is not null)))
            .Where(happened => happened.RunId == runId)];

    /// <summary>The events so far, as soon as they are what is wanted.</summary>
    public Task<IReadOnlyList<RunEvent>> WhenAsync(Func<IReadOnlyList<RunEvent>, bool> wanted) => _sidecar.WhenAsync(wanted, Cancel);

    public async ValueTask DisposeAsync()
    {
        await StopOrchestratorAsync();
        await _sidecar.DisposeAsync();
    }

    private static async Task<RunningOrchestrator> StartAsync(
        Task<TestSidecar> sidecar, bool evicts, Func<AgentCall, CancellationToken, Task<AgentCallResult>> agents, string[] arguments)
    {
        var system = new RunningOrchestrator(await sidecar, evicts, agents, arguments);
        await system.StartOrchestratorAsync();
        return system;
    }

    private async Task<IReadOnlyList<HistoryEvent>> ReadHistoryAsync(string runId)
    {
        using var channel = GrpcChannel.ForAddress(
            string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_sidecar.GrpcPort}"), new GrpcChannelOptions
                { MaxReceiveMessageSize = 64 << 20 });
        var client = new TaskHubSidecarService.TaskHubSidecarServiceClient(channel);
        return (await client.GetInstanceHistoryAsync(new GetInstanceHistoryRequest { InstanceId = runId }, cancellationToken: Cancel)).Events;
    }

    private async Task<AgentCallResult> CallAsync(AgentCall call, Func<AgentLive, ValueTask> onLive, CancellationToken cancellationToken)
    {
        await onLive(new AgentLive.Started("test", "test-agents", "instance"));
        return await Agents(call, cancellationToken);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
