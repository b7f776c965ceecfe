using System.CommandLine;
using System.Text.Json;
using Cli;
using Cli.Conformance;
using Grpc.Core;
using HelloAgent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orchestration.Client;
using Orchestration.Contracts.Agents;
using Orchestration.Hosting;
using Testing;

namespace AgentHost.Tests;

/// <summary>The conformance command on agents that keep the contract, and on one that breaks every rule.</summary>
public sealed class ConformanceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sample_KeepsTheContract()
    {
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var app = HelloAgentApp.Build([.. sidecar.Arguments, "--Agent:Register=false", "--APP_API_TOKEN=app-token"]);
        await app.StartAsync(Token);
        var report = await CheckAsync(app.AppAddress(), "app-token");
        Assert.DoesNotContain(report.Findings, finding => finding.Verdict == Verdict.Fail);
        Assert.True(report.IsKept);
        Assert.Contains(report.Findings, finding => finding is { Subject: "hello/greet", Verdict: Verdict.Pass });
    }

    [Fact]
    public async Task Sample_WrongToken_IsRefusedAndNotJudged()
    {
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var app = HelloAgentApp.Build([.. sidecar.Arguments, "--Agent:Register=false", "--APP_API_TOKEN=app-token"]);
        await app.StartAsync(Token);
        var (exitCode, output, error) = await RunAsync("agent", "check", "--address", app.AppAddress().ToString(), "--app-token", "wrong");
        Assert.Equal((4, ""), (exitCode, output));
        Assert.StartsWith($"{app.AppAddress()} does not accept the token: ", error, StringComparison.Ordinal);
        Assert.Contains("--app-token", error, StringComparison.Ordinal);
    }

    /// <summary>As it is started by a launcher: nobody but the sidecar knows its app token.</summary>
    [Fact]
    public async Task Sample_CalledThroughTheSidecar_KeepsTheContractWhicheverReplicaAnswers()
    {
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var one = HelloAgentApp.Build([.. sidecar.Arguments, "--Agent:Register=false"]);
        await using var two = HelloAgentApp.Build([.. sidecar.Arguments, "--Agent:Register=false"]);
        await one.StartAsync(Token);
        await two.StartAsync(Token);
        sidecar.Route("hello-agent", one.AppAddress(), two.AppAddress());
        var connection = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            new ConnectionFile(sidecar.Address, "key", null).Write(connection);
            var (exitCode, output, error) = await RunAsync("agent", "check", "--app", "hello-agent", "--connection", connection, "--json");
            Assert.True(exitCode == 0, output + error);
            AssertKept(output);
        }
        finally
        {
            File.Delete(connection);
        }
    }

    private static void AssertKept(string output)
    {
        using var report = JsonDocument.Parse(output);
        Assert.True(report.RootElement.GetProperty("kept").GetBoolean());
        Assert.Contains(report.RootElement.GetProperty("findings").EnumerateArray(), finding =>
            finding.GetProperty("subject").GetString() == "hello/greet");
    }

    [Theory]
    [InlineData(StatusCode.Unavailable, null, false, true)]
    [InlineData(StatusCode.Unavailable, null, true, false)]
    [InlineData(StatusCode.Internal, null, false, false)]
    [InlineData(StatusCode.Internal, "nobody", false, true)]
    [InlineData(StatusCode.Unauthenticated, "nobody", false, false)]
    public void IsNobody_Status_TellsWhoseWordItIs(StatusCode code, string? app, bool isOwn, bool expected)
    {
        using var target = new AgentTarget(new Uri("http://127.0.0.1:1"), null, TimeSpan.FromMinutes(1), app);
        var trailers = new Metadata();
        if (isOwn)
        {
            trailers.Add("failure-code", "unavailable");
        }

        Assert.Equal(expected, target.IsNobody(new RpcException(new Status(code, ""), trailers)));
    }

    [Fact]
    public async Task BrokenAgent_EveryBrokenRuleIsNamed()
    {
        await using var app = await StartAsync(new BrokenAgent());
        var report = await CheckAsync(app.AppAddress(), null);
        Assert.Equal(
            [
                "Describe says the same again",
                "it names its instance",
                "its id and capabilities are names",
                "its version is a semantic version",
                "max_tasks is 1 to 1000",
                "its schemas are JSON Schemas",
                "an unknown agent is NOT_FOUND with failure-code",
                "an unknown skill is NOT_FOUND with failure-code",
                "input that is not JSON is INVALID_ARGUMENT with failure-code",
                "a call ends with exactly one result or failure, and with status OK",
                "a call names the instance in its headers, as Describe does",
                "keepalive-ms is at most 500, when a call announces it",
                "progress is 0 to 100 and never falls",
                "a call that is cancelled ends at once, as cancelled or as done",
                "cancelling an unknown call is OK and finds nothing",
            ],
            report.Findings.Where(finding => finding.Verdict == Verdict.Fail).Select(finding => finding.Rule));

        var text = new StringWriter();
        report.Write(new Cli.Output(text, isJson: false));
        var skipped = report.Findings.Count(finding => finding.Verdict == Verdict.Skip);
        Assert.EndsWith(
            $"The contract is not kept: 15 of {report.Findings.Count - skipped} rules{(skipped > 0 ? $", {skipped} skipped" : "")}.{Environment.NewLine}", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AgentThatRefusesWithoutTrailers_IsToldWhichAreMissing()
    {
        await using var app = await StartAsync(new CurtAgent());
        var report = await CheckAsync(app.AppAddress(), null);
        Assert.Equal(
            [
                ("an unknown agent is NOT_FOUND with failure-code", "the trailer failure-code is missing"),
                ("an unknown skill is NOT_FOUND with failure-code", "the trailer failure-code is missing"),
                ("input that is not JSON is INVALID_ARGUMENT with failure-code", "the trailer failure-code is missing"),
                ("calls above max_tasks end properly or are RESOURCE_EXHAUSTED with failure-code and retry-after-ms",
                    "the trailer failure-code is missing"),
            ],
            report.Findings.Where(finding => finding.Verdict == Verdict.Fail).Select(finding => (finding.Rule, finding.Detail)));
    }

    [Fact]
    public async Task AgentThatAnswersOnceAndDies_HasAReport()
    {
        await using var app = await StartAsync(new DyingAgent());
        var report = await CheckAsync(app.AppAddress(), null);
        Assert.Equal([Verdict.Pass, Verdict.Fail], report.Findings.Select(finding => finding.Verdict));
        Assert.Equal("Describe says the same again", report.Findings[1].Rule);
        Assert.EndsWith("Unavailable: gone", report.Findings[1].Detail, StringComparison.Ordinal);
    }

    /// <summary>Behind a sidecar a Cancel that finds nothing tells nothing: another replica may have had it.</summary>
    [Fact]
    public async Task Cancel_ThatDidNotFindTheCallOfAnApp_IsNotJudged()
    {
        const string rule = "a call that is cancelled ends at once, as cancelled or as done";
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var app = await StartAsync(new CurtAgent());
        sidecar.Route("curt-app", app.AppAddress());

        Assert.Equal(Verdict.Skip,
            Assert.Single((await CheckAsync(sidecar.Address, null, "curt-app")).Findings, finding => finding.Rule == rule).Verdict);
        Assert.Equal(Verdict.Pass,
            Assert.Single((await CheckAsync(app.AppAddress(), null)).Findings, finding => finding.Rule == rule).Verdict);
    }

    [Theory]
    [InlineData("conformance/curt-x-cancelled")]
    [InlineData("conformance/never-made")]
    public async Task Check_InterruptedInACancel_IsNoVerdict(string key)
    {
        var agent = new SlowToCancel(key);
        await using var app = await StartAsync(agent);
        using var target = new AgentTarget(app.AppAddress(), null, TimeSpan.FromMinutes(1));
        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var checking = new ConformanceRun(target, new ConformanceOptions(null, DescribeOnly: false, DrainPid: null))
            .RunAsync(interruption.Token);
        await Task.WhenAny(agent.Asked, checking);
        await interruption.CancelAsync();

        await Assert.ThrowsAsync<RpcException>(() => checking);
    }

    private static async Task<ConformanceReport> CheckAsync(Uri address, string? token, string? appId = null)
    {
        using var target = new AgentTarget(address, token, TimeSpan.FromMinutes(1), appId);
        return await new ConformanceRun(target, new ConformanceOptions(null, DescribeOnly: false, DrainPid: null)).RunAsync(Token);
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await OrchestrateCommand.RunAsync(arguments, new InvocationConfiguration { Output = output, Error = error });
        return (exitCode, output.ToString(), error.ToString());
    }

    private static async Task<WebApplication> StartAsync<T>(T agent)
        where T : AgentService.AgentServiceBase
    {
        var builder = ServiceHost.CreateBuilder(["--APP_PORT=0", "--HEALTH_PORT=0"], "stub");
        builder.Services.AddSingleton(agent);
        var app = builder.Build();
        app.MapGrpcService<T>();
        await app.StartAsync(Token);
        return app;
    }

    private sealed class BrokenAgent : AgentService.AgentServiceBase
    {
        public override Task<DescribeResponse> Describe(DescribeRequest request, ServerCallContext context) =>
            Task.FromResult(new DescribeResponse
        {
            Agents =
            {
                new AgentDescriptor
                {
                    AgentId = "bro ken",
                    Version = "one",
                    Name = Guid.NewGuid().ToString(),
                    Skills = { new SkillDescriptor { Name = "x", InputSchema = "", OutputSchema = "1" } },
                },
            },
        });

        public override async Task Execute(
            ExecuteRequest request, IServerStreamWriter<ExecuteResponse> responseStream, ServerCallContext context)
        {
            await context.WriteResponseHeadersAsync(new Metadata { { "keepalive-ms", "501" } });
            await responseStream.WriteAsync(new ExecuteResponse { Progress = new Progress { Percent = 70 } }, context.CancellationToken);
            await responseStream.WriteAsync(new ExecuteResponse { Progress = new Progress { Percent = 60 } }, context.CancellationToken);
            await responseStream.WriteAsync(new ExecuteResponse { Result = new Result() }, context.CancellationToken);
            await responseStream.WriteAsync(new ExecuteResponse { Result = new Result() }, context.CancellationToken);
        }

        public override Task<CancelResponse> Cancel(CancelRequest request, ServerCallContext context) =>
            Task.FromResult(new CancelResponse { Found = true });
    }

    /// <summary>Right but for the trailers of its refusals.</summary>
    private class CurtAgent : AgentService.AgentServiceBase
    {
        private static readonly DescribeResponse Description = new()
        {
            InstanceId = "i1",
            Agents =
            {
                new AgentDescriptor
                {
                    AgentId = "curt",
                    Version = "1.0.0",
                    Name = "Curt",
                    MaxTasks = 1,
                    Skills = { new SkillDescriptor { Name = "x", InputSchema = "{}", OutputSchema = "{}" } },
                },
            },
        };

        public override Task<DescribeResponse> Describe(DescribeRequest request, ServerCallContext context) => Task.FromResult(Description);

        public override async Task Execute(
            ExecuteRequest request, IServerStreamWriter<ExecuteResponse> responseStream, ServerCallContext context)
        {
            if (request.AgentId != "curt" || request.Skill != "x")
            {
                throw new RpcException(new Status(StatusCode.NotFound, "no"));
            }

            if (request.Input.ToStringUtf8() == "{")
            {
                throw new RpcException(new Status(StatusCode.InvalidArgument, "no"));
            }

            if (request.StepId.StartsWith("overload", StringComparison.Ordinal))
            {
                throw new RpcException(new Status(StatusCode.ResourceExhausted, "no"));
            }

            await context.WriteResponseHeadersAsync(new Metadata { { "agent-instance", "i1" } });
            await responseStream.WriteAsync(
                new ExecuteResponse { Result = new Result { Output = Google.Protobuf.ByteString.CopyFromUtf8("{}") } }, context.CancellationToken);
        }

        public override Task<CancelResponse> Cancel(CancelRequest request, ServerCallContext context) =>
            Task.FromResult(new CancelResponse());
    }

    /// <summary>Describes itself once and is not heard of again.</summary>
    private sealed class DyingAgent : CurtAgent
    {
        private int _asked;

        public override Task<DescribeResponse> Describe(DescribeRequest request, ServerCallContext context) =>
            Interlocked.Increment(ref _asked) == 1
                ? base.Describe(request, context)
                : throw new RpcException(new Status(StatusCode.Unavailable, "gone"));
    }

    /// <summary>Does not answer one of the Cancels.</summary>
    private sealed class SlowToCancel(string key) : CurtAgent
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Asked => _asked.Task;

        public override async Task<CancelResponse> Cancel(CancelRequest request, ServerCallContext context)
        {
            if (request.IdempotencyKey == key)
            {
                _asked.TrySetResult();
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
            }

            return await base.Cancel(request, context);
        }
    }
}
