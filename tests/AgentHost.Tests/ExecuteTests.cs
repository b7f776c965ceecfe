using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Orchestration.AgentHost.Execution;
using Orchestration.Contracts.Agents;
using Orchestration.Domain.Failures;
using Testing;
using Failure = Orchestration.Contracts.Agents.Failure;
using FailureClass = Orchestration.Contracts.Agents.FailureClass;

namespace AgentHost.Tests;

/// <summary>AGT-01, AGT-06, AGT-09: the agent contract over the wire.</summary>
public sealed class ExecuteTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Describe_SaysWhatTheAgentsAre()
    {
        await using var process = await AgentProcess.StartAsync();
        var described = await process.Client.DescribeAsync(new DescribeRequest(), cancellationToken: Token);
        var agent = Assert.Single(described.Agents);
        Assert.Equal(("tester", "1.2.0", 2), (agent.AgentId, agent.Version, agent.MaxTasks));
        Assert.Equal(["testing", "echo"], agent.Capabilities);
        var echo = agent.Skills.Single(skill => skill.Name == "echo");
        Assert.Contains("\"required\":[\"text\"]", echo.InputSchema, StringComparison.Ordinal);
        Assert.Contains("What is said back.", echo.InputSchema, StringComparison.Ordinal);
        Assert.Contains("\"veryLoud\"", echo.InputSchema, StringComparison.Ordinal);
        Assert.NotEmpty(described.InstanceId);
    }

    [Fact]
    public async Task Execute_Skill_StreamsWhatItSaysAndEndsWithTheResult()
    {
        await using var process = await AgentProcess.StartAsync();
        using var call = process.Start(AgentProcess.Request("echo", new EchoInput("hello", Tone.VeryLoud)));
        Assert.NotEmpty((await call.ResponseHeadersAsync).GetValue(AgentEndpoint.InstanceHeader)!);
        var messages = await AgentProcess.ReadAsync(call);

        Assert.Equal([60, 60], messages.Where(m => m.Progress is not null).Select(m => m.Progress.Percent));
        Assert.Equal("""{"tone":"veryLoud"}""", messages.Single(m => m.Insight is not null).Insight.Data.ToStringUtf8());
        Assert.Equal("par", messages.Single(m => m.Token is not null).Token.Text);
        var result = messages[^1].Result;
        Assert.Equal("""{"text":"HELLO"}""", result.Output.ToStringUtf8());
        Assert.Equal([(1, 1_000L), (2, 2_000L)], result.Costs.Select(cost => (cost.Call, cost.Nanos)));
        Assert.Single(messages, m => m.EventCase is ExecuteResponse.EventOneofCase.Result or ExecuteResponse.EventOneofCase.Failure);
    }

    [Theory]
    [InlineData("""{"text":1}""", "$.text must be string")]
    [InlineData("""{}""", "$.text is missing")]
    [InlineData("""{"text":"x","tone":"shrill"}""", "$.tone must be one of")]
    [InlineData("""{"text":"x","numbers":[1,"2",3.5]}""", "$.numbers[1] must be integer; $.numbers[2] must be integer")]
    [InlineData("""[]""", "$ must be object")]
    [InlineData("""{"text":""", "not JSON")]
    [InlineData("", "not JSON")]
    public async Task Execute_InputThatDoesNotFit_IsInvalidArgumentAndSaysWhy(string input, string why)
    {
        await using var process = await AgentProcess.StartAsync();
        var request = AgentProcess.Request("echo", new { });
        request.Input = ByteString.CopyFromUtf8(input);
        var error = await Assert.ThrowsAsync<RpcException>(() => process.RunAsync(request));
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Contains(why, error.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody", "echo", "acme", StatusCode.NotFound)]
    [InlineData("tester", "fly", "acme", StatusCode.NotFound)]
    [InlineData("tester", "echo", "", StatusCode.InvalidArgument)]
    [InlineData("tester", "echo", "a/b", StatusCode.InvalidArgument)]
    public async Task Execute_BadAddress_IsRefused(string agent, string skill, string tenant, StatusCode expected)
    {
        await using var process = await AgentProcess.StartAsync();
        var request = AgentProcess.Request(skill, new EchoInput("x"));
        (request.AgentId, request.Tenant) = (agent, tenant);
        Assert.Equal(expected, (await Assert.ThrowsAsync<RpcException>(() => process.RunAsync(request))).StatusCode);
    }

    [Fact]
    public async Task Execute_KnownFailure_ArrivesWithClassAdviceAndCosts()
    {
        await using var process = await AgentProcess.StartAsync();
        var failure = (await process.RunAsync(AgentProcess.Request("bad", new EchoInput("later")))).Failure;
        Assert.Equal(
            new Failure
            {
                Code = "mail_down",
                FailureClass = FailureClass.Transient,
                Message = "The mail server is down.",
                Retryable = true,
                RetryAfterMs = 3000,
                Costs = { new Cost { Call = 1, Provider = "acme", Model = "m1", InputTokens = 1, OutputTokens = 1, Nanos = 7, Attempt = 1 } },
            },
            failure);
    }

    [Theory]
    [InlineData("bug")]
    [InlineData("undeclared")]
    public async Task Execute_UnexpectedException_IsASystemFailureThatTellsNothingOfTheInside(string text)
    {
        await using var process = await AgentProcess.StartAsync();
        var failure = (await process.RunAsync(AgentProcess.Request("bad", new EchoInput(text)))).Failure;
        Assert.Equal(("agent_error", FailureClass.System, true), (failure.Code, failure.FailureClass, failure.Retryable));
        Assert.Matches("^The skill 'bad' failed unexpectedly \\(number [0-9a-f]{32}\\)\\.$", failure.Message);
    }

    [Fact]
    public async Task Execute_OutputTooLargeForAMessage_IsAPermanentFailure()
    {
        await using var process = await AgentProcess.StartAsync();
        var failure = (await process.RunAsync(AgentProcess.Request("bad", new EchoInput("huge")))).Failure;
        Assert.Equal(("output_too_large", FailureClass.Permanent), (failure.Code, failure.FailureClass));
    }

    [Fact]
    public async Task Execute_CallerGivesUp_CancelsTheSkill()
    {
        await using var process = await AgentProcess.StartAsync();
        using var call = process.Start(AgentProcess.Request("wait", new EchoInput("x")));
        await process.Probe.Begun.WaitAsync(Token);
        call.Dispose();
        await process.Probe.Cancelled.WaitAsync(Token);
    }

    [Fact]
    public async Task Cancel_CallInFlight_EndsItAsCancelledAndTellsWhatItCost()
    {
        await using var process = await AgentProcess.StartAsync();
        var request = AgentProcess.Request("wait", new EchoInput("paid"));
        using var call = process.Start(request);
        await process.Probe.Begun.WaitAsync(Token);

        Assert.False((await process.Client.CancelAsync(new CancelRequest { Tenant = "acme", IdempotencyKey = "r1/other" }, cancellationToken: Token)).Found);
        Assert.False((await process.Client.CancelAsync(new CancelRequest { Tenant = "evil", IdempotencyKey = request.IdempotencyKey }, cancellationToken: Token)).Found);
        Assert.True((await process.Client.CancelAsync(new CancelRequest { Tenant = "acme", IdempotencyKey = request.IdempotencyKey }, cancellationToken: Token)).Found);
        var failure = (await AgentProcess.ReadAsync(call))[^1].Failure;
        Assert.Equal((FailureCode.Cancelled, 1_000L), (failure.Code, Assert.Single(failure.Costs).Nanos));
        await process.Probe.Cancelled.WaitAsync(Token);
    }

    [Fact]
    public async Task Execute_SameCallAgainWhileInFlight_ReplacesTheOlderOne()
    {
        await using var process = await AgentProcess.StartAsync();
        using var older = process.Start(AgentProcess.Request("wait", new EchoInput("paid")));
        await process.Probe.Begun.WaitAsync(Token);

        using var newer = process.Start(AgentProcess.Request("wait", new EchoInput("newer"), attempt: 2));
        await process.Probe.Cancelled.WaitAsync(Token);
        var replaced = (await AgentProcess.ReadAsync(older))[^1].Failure;
        Assert.Equal((FailureCode.Conflict, 1_000L, 1), (replaced.Code, Assert.Single(replaced.Costs).Nanos, replaced.Costs[0].Attempt));

        await process.Probe.Begun.WaitAsync(Token);
        process.Probe.GoOn.Release();
        Assert.Equal("""{"text":"newer"}""", (await AgentProcess.ReadAsync(newer))[^1].Result.Output.ToStringUtf8());
    }

    [Fact]
    public async Task Execute_QuietSkill_GivesSignsOfLife()
    {
        await using var process = await AgentProcess.StartAsync("--Agent:KeepAlive=00:00:00.010");
        using var call = process.Start(AgentProcess.Request("wait", new EchoInput("x")));
        Assert.Equal("10", (await call.ResponseHeadersAsync).GetValue(AgentEndpoint.KeepAliveHeader));
        for (var i = 0; i < 3; i++)
        {
            Assert.True(await call.ResponseStream.MoveNext(Token));
            Assert.Equal(ExecuteResponse.EventOneofCase.None, call.ResponseStream.Current.EventCase);
        }
    }

    [Fact]
    public async Task Start_SignsOfLifeLessOftenThanTheContractAllows_IsRefused()
    {
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(
            () => AgentProcess.StartAsync(sidecar, ["--Agent:KeepAlive=00:00:01.5"]));
        Assert.Contains("KeepAlive", refused.Message, StringComparison.Ordinal);
    }
}
