using Grpc.Core;
using Orchestration.Contracts;
using Orchestration.Hosting.Identity;
using Orchestrator.Agents.Registry;
using Orchestrator.Agents.Routing;
using Orchestrator.Dispatch;

namespace Orchestrator.Api;

/// <summary>How this replica sees the system.</summary>
internal sealed class SystemServiceApi(AgentRegistry registry, AgentRouter router, AttemptSlots slots, AgentListing listing)
    : SystemService.SystemServiceBase
{
    public override Task<SystemStatus> GetSystemStatus(GetSystemStatusRequest request, ServerCallContext context)
    {
        var agents = listing.Of(context.GetCaller().Tenant).ToList();
        return Task.FromResult(new SystemStatus
        {
            Coordinator = registry.IsFresh ? "healthy" : "degraded",
            AgentsTotal = agents.Count,
            AgentsOnline = agents.Count(agent => agent.Healthy),
            Agents = { agents },
            RunningSteps = router.InFlight,
            QueuedSteps = slots.Waiting,
        });
    }
}
