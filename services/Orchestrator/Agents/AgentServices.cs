using Microsoft.Extensions.DependencyInjection.Extensions;
using Orchestration.Hosting.Options;
using Orchestrator.Agents.Registry;
using Orchestrator.Agents.Routing;
using Orchestrator.Runs;

namespace Orchestrator.Agents;

internal static class AgentServices
{
    public static IServiceCollection AddAgents(this IServiceCollection services)
    {
        services.AddCheckedOptions<AgentsOptions>(AgentsOptions.Section);
        services.TryAddSingleton<StateStore>();
        services.AddSingleton<RegistryStore>();
        services.AddSingleton<DescriptorCache>();
        services.AddSingleton<AgentRegistry>();
        services.AddHostedService<RegistryRefresh>();
        services.AddSingleton<IRoutingPolicy, LeastBusy>();
        services.AddSingleton<IRoutingPolicy, RoundRobin>();
        services.AddSingleton<IRoutingPolicy, Balanced>();
        services.AddSingleton<IRoutingPolicy, CapabilityMatch>();
        services.AddSingleton<AgentRouter>();
        services.AddSingleton<SilenceWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<SilenceWatch>());
        services.AddSingleton<AgentClient>();
        services.AddSingleton<AgentInvoker>();
        return services;
    }
}
