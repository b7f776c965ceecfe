using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Orchestration.Contracts;
using Orchestration.Contracts.Agents;
using Orchestration.Hosting;

namespace Orchestrator.Tests.Api;

/// <summary>The whole orchestrator on a real sidecar, called over gRPC with API keys.</summary>
internal sealed class RunningApi : IAsyncDisposable
{
    private static readonly (string Key, string Tenant, string Role)[] Keys =
        [("acme-operator", "acme", "operator"), ("acme-viewer", "acme", "viewer"), ("other-operator", "other", "operator"), (
            "agents", "system", "agent")];

    private readonly TestSidecar _sidecar;
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;

    private RunningApi(TestSidecar sidecar, WebApplication app)
    {
        _sidecar = sidecar;
        _app = app;
        _channel = GrpcChannel.ForAddress(app.AppAddress());
    }

    public static async Task<RunningApi> StartAsync()
    {
        var sidecar = await TestSidecar.StartAsync();
        var app = OrchestratorApp.Build([.. sidecar.Arguments, .. Keys.SelectMany(KeyArguments)]);
        await app.StartAsync();
        return new RunningApi(sidecar, app);
    }

    public IServiceProvider Services => _app.Services;

    public CallInvoker As(string key) => _channel.Intercept(headers =>
    {
        headers.Add("authorization", $"Bearer {key}");
        return headers;
    });

    public PlanService.PlanServiceClient Plans(string key = "acme-operator") => new(As(key));

    public RunService.RunServiceClient Runs(string key = "acme-operator") => new(As(key));

    public BlobService.BlobServiceClient Blobs(string key = "acme-operator") => new(As(key));

    /// <summary>Makes an agent known that nobody runs: enough for plans to be accepted.</summary>
    public async Task RegisterAsync(string agentId, params string[] skills)
    {
        var descriptor = new AgentDescriptor { AgentId = agentId, Version = "1.0.0", Name = agentId, MaxTasks = 1 };
        descriptor.Skills.Add(skills.Select(skill => new SkillDescriptor { Name = skill, InputSchema = "{}", OutputSchema = "{}" }));
        var request = new RegisterInstanceRequest { AppId = "nobody", InstanceId = "one", Agents = { descriptor } };
        await new RegistryService.RegistryServiceClient(As("agents"))
            .RegisterInstanceAsync(request, cancellationToken: TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _sidecar.DisposeAsync();
    }

    private static IEnumerable<string> KeyArguments((string Key, string Tenant, string Role) key, int index)
    {
        var prefix = $"--Access:ApiKeys:{index}:";
        return
        [
            $"{prefix}Name={key.Key}",
            $"{prefix}Hash={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key.Key)))}",
            $"{prefix}Tenant={key.Tenant}",
            $"{prefix}Roles:0={key.Role}",
        ];
    }
}
