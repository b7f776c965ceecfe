using System.Collections.Immutable;
using System.Text;
using Grpc.Core;
using Orchestration.Contracts.Agents;
using Orchestration.Domain.Budgets;
using Orchestration.Domain.Failures;
using Orchestration.Domain.Plans;
using Orchestration.Hosting.Errors;
using Testing;
using static Orchestrator.Agents.Tests.FakeAgent;
using static Orchestrator.Agents.Tests.RegistryHost;
using FailureClass = Orchestration.Domain.Failures.FailureClass;

namespace Orchestrator.Agents.Tests;

/// <summary>RTE-08, NUM-09: calls that go well, and what becomes of those that do not.</summary>
public sealed class InvokerTests
{
    private readonly List<AgentLive> live = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Invoke_AgentAnswers_PassesOnWhatItSaysAndReturnsTheResult()
    {
        ExecuteRequest? seen = null;
        var priority = "";
        await using var agent = await StartAsync(async (request, stream, context) =>
        {
            seen = request;
            priority = context.RequestHeaders.GetValue("priority");
            await AcceptAsync(context, "i1");
            await stream.WriteAsync(
                new ExecuteResponse { Progress = new Progress { Percent = 50, Message = "half" } }, context.CancellationToken);
            await stream.WriteAsync(new ExecuteResponse { Token = new Token { Text = "t" } }, context.CancellationToken);
            var result = Result("""{"x":1}""");
            result.Result.Costs.Add(
                new Cost { Call = 1, Provider = "p", Model = "m", InputTokens = 2, OutputTokens = 3, Nanos = 4, Attempt = 2 });
            result.Result.Costs.Add(
                new Cost { Call = 1, Provider = "p", Model = "m", InputTokens = 5, OutputTokens = 6, Nanos = 7, Attempt = 1 });
            await stream.WriteAsync(result, context.CancellationToken);
        });
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartHostAsync(sidecar, ("docs", agent.Address));

        var completed = Assert.IsType<AgentCallResult.Completed>(await InvokeAsync(host));
        Assert.Equal("""{"x":1}""", Encoding.UTF8.GetString(completed.Output.Span));
        Assert.Equal(("invoice", "docs", "i1"), (completed.AgentId, completed.AppId, completed.InstanceId));
        Assert.Equal([new CallCost(1, "p", "m", 2, 3, 4), new CallCost(1, "p", "m", 5, 6, 7, Attempt: 1)], completed.Costs);
        Assert.Equal([new AgentLive.Started("invoice", "docs", "i1"), new AgentLive.Progress(50, "half"), new AgentLive.Token("t")], live);
        Assert.Equal(("acme", "r1", "root", "s1", 2, "r1/s1"), (
            seen!.Tenant, seen.RunId, seen.RootRunId, seen.StepId, seen.Attempt, seen.IdempotencyKey));
        Assert.Equal("7", priority);
        Assert.Equal(0, host.Router.InFlight);
    }

    [Fact]
    public async Task Invoke_AgentFails_ReturnsItsFailure()
    {
        await using var agent = await StartAsync(async (_, stream, context) =>
        {
            await AcceptAsync(context, "i1");
            await stream.WriteAsync(
                new ExecuteResponse
                {
                    Failure = new Orchestration.Contracts.Agents.Failure
                    {
                        Code = "odd", FailureClass =
                            Orchestration.Contracts.Agents.FailureClass.Business, Message = "Odd.", Retryable = true, RetryAfterMs = 1500,
                    },
                },
                context.CancellationToken);
        });
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartHostAsync(sidecar, ("docs", agent.Address));
        var failed = Assert.IsType<AgentCallResult.Failed>(await InvokeAsync(host));
        Assert.Equal(new Orchestration.Domain.Failures.Failure("odd", FailureClass.Business, "Odd.", true, TimeSpan.FromSeconds(1.5)),
            failed.Failure);
    }

    [Fact]
    public async Task Invoke_AgentEndsWithoutResult_IsASystemFailure()
    {
        await using var agent = await StartAsync((_, _, context) => AcceptAsync(context, "i1"));
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartHostAsync(sidecar, ("docs", agent.Address));
        Assert.Equal(("no_result", FailureClass.System), Failure(await InvokeAsync(host)));
    }

    [Fact]
    public async Task Invoke_AppLostDuringTheCall_IsNotBegunAtAnotherAppWhichKnowsNoClaims()
    {
        await using var dying = await StartAsync(async (_, _, context) =>
        {
            await AcceptAsync(context, "i1");
            throw new RpcException(new Status(StatusCode.Unavailable, "gone"));
        });
        await using var healthy = await StartAsync(async (_, stream, context) =>
        {
            await AcceptAsync(context, "i1");
            await stream.WriteAsync(Result("1"), context.CancellationToken);
        });
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartHostAsync(sidecar, ("a", dying.Address), ("b", healthy.Address));
        var failed = Assert.IsType<AgentCallResult.Failed>(await InvokeAsync(host));
        Assert.Equal((FailureCode.AgentLost, "a"), (failed.Failure.Code, failed.AppId));
        Assert.Equal([new AgentLive.Started("invoice", "a", "i1")], live);
        Assert.False(host.Registry.IsAlive(new Registry.InstanceKey("a", "i1")));
    }

    [Fact]
    public async Task Invoke_ReplicaLostDuringTheCall_RunsAtTheOtherReplicaAlthoughAnotherAppIsFree()
    {
        var calls = 0;
        await using var agent = await StartAsync(async (_, stream, context) =>
        {
            calls++;
            await AcceptAsync(context, $"i{calls}");
            if (calls == 1)
            {
                throw new RpcException(new Status(StatusCode.Unavailable, "gone"));
            }

            await stream.WriteAsync(Result("1"), context.CancellationToken);
        });
        await using var other = await StartAsync((_, _, _) => throw new InvalidOperationException("not here"));
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartHostAsync(sidecar, ("a", agent.Address), ("b", other.Address));
        await host.RegisterAsync("a", "i2", Agent("invoice", maxTasks: 10));
        var completed = Assert.IsType<AgentCallResult.Completed>(await InvokeAsync(host));
        Assert.Equal(("a", "i2"), (completed.AppId, completed.InstanceId));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(17)]
    public async Task Invoke_InputTooLarge_FailsForGood(int mebibytes)
    {
        await using var agent = await StartAsync((_, _, _) => Task.CompletedTask);
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartHostAsync(sidecar, ("a", agent.Address));
        var call = Call(null) with { Input = new byte[mebibytes << 20] };
        Assert.Equal(("too_large", FailureClass.Permanent), Failure(await host.Invoker.InvokeAsync(call, Listen, Token)));
    }

    [Fact]
    public async Task Invoke_AnswerTooLarge_FailsForGoodAndIsNotRunAgain()
    {
        var calls = 0;
        await using var agent = await StartAsync(async (_, _, context) =>
        {
            calls++;
            await AcceptAsync(context, "i1");
            throw new RpcException(new Status(StatusCode.ResourceExhausted, "message larger than max"));
        });
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartHostAsync(sidecar, ("a", agent.Address));
        Assert.Equal(("too_large", FailureClass.Permanent), Failure(await InvokeAsync(host)));
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task Invoke_NotFoundThatIsNotTheAgentsWord_SpendsNoAttempt()
    {
        await using var agent = await StartAsync((_, _, _) => throw new RpcException(new Status(StatusCode.NotFound, "no route")));
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartHostAsync(sidecar, ("a", agent.Address));
        Assert.IsType<AgentCallResult.NotNow>(await InvokeAsync(host));
    }

    [Fact]
    public async Task Invoke_AgentSaysTooMuch_IsCut()
    {
        await using var agent = await StartAsync(async (_, stream, context) =>
        {
            await AcceptAsync(context, "i1");
            var failure = new Orchestration.Contracts.Agents.Failure
            {
                Code = new string('c', 100), Message = new string('m', 5000), RetryAfterMs = long.MaxValue,
            };
            failure.Costs.Add(Enumerable.Range(0, 500).Select(i => new Cost { Call = i + 1 }));
            await stream.WriteAsync(new ExecuteResponse { Failure = failure }, context.CancellationToken);
        });
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartHostAsync(sidecar, ("a", agent.Address));
        var failed = Assert.IsType<AgentCallResult.Failed>(await InvokeAsync(host));
        Assert.Equal((64, 1000, TimeSpan.FromHours(1)), (
            failed.Failure.Code.Length, failed.Failure.Message.Length, failed.Failure.RetryAfter));
        Assert.Single(failed.Costs);
    }

    [Fact]
    public async Task Invoke_AdviceWithoutBound_IsCut()
    {
        await using var agent = await StartAsync((_, _, _) => throw new RpcException(
            new Status(StatusCode.ResourceExhausted, "full"),
            new Metadata { { "retry-after-ms", long.MaxValue.ToString(System.Globalization.CultureInfo.InvariantCulture) } }));
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartHostAsync(sidecar, ("a", agent.Address));
        Assert.Equal(TimeSpan.FromHours(1), Assert.IsType<AgentCallResult.NotNow>(await InvokeAsync(host)).RetryAfter);
    }

    [Fact]
    public async Task Invoke_AgentFrozen_IsNoticedBySilenceAndRunsElsewhere()
    {
        await using var frozen = await StartAsync(async (_, _, context) =>
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        });
        await using var healthy = await StartAsync(async (_, stream, context) =>
        {
            await AcceptAsync(context, "i1");
            await stream.WriteAsync(Result("1"), context.CancellationToken);
        });
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartHostAsync(sidecar, "00:00:01", ("a", frozen.Address), ("b", healthy.Address));
        Assert.Equal("b", Assert.IsType<AgentCallResult.Completed>(await InvokeAsync(host)).AppId);
    }

    // The silence of five minutes that the host allows passes by ticks made here.
    [Theory]
    [InlineData(500, false)]
    [InlineData(150_000, false)]
    [InlineData(150_001, true)]
    public async Task Invoke_SignsOfLifeTooSeldom_IsNotTakenForSilentAndIsWarnedOfOnce(int keepAlive, bool isTooSeldom)
    {
        var begun = new SemaphoreSlim(0);
        var goOn = new TaskCompletionSource();
        await using var agent = await StartAsync(async (_, stream, context) =>
        {
            await AcceptAsync(context, "i1", keepAlive);
            await goOn.Task.WaitAsync(context.CancellationToken);
            await stream.WriteAsync(Result("1"), context.CancellationToken);
        });
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartHostAsync(sidecar, ("a", agent.Address));
        Task<AgentCallResult>[] calls = [.. Enumerable.Range(0, 2).Select(_ => host.Invoker.InvokeAsync(Call(null), Begin, Token))];
        await begun.WaitAsync(Token);
        await begun.WaitAsync(Token);
        Tick(host, 9);
        goOn.SetResult();
        foreach (var result in await Task.WhenAll(calls))
        {
            Assert.Equal(isTooSeldom ? typeof(AgentCallResult.Completed) : typeof(AgentCallResult.Failed), result.GetType());
        }

        Assert.Equal(isTooSeldom ? 1 : 0, host.Warnings.Count(line => line.Contains("keepalive-ms", StringComparison.Ordinal)));

        ValueTask Begin(AgentLive said)
        {
            begun.Release();
            return ValueTask.CompletedTask;
        }
    }

    [Fact]
    public async Task Invoke_AgentTakesTheCallLate_IsGivenTheWholeTimeForItsFirstSign()
    {
        RegistryHost? started = null;
        var begun = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        await using var agent = await StartAsync(async (_, stream, context) =>
        {
            Tick(started!, 8);
            await AcceptAsync(context, "i1", 400);
            await goOn.Task.WaitAsync(context.CancellationToken);
            await stream.WriteAsync(Result("1"), context.CancellationToken);
        });
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = started = await StartHostAsync(sidecar, ("a", agent.Address));
        var call = host.Invoker.InvokeAsync(
            Call(null),
            _ =>
            {
                begun.SetResult();
                return ValueTask.CompletedTask;
            },
            Token);
        await begun.Task.WaitAsync(Token);
        Tick(host, 8);
        goOn.SetResult();
        Assert.IsType<AgentCallResult.Completed>(await call);
    }

    [Fact]
    public async Task Invoke_AgentLostAgainAndAgain_SpendsTheAttempt()
    {
        await using var agent = await StartAsync(async (_, _, context) =>
        {
            await AcceptAsync(context, $"i{Guid.NewGuid():n}");
            throw new RpcException(new Status(StatusCode.Unavailable, "gone"));
        });
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartHostAsync(sidecar, ("a", agent.Address));
        var failed = Assert.IsType<AgentCallResult.Failed>(await InvokeAsync(host));
        Assert.Equal((FailureCode.AgentLost, FailureClass.Transient, true), (
            failed.Failure.Code, failed.Failure.Class, failed.Failure.Retryable));
        Assert.Equal(4, live.Count);
    }

    [Fact]
    public async Task Invoke_NobodyReached_SpendsNoAttempt()
    {
        var gone = await StartAsync((_, _, _) => Task.CompletedTask);
        var address = gone.Address;
        await gone.DisposeAsync();
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartHostAsync(sidecar, ("a", address));
        var later = Assert.IsType<AgentCallResult.NotNow>(await InvokeAsync(host));
        Assert.Equal(FailureCode.NoAgent, later.Reason);
        Assert.Empty(live);
    }

    [Fact]
    public async Task Invoke_AgentFull_TriesTheOtherAndElseComesBackLater()
    {
        Behaviour full = (_, _, _) => throw FailureException.Saturated("Full.", TimeSpan.FromMilliseconds(700));
        await using var one = await StartAsync(full);
        await using var two = await StartAsync(full);
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartHostAsync(sidecar, ("a", one.Address), ("b", two.Address));
        var later = Assert.IsType<AgentCallResult.NotNow>(await InvokeAsync(host));
        Assert.Equal((FailureCode.Saturated, TimeSpan.FromMilliseconds(700)), (later.Reason, later.RetryAfter));
    }

    [Fact]
    public async Task Invoke_InputRefused_IsAPermanentFailure()
    {
        await using var agent = await StartAsync((_, _, _) => throw FailureException.InvalidArgument("No."));
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartHostAsync(sidecar, ("a", agent.Address));
        Assert.Equal((FailureCode.InvalidArgument, FailureClass.Permanent), Failure(await InvokeAsync(host)));
    }

    [Fact]
    public async Task Invoke_AgentNeverRegistered_FailsForGood()
    {
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await RegistryHost.StartAsync(sidecar);
        Assert.Equal((FailureCode.NoAgent, FailureClass.Permanent), Failure(await InvokeAsync(host)));
    }

    [Fact]
    public async Task Invoke_TakesTooLong_IsATimeoutAndTheAgentIsTold()
    {
        var told = new TaskCompletionSource();
        await using var agent = await StartAsync(async (_, _, context) =>
        {
            await AcceptAsync(context, "i1");
            context.CancellationToken.Register(told.SetResult);
            await told.Task;
        });
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartHostAsync(sidecar, ("a", agent.Address));
        Assert.Equal((FailureCode.Timeout, FailureClass.Transient), Failure(await InvokeAsync(host, TimeSpan.FromMilliseconds(200))));
        await told.Task;
    }

    [Fact]
    public async Task Invoke_Cancelled_ThrowsAndTheAgentIsTold()
    {
        var told = new TaskCompletionSource();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var agent = await StartAsync(async (_, _, context) =>
        {
            await AcceptAsync(context, "i1");
            context.CancellationToken.Register(told.SetResult);
            await cancel.CancelAsync();
            await told.Task;
        });
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartHostAsync(sidecar, ("a", agent.Address));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Invoker.InvokeAsync(Call(null), Listen, cancel.Token));
        await told.Task;
        Assert.Equal(0, host.Router.InFlight);
    }

    private static void Tick(RegistryHost host, int times)
    {
        for (var i = 0; i < times; i++)
        {
            host.Silence.Tick();
        }
    }

    private static (string, FailureClass) Failure(AgentCallResult result)
    {
        var failed = Assert.IsType<AgentCallResult.Failed>(result);
        return (failed.Failure.Code, failed.Failure.Class);
    }

    private static AgentCall Call(TimeSpan? timeout) =>
        new("acme", "r1", "root", "s1", 2, new AgentSelector("invoice"), "extract", "{}"u8.ToArray(), timeout
            ?? TimeSpan.FromMinutes(1), ImmutableArray<string>.Empty, 7);

    private static Task<RegistryHost> StartHostAsync(MemorySidecar sidecar, params (string App, Uri Address)[] apps) =>
        StartHostAsync(sidecar, "00:05:00", apps);

    private static async Task<RegistryHost> StartHostAsync(MemorySidecar sidecar, string silence, params (string App, Uri Address)[] apps)
    {
        var host = await RegistryHost.StartAsync(sidecar, args: ["--Agents:MissedHeartbeats=100", $"--Agents:Silence={silence}"]);
        foreach (var (app, address) in apps)
        {
            sidecar.Route(app, address);
            await host.RegisterAsync(app, "i1", Agent("invoice", maxTasks: 10));
        }

        return host;
    }

    private Task<AgentCallResult> InvokeAsync(RegistryHost host, TimeSpan? timeout = null) =>
        host.Invoker.InvokeAsync(Call(timeout), Listen, Token);

    private ValueTask Listen(AgentLive said)
    {
        live.Add(said);
        return ValueTask.CompletedTask;
    }
}
