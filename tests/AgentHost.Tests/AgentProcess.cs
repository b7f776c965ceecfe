using System.Text.Json;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orchestration.AgentHost;
using Orchestration.Contracts.Agents;
using Orchestration.Hosting;
using Testing;

namespace AgentHost.Tests;

/// <summary>A process of agents on real sockets, with a sidecar whose state lies in memory.</summary>
internal sealed class AgentProcess : IAsyncDisposable
{
    private readonly GrpcChannel channel;

    private AgentProcess(MemorySidecar sidecar, WebApplication app, Probe probe)
    {
        Sidecar = sidecar;
        App = app;
        Probe = probe;
        channel = GrpcChannel.ForAddress(app.AppAddress());
        Client = new AgentService.AgentServiceClient(channel);
    }

    public MemorySidecar Sidecar { get; }

    public WebApplication App { get; }

    public Probe Probe { get; }

    public AgentService.AgentServiceClient Client { get; }

    public IServiceProvider Services => App.Services;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task<AgentProcess> StartAsync(params string[] args) => StartAsync(sidecar: null, ["--Agent:Register=false", .. args]);

    public static async Task<AgentProcess> StartAsync(MemorySidecar? sidecar, string[] args)
    {
        sidecar ??= await MemorySidecar.StartAsync(Token);
        var probe = new Probe();
        var app = AgentApp.Build(
            [.. sidecar.Arguments, .. args],
            agents =>
            {
                agents.Services.AddSingleton(probe);
                agents.Add("tester", agent => agent
                    .Description("For tests.").Version("1.2.0").Capability("testing", "echo").MaxTasks(2).Queue(2)
                    .Skill<EchoSkill>().Skill<WaitSkill>().Skill<DepositSkill>().Skill<BadSkill>().Skill<CopySkill>());
            },
            "test-agents");
        await app.StartAsync(Token);
        return new AgentProcess(sidecar, app, probe);
    }

    public static ExecuteRequest Request(string skill, object input, string step = "s1", string run = "r1", int attempt = 1) => new()
    {
        Tenant = "acme",
        RunId = run,
        RootRunId = run,
        StepId = step,
        Attempt = attempt,
        AgentId = "tester",
        Skill = skill,
        Input = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(input, SkillJson.Options)),
        IdempotencyKey = $"{run}/{step}",
    };

    public AsyncServerStreamingCall<ExecuteResponse> Start(ExecuteRequest request, int priority = 0) =>
        Client.Execute(request, new Metadata { { "priority", priority.ToString(System.Globalization.CultureInfo.InvariantCulture) } },
            cancellationToken: Token);

    /// <summary>All messages with an event, to the end of the stream.</summary>
    public static async Task<List<ExecuteResponse>> ReadAsync(AsyncServerStreamingCall<ExecuteResponse> call)
    {
        var messages = new List<ExecuteResponse>();
        while (await call.ResponseStream.MoveNext(Token))
        {
            if (call.ResponseStream.Current.EventCase != ExecuteResponse.EventOneofCase.None)
            {
                messages.Add(call.ResponseStream.Current);
            }
        }

        return messages;
    }

    /// <summary>The message that ends the stream.</summary>
    public async Task<ExecuteResponse> RunAsync(ExecuteRequest request)
    {
        using var call = Start(request);
        return (await ReadAsync(call))[^1];
    }

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        await App.DisposeAsync();
        await Sidecar.DisposeAsync();
    }
}
