using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orchestration.Contracts;
using Orchestration.Domain.Failures;
using Testing;

namespace AgentHost.Tests;

/// <summary>AGT-03, AGT-05, AGT-07: a process of agents from its first to its last word.</summary>
public sealed class LifecycleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_OrchestratorNotReady_RegistersUntilItIsTaken()
    {
        var registry = new RegistryStub { Refusals = 2 };
        await using var process = await StartAsync(registry);
        for (var i = 0; i < 3; i++)
        {
            var (what, key, message) = await registry.NextAsync(Token);
            Assert.Equal(("register", "Bearer agent-key to orchestrator"), (what, key));
            var request = (RegisterInstanceRequest)message;
            Assert.Equal(("test-agents", "tester"), (request.AppId, Assert.Single(request.Agents).AgentId));
        }

        Assert.Equal("heartbeat", (await registry.NextAsync(Token)).What);
    }

    [Fact]
    public async Task Heartbeat_Busy_TellsTheLoad()
    {
        var registry = new RegistryStub();
        await using var process = await StartAsync(registry);
        using var call = process.Start(AgentProcess.Request("wait", new EchoInput("x")));
        await process.Probe.Begun.WaitAsync(Token);
        while (true)
        {
            if ((await registry.NextAsync(Token)).Message is HeartbeatRequest { Loads: [{ AgentId: "tester", Running: 1, Queued: 0 }] })
            {
                return;
            }
        }
    }

    [Fact]
    public async Task Heartbeat_Forgotten_RegistersAgain()
    {
        var registry = new RegistryStub();
        await using var process = await StartAsync(registry);
        Assert.Equal("register", (await registry.NextAsync(Token)).What);
        registry.Forgotten = true;
        Assert.Equal("heartbeat", (await registry.NextAsync(Token)).What);
        string what;
        while ((what = (await registry.NextAsync(Token)).What) == "heartbeat")
        {
        }

        Assert.Equal("register", what);
    }

    [Fact]
    public async Task Stop_CallsInFlight_LeavesRefusesNewOnesAndFinishesTheOld()
    {
        var registry = new RegistryStub();
        await using var process = await StartAsync(registry);
        using var call = process.Start(AgentProcess.Request("wait", new EchoInput("x")));
        await process.Probe.Begun.WaitAsync(Token);

        var stopped = process.App.StopAsync(Token);
        while ((await registry.NextAsync(Token)).What != "deregister")
        {
        }

        var error = await Assert.ThrowsAsync<RpcException>(
            () => process.RunAsync(AgentProcess.Request("echo", new EchoInput("x"), step: "s2")));
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.False(stopped.IsCompleted);

        process.Probe.GoOn.Release();
        Assert.NotNull((await AgentProcess.ReadAsync(call))[^1].Result);
        await stopped;
    }

    [Fact]
    public async Task Stop_CallThatTakesTooLong_IsHandedBackAsUnavailable()
    {
        var registry = new RegistryStub();
        await using var process = await StartAsync(registry, "--Agent:DrainTimeout=00:00:00.050");
        using var call = process.Start(AgentProcess.Request("wait", new EchoInput("x")));
        await process.Probe.Begun.WaitAsync(Token);
        var stopped = process.App.StopAsync(Token);
        var error = await Assert.ThrowsAsync<RpcException>(() => AgentProcess.ReadAsync(call));
        Assert.Equal((StatusCode.Unavailable, FailureCode.Unavailable), (
            error.StatusCode, Orchestration.Hosting.Errors.FailureMapping.FromRpc(error).Code));
        await process.Probe.Cancelled.WaitAsync(Token);
        await stopped;
    }

    /// <summary>Nothing more is paid within an attempt that was paid for: it has ended.</summary>
    [Fact]
    public async Task Stop_CallThatCost_EndsAsLostAndTellsWhatItCost()
    {
        var registry = new RegistryStub();
        await using var process = await StartAsync(registry, "--Agent:DrainTimeout=00:00:00.050");
        using var call = process.Start(AgentProcess.Request("wait", new EchoInput("paid")));
        await process.Probe.Begun.WaitAsync(Token);
        var stopped = process.App.StopAsync(Token);
        var failure = (await AgentProcess.ReadAsync(call))[^1].Failure;
        Assert.Equal((FailureCode.AgentLost, true, 1_000L), (failure.Code, failure.Retryable, Assert.Single(failure.Costs).Nanos));
        await stopped;
    }

    private static async Task<AgentProcess> StartAsync(RegistryStub registry, params string[] args)
    {
        var sidecar = await MemorySidecar.StartAsync(
            Token, services => services.AddSingleton(registry), app => app.MapGrpcService<RegistryStub>());
        return await AgentProcess.StartAsync(sidecar, ["--Agent:ApiKey=agent-key", .. args]);
    }
}
