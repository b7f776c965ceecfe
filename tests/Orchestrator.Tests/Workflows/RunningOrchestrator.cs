using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Dapr.DurableTask.Protobuf;
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

namespace Orchestrator.Tests.Workflows;

/// <summary>The execution part of the orchestrator on a real sidecar, with agents that are functions, and a subscriber that keeps all events.</summary>
internal sealed class RunningOrchestrator : IAsyncDisposable
{
    private readonly TestSidecar _sidecar;
    private readonly bool _evicts;
    private WebApplication? _orchestrator;

    private RunningOrchestrator(TestSidecar sidecar, bool evicts, Func<AgentCall, CancellationToken, Task<AgentCallResult>> agents)
    {
        _sidecar = sidecar;
        _evicts = evicts;
        Agents = agents;
    }

    public Func<AgentCall, CancellationToken, Task<AgentCallResult>> Agents { get; set; }

    public Caller Caller { get; } = new("tester", "acme", Roles.Operator);

    public IServiceProvider Services => _orchestrator!.Services;

    public IReadOnlyList<RunEvent> Events => _sidecar.Events;

    public static async Task<RunningOrchestrator> StartAsync(bool evicts, Func<AgentCall, CancellationToken, Task<AgentCallResult>> agents)
    {
        var system = new RunningOrchestrator(await TestSidecar.StartAsync(), evicts, agents);
        await system.StartOrchestratorAsync();
        return system;
    }

    public async Task StartOrchestratorAsync()
    {
        var builder = ServiceHost.CreateBuilder([.. _sidecar.Arguments, $"--Dapr:Workflow:EvictAfterTurn={_evicts}"], "orchestrator");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSidecar();
        builder.Services.AddSingleton<BlobStore>();
        builder.Services.AddSingleton<AgentCaller>(CallAsync);
        builder.Services.AddSingleton(new KnownAgents(_ => null));
        builder.Services.AddExecution();
        _orchestrator = builder.Build();
        await _orchestrator.StartAsync();
    }

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

    /// <summary>Bytes of the history, as it travels to a worker that holds nothing.</summary>
    public async Task<(int Bytes, int Events, string Shares)> HistoryAsync(string runId)
    {
        using var channel = GrpcChannel.ForAddress(
            string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_sidecar.GrpcPort}"), new GrpcChannelOptions { MaxReceiveMessageSize = 64 << 20 });
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
        await _sidecar.DisposeAsync();
    }

    private async Task<AgentCallResult> CallAsync(AgentCall call, Func<AgentLive, ValueTask> onLive, CancellationToken cancellationToken)
    {
        await onLive(new AgentLive.Started("test", "test-agents", "instance"));
        return await Agents(call, cancellationToken);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
