using Dapr.Workflow;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orchestration.Hosting.Options;
using Orchestrator.Activities;
using Orchestrator.Agents;
using Orchestrator.Api;
using Orchestrator.Blobs;
using Orchestrator.Dispatch;
using Orchestrator.Runs;

namespace Orchestrator.Workflows;

/// <summary>Puts together what runs plans. The agents, the sidecar and the access rules come from elsewhere.</summary>
internal static class ExecutionServices
{
    // Bytes of plans and values kept in memory by one replica.
    private const long CacheSize = 64 * 1024 * 1024;

    public static IServiceCollection AddExecution(this IServiceCollection services)
    {
        services.AddMemoryCache(cache => cache.SizeLimit = CacheSize);
        services.AddRuns();
        services.AddDispatch();
        services.AddWorkflows();
        return services;
    }

    public static IEndpointRouteBuilder MapExecution(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<PlanServiceApi>();
        endpoints.MapGrpcService<RunServiceApi>();
        endpoints.MapGrpcService<BlobServiceApi>();
        return endpoints;
    }

    private static void AddRuns(this IServiceCollection services)
    {
        services.TryAddSingleton<StateStore>();
        services.AddSingleton<UploadMemory>();
        services.AddSingleton<PlanStore>();
        services.AddSingleton<ValueStore>();
        services.AddSingleton<PlanCatalogue>();
        services.AddSingleton<PlanResolver>();
        services.TryAddSingleton<KnownAgents>(provider => provider.GetRequiredService<RegisteredAgents>().Of);
        services.TryAddSingleton<RegisteredAgents>();
        services.AddSingleton<SubmittedPlans>();
        services.AddCheckedOptions<RunOptions>(RunOptions.Section);
        services.AddSingleton<RunRecords>();
        services.AddSingleton<RunStorage>();
        services.AddSingleton<RunStarter>();
        services.AddSingleton<RunSubmission>();
        services.AddSingleton<RunSignals>();
        services.AddSingleton<RunCommands>();
        services.AddSingleton<RunTopic>();
        services.AddSingleton<RunEventPublisher>();
        services.AddSingleton<LiveEventPublisher>();
        services.AddSingleton<RunMaterial>();
    }

    private static void AddDispatch(this IServiceCollection services)
    {
        services.AddCheckedOptions<DispatchOptions>(DispatchOptions.Section);
        services.TryAddSingleton<AgentCaller>(provider => provider.GetRequiredService<AgentInvoker>().InvokeAsync);
        services.AddSingleton<AttemptSlots>();
        services.AddSingleton<AttemptDispatcher>();
        services.AddSingleton<LiveAttempts>();
        services.AddSingleton<StepWorker>();
    }

    private static void AddWorkflows(this IServiceCollection services) => services.AddDaprWorkflowBuilder(
        workflows =>
        {
            workflows.RegisterWorkflow<ExecutePlanWorkflow>();
            workflows.RegisterActivity<PrepareRun>();
            workflows.RegisterActivity<InvokeAgent>();
            workflows.RegisterActivity<EvaluateExpression>();
            workflows.RegisterActivity<PublishEvents>();
            workflows.RegisterActivity<PackOutputs>();
            workflows.RegisterActivity<StopWork>();
            workflows.RegisterActivity<FinishRun>();
        },
        (_, client) => client.UseJsonSerializer(WorkflowJson.Shared)).WithJsonSerializer(WorkflowJson.Shared);
}
