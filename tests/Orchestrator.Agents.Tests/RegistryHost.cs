using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Orchestration.Contracts;
using Orchestration.Contracts.Agents;
using Orchestration.Domain.Plans;
using Orchestration.Hosting;
using Orchestration.Hosting.Identity;
using Orchestration.Hosting.Options;
using Orchestration.Hosting.Sidecar;
using Orchestrator.Agents.Registry;
using Orchestrator.Agents.Routing;
using Orchestrator.Api;
using Orchestrator.Dispatch;
using Testing;

namespace Orchestrator.Agents.Tests;

/// <summary>The orchestrator's agents part on real sockets: registry, routing and calls, without runs.</summary>
internal sealed class RegistryHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly GrpcChannel channel;
    private readonly KeptWarnings warnings;

    private RegistryHost(WebApplication app, KeptWarnings warnings)
    {
        this.app = app;
        this.warnings = warnings;
        channel = GrpcChannel.ForAddress(app.AppAddress());
        Client = new RegistryService.RegistryServiceClient(channel);
        System = new SystemService.SystemServiceClient(channel);
    }

    public RegistryService.RegistryServiceClient Client { get; }

    public SystemService.SystemServiceClient System { get; }

    public AgentRegistry Registry => app.Services.GetRequiredService<AgentRegistry>();

    public RegistryStore Store => app.Services.GetRequiredService<RegistryStore>();

    public AgentRouter Router => app.Services.GetRequiredService<AgentRouter>();

    public AgentInvoker Invoker => app.Services.GetRequiredService<AgentInvoker>();

    public SilenceWatch Silence => app.Services.GetRequiredService<SilenceWatch>();

    /// <summary>What was logged as a warning or worse.</summary>
    public IEnumerable<string> Warnings => warnings.Lines;

    public Uri Address => app.AppAddress();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Metadata As(string key) => new() { { "authorization", $"Bearer {key}" } };

    /// <param name="time">Null runs by the system's clock.</param>
    public static async Task<RegistryHost> StartAsync(MemorySidecar sidecar, TimeProvider? time = null, params string[] args)
    {
        var builder = ServiceHost.CreateBuilder(
            [.. sidecar.Arguments, .. Keys(), "--Agents:MissedHeartbeats=100", .. args], "orchestrator");
        builder.Services.AddAccess();
        builder.Services.AddSidecar();
        builder.Services.AddAgents();
        builder.Services.AddSingleton<AgentListing>();
        builder.Services.AddCheckedOptions<DispatchOptions>(DispatchOptions.Section);
        builder.Services.AddSingleton<AttemptSlots>();
        if (time is not null)
        {
            builder.Services.Replace(ServiceDescriptor.Singleton(time));
        }

        var warnings = new KeptWarnings();
        builder.Logging.AddProvider(warnings);
        var app = builder.Build();
        app.MapGrpcService<RegistryServiceApi>();
        app.MapGrpcService<SystemServiceApi>();
        await app.StartAsync(Token);
        await app.Services.GetRequiredService<AgentRegistry>().Loaded.WaitAsync(Token);
        return new RegistryHost(app, warnings);
    }

    public static AgentDescriptor Agent(string id, string version = "1.0.0", int maxTasks = 2, string[]? capabilities = null) => new()
    {
        AgentId = id,
        Version = version,
        Name = id,
        MaxTasks = maxTasks,
        Capabilities = { capabilities ?? [] },
        Skills = { new SkillDescriptor { Name = "extract", InputSchema = "{}", OutputSchema = "{}" } },
    };

    public Task RegisterAsync(string appId, string instance, params AgentDescriptor[] agents) =>
        Client.RegisterInstanceAsync(
            new RegisterInstanceRequest { AppId = appId, InstanceId = instance, Agents = { agents } }, As("agent-key"), cancellationToken: Token).ResponseAsync;

    public Task BeatAsync(string appId, string instance, params AgentLoad[] loads) =>
        Client.HeartbeatAsync(new HeartbeatRequest { AppId = appId, InstanceId = instance, Loads = { loads } }, As("agent-key"), cancellationToken: Token).ResponseAsync;

    public AgentRoute Choose(
        string agent, string action = "extract", string tenant = "acme", string[]? without = null, string[]? avoid = null) =>
        Choose(new AgentSelector(agent), action, tenant, without, avoid);

    public AgentRoute Choose(
        AgentSelector selector, string action = "extract", string tenant = "acme", string[]? without = null, string[]? avoid = null) =>
        Router.Choose(tenant, selector, action, new HashSet<string>(without ?? []), [.. avoid ?? []]);

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        await app.DisposeAsync();
    }

    /// <summary>An agent and a person of the tenants acme and other, and agents that serve everybody.</summary>
    private static IEnumerable<string> Keys() => new[]
    {
        ("agent-key", "acme", "agent"), ("viewer-key", "acme", "viewer"),
        ("other-agent-key", "other", "agent"), ("other-viewer-key", "other", "viewer"),
        ("system-agent-key", "system", "agent"),
    }.SelectMany((key, i) => new[]
    {
        $"--Access:ApiKeys:{i}:Name={key.Item1}",
        $"--Access:ApiKeys:{i}:Hash={Authenticator.HashOf(key.Item1)}",
        $"--Access:ApiKeys:{i}:Tenant={key.Item2}",
        $"--Access:ApiKeys:{i}:Roles:0={key.Item3}",
    });
}
