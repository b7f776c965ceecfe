using Orchestration.Domain.Plans;

namespace Orchestrator.Agents.Routing;

/// <summary>The one that was chosen longest ago wins, so that all get the same share.</summary>
internal sealed class RoundRobin : IRoutingPolicy
{
    public string Name => "round_robin";

    public double Score(Candidate candidate, IReadOnlyList<Candidate> all, AgentSelector selector) => -candidate.LastChosen;
}
