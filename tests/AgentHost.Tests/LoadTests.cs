using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Orchestration.AgentHost;
using Orchestration.Contracts.Agents;
using Orchestration.Hosting.Errors;

namespace AgentHost.Tests;

/// <summary>AGT-15, TSK-09: the test agent has two slots and a queue of two.</summary>
public sealed class LoadTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Execute_SlotsAndQueueFull_IsRefusedAtOnceWithAdvice()
    {
        await using var process = await AgentProcess.StartAsync();
        var taken = new List<AsyncServerStreamingCall<ExecuteResponse>>();
        for (var i = 0; i < 4; i++)
        {
            taken.Add(process.Start(AgentProcess.Request("wait", new EchoInput("x"), step: $"s{i}")));
            await taken[i].ResponseHeadersAsync;
        }

        var error = await Assert.ThrowsAsync<RpcException>(
            () => process.RunAsync(AgentProcess.Request("echo", new EchoInput("x"), step: "s9")));
        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
        Assert.InRange(FailureMapping.RetryAfterOf(error)!.Value.TotalMilliseconds, 50, 5000);

        process.Probe.GoOn.Release(4);
        foreach (var call in taken)
        {
            Assert.NotNull((await AgentProcess.ReadAsync(call))[^1].Result);
            call.Dispose();
        }
    }

    [Fact]
    public async Task Execute_Waiting_GoesByPriorityThenArrival()
    {
        await using var process = await AgentProcess.StartAsync();
        using var first = process.Start(AgentProcess.Request("wait", new EchoInput("first"), step: "a"));
        await process.Probe.Begun.WaitAsync(Token);
        using var second = process.Start(AgentProcess.Request("wait", new EchoInput("second"), step: "b"));
        await process.Probe.Begun.WaitAsync(Token);
        using var low = process.Start(AgentProcess.Request("wait", new EchoInput("low"), step: "c"), priority: -5);
        await low.ResponseHeadersAsync;
        using var high = process.Start(AgentProcess.Request("wait", new EchoInput("high"), step: "d"), priority: 5);
        await high.ResponseHeadersAsync;

        for (var i = 0; i < 2; i++)
        {
            process.Probe.GoOn.Release();
            await process.Probe.Begun.WaitAsync(Token);
        }

        process.Probe.GoOn.Release(2);
        Assert.Equal(["first", "second", "high", "low"], process.Probe.Order);
        await AgentProcess.ReadAsync(low);
    }

    [Fact]
    public async Task Execute_WaitingCallerGivesUp_FreesItsPlace()
    {
        await using var process = await AgentProcess.StartAsync();
        using var one = process.Start(AgentProcess.Request("wait", new EchoInput("1"), step: "a"));
        using var two = process.Start(AgentProcess.Request("wait", new EchoInput("2"), step: "b"));
        await process.Probe.Begun.WaitAsync(Token);
        await process.Probe.Begun.WaitAsync(Token);
        using var three = process.Start(AgentProcess.Request("wait", new EchoInput("3"), step: "c"));
        await three.ResponseHeadersAsync;
        three.Dispose();
        while (process.Services.GetRequiredService<AgentCatalog>().Find("tester")!.Slots.Load.Queued > 0)
        {
            await process.Client.DescribeAsync(new DescribeRequest(), cancellationToken: Token);
        }

        using var four = process.Start(AgentProcess.Request("wait", new EchoInput("4"), step: "d"));
        process.Probe.GoOn.Release(3);
        await Task.WhenAll(AgentProcess.ReadAsync(one), AgentProcess.ReadAsync(two), AgentProcess.ReadAsync(four));
        Assert.DoesNotContain("3", process.Probe.Order);
    }

    [Fact]
    public async Task Execute_ManyCallers_NeverMoreThanTheLimitAtOnce()
    {
        var slots = new TaskSlots(3, 1000, TimeProvider.System);
        var running = 0;
        var most = 0;
        await Parallel.ForAsync(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 50, CancellationToken = Token }, async (i, token) =>
        {
            using var ticket = slots.TryEnter(i % 3)!;
            await ticket.WaitAsync(token);
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            await Task.Yield();
            Interlocked.Decrement(ref running);
        });
        Assert.InRange(most, 1, 3);
        Assert.Equal((0, 0), slots.Load);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
