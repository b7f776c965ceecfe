using Orchestration.Hosting;
using Orchestration.Hosting.Blobs;
using Orchestration.Hosting.Help;
using Orchestration.Hosting.Identity;
using Orchestration.Hosting.Sidecar;
using Orchestrator.Agents;
using Orchestrator.Api;
using Orchestrator.Dispatch;
using Orchestrator.Runs;
using Orchestrator.Workflows;

namespace Orchestrator;

/// <summary>The process that plans, drives runs, calls agents and owns run data.</summary>
internal static class OrchestratorApp
{
    private const string AppId = "orchestrator";

    public static ServiceHelp Help() => new(
        "Orchestrator",
        "plans, drives runs, calls agents and owns run data.",
        AppId,
        [
            .. Setting.OfSidecar,
            .. Setting.Of<AccessOptions>(AccessOptions.Section),
            .. Setting.Of<AgentsOptions>(AgentsOptions.Section),
            .. Setting.Of<DispatchOptions>(DispatchOptions.Section),
            .. Setting.Of<RunOptions>(RunOptions.Section),
        ]);

    public static WebApplication Build(string[] args)
    {
        var builder = ServiceHost.CreateBuilder(args, AppId);
        builder.Services.AddAccess();
        builder.Services.AddSidecar();
        builder.Services.AddSingleton<BlobStore>();
        builder.Services.AddAgents();
        builder.Services.AddSingleton<AgentListing>();
        builder.Services.AddExecution();

        var app = builder.Build();
        app.MapGrpcService<RegistryServiceApi>();
        app.MapGrpcService<SystemServiceApi>();
        app.MapExecution();
        return app;
    }
}
