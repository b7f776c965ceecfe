using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orchestration.AgentHost.Execution;
using Orchestration.AgentHost.Registration;
using Orchestration.Hosting;
using Orchestration.Hosting.Blobs;
using Orchestration.Hosting.Help;
using Orchestration.Hosting.Options;
using Orchestration.Hosting.Sidecar;

namespace Orchestration.AgentHost;

/// <summary>Makes a process into agents.</summary>
public static class AgentApp
{
    private const string DefaultAppId = "agents";

    /// <summary>
    /// Runs a process of agents until it is stopped, or says what it is and what can be set when the command line has <c>--help</c>.
    /// </summary>
    /// <param name="args">Command line.</param>
    /// <param name="name">Name of the program.</param>
    /// <param name="purpose">What it is for, in a sentence.</param>
    /// <param name="configure">Adds the agents and the services their skills need; not called for help.</param>
    /// <param name="appId">Dapr app id used when APP_ID is not set.</param>
    public static Task RunAsync(
        string[] args, string name, string purpose, Action<AgentHostBuilder> configure, string appId = DefaultAppId) =>
        ServiceProgram.RunAsync(
            args,
            () => new ServiceHelp(name, purpose, appId, [.. Setting.OfSidecar, .. Setting.Of<AgentOptions>(AgentOptions.Section)]),
            given => Build(given, configure, appId));

    /// <summary>
    /// Composes the process that <see cref="RunAsync"/> runs, for a host of one's own or a test. It serves <c>agents.v1.AgentService</c> on
    /// the app port, registers with the orchestrator through its sidecar, and finishes what is in flight when it is asked to stop.
    /// </summary>
    /// <param name="args">Command line; <c>--Agent:ApiKey=…</c> and the like override the environment.</param>
    /// <param name="configure">Adds the agents and the services their skills need.</param>
    /// <param name="appId">Dapr app id used when APP_ID is not set.</param>
    public static WebApplication Build(string[] args, Action<AgentHostBuilder> configure, string appId = DefaultAppId)
    {
        var builder = ServiceHost.CreateBuilder(args, appId);
        builder.Services.AddCheckedOptions<AgentOptions>(AgentOptions.Section);
        builder.Services.AddSidecar();
        builder.Services.Configure<GrpcServiceOptions>(grpc => grpc.MaxReceiveMessageSize = SidecarChannel.LargestMessage);
        builder.Services.AddSingleton<BlobStore>();
        builder.Services.AddSingleton<EffectStore>();
        builder.Services.AddSingleton<CallsInFlight>();
        builder.Services.AddSingleton<SkillExecution>();
        builder.Services.AddSingleton<RegistryLink>();
        builder.Services.AddHostedService<RegistrationLoop>();
        builder.Services.AddHostedService<Drain>();

        var agents = new AgentHostBuilder(builder);
        configure(agents);
        builder.Services.AddSingleton(agents.Build);

        var app = builder.Build();
        app.MapGrpcService<AgentEndpoint>();

        // Made here and not at the first call, so that an agent that cannot be made stops the start.
        _ = app.Services.GetRequiredService<AgentCatalog>();
        return app;
    }
}
