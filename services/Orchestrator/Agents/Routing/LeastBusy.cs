using Orchestration.Domain.Plans;

namespace Orchestrator.Agents.Routing;

/// <summary>The lowest share of capacity in use wins.</summary>
internal sealed class LeastBusy : IRoutingPolicy
{
    public string Name => "least_busy";

    public double Score(Candidate candidate, IReadOnlyList<Candidate> all, AgentSelector selector) => 1 - candidate.Load;
}
