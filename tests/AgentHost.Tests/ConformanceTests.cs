using System.CommandLine;
using System.Text.Json;
using Cli;
using Cli.Conformance;
using Grpc.Core;
using HelloAgent;
using Microsoft.AspNetCore.Builder;
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
    public async Task Sample_WrongToken_FailsWithTheReason()
    {
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var app = HelloAgentApp.Build([.. sidecar.Arguments, "--Agent:Register=false", "--APP_API_TOKEN=app-token"]);
        await app.StartAsync(Token);
        var report = await CheckAsync(app.AppAddress(), "wrong");
        Assert.Contains("Unauthenticated", Assert.Single(report.Findings).Detail, StringComparison.Ordinal);
        Assert.False(report.IsKept);
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
        new ConnectionFile(sidecar.Address, "key", null).Write(connection);
        using var output = new StringWriter();
        var exitCode = await OrchestrateCommand.RunAsync(
            ["agent", "check", "--app", "hello-agent", "--connection", connection, "--json"], new InvocationConfiguration { Output = output, Error = output });
        File.Delete(connection);
        Assert.True(exitCode == 0, output.ToString());
        using var report = JsonDocument.Parse(output.ToString());
        Assert.True(report.RootElement.GetProperty("kept").GetBoolean());
        Assert.Contains(report.RootElement.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("subject").GetString() == "hello/greet");
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
        var builder = ServiceHost.CreateBuilder(["--APP_PORT=0", "--HEALTH_PORT=0"], "broken");
        await using var app = builder.Build();
        app.MapGrpcService<BrokenAgent>();
        await app.StartAsync(Token);
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
                "progress is 0 to 100 and never falls",
                "a call that is cancelled ends at once, as cancelled or as done",
                "cancelling an unknown call is OK and finds nothing",
            ],
            report.Findings.Where(finding => finding.Verdict == Verdict.Fail).Select(finding => finding.Rule));

        var text = new StringWriter();
        report.Write(new Cli.Output(text, isJson: false));
        Assert.EndsWith($"The contract is not kept: 14 of {report.Findings.Count} rules.{Environment.NewLine}", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AgentThatRefusesWithoutTrailers_IsToldWhichAreMissing()
    {
        var builder = ServiceHost.CreateBuilder(["--APP_PORT=0", "--HEALTH_PORT=0"], "curt");
        await using var app = builder.Build();
        app.MapGrpcService<CurtAgent>();
        await app.StartAsync(Token);
        var report = await CheckAsync(app.AppAddress(), null);
        Assert.Equal(
            [
                ("an unknown agent is NOT_FOUND with failure-code", "the trailer failure-code is missing"),
                ("an unknown skill is NOT_FOUND with failure-code", "the trailer failure-code is missing"),
                ("input that is not JSON is INVALID_ARGUMENT with failure-code", "the trailer failure-code is missing"),
                ("calls above max_tasks end properly or are RESOURCE_EXHAUSTED with failure-code and retry-after-ms", "the trailer failure-code is missing"),
            ],
            report.Findings.Where(finding => finding.Verdict == Verdict.Fail).Select(finding => (finding.Rule, finding.Detail)));
    }

    private static async Task<ConformanceReport> CheckAsync(Uri address, string? token)
    {
        using var target = new AgentTarget(address, token, TimeSpan.FromMinutes(1));
        return await new ConformanceRun(target, new ConformanceOptions(null, DescribeOnly: false, DrainPid: null)).RunAsync(Token);
    }

    private sealed class BrokenAgent : AgentService.AgentServiceBase
    {
        public override Task<DescribeResponse> Describe(DescribeRequest request, ServerCallContext context) => Task.FromResult(new DescribeResponse
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

        public override async Task Execute(ExecuteRequest request, IServerStreamWriter<ExecuteResponse> responseStream, ServerCallContext context)
        {
            await responseStream.WriteAsync(new ExecuteResponse { Progress = new Progress { Percent = 70 } }, context.CancellationToken);
            await responseStream.WriteAsync(new ExecuteResponse { Progress = new Progress { Percent = 60 } }, context.CancellationToken);
            await responseStream.WriteAsync(new ExecuteResponse { Result = new Result() }, context.CancellationToken);
            await responseStream.WriteAsync(new ExecuteResponse { Result = new Result() }, context.CancellationToken);
        }

        public override Task<CancelResponse> Cancel(CancelRequest request, ServerCallContext context) => Task.FromResult(new CancelResponse { Found = true });
    }

    /// <summary>Right but for the trailers of its refusals.</summary>
    private sealed class CurtAgent : AgentService.AgentServiceBase
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

        public override async Task Execute(ExecuteRequest request, IServerStreamWriter<ExecuteResponse> responseStream, ServerCallContext context)
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

        public override Task<CancelResponse> Cancel(CancelRequest request, ServerCallContext context) => Task.FromResult(new CancelResponse());
    }
}
