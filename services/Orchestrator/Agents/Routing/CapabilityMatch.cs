using Orchestration.Domain.Plans;

namespace Orchestrator.Agents.Routing;

/// <summary>
/// The best overlap of capabilities wins: an agent that has what is asked for and little else is the specialist. The score is
/// the share of the asked tags in the union of asked and offered ones; load decides between equals, by at most a thousandth.
/// </summary>
internal sealed class CapabilityMatch : IRoutingPolicy
{
    public string Name => "capability_match";

    public double Score(Candidate candidate, IReadOnlyList<Candidate> all, AgentSelector selector) =>
        Overlap(candidate, selector) + (1 - candidate.Load) / 1000;

    private static double Overlap(Candidate candidate, AgentSelector selector)
    {
        var offered = candidate.Agent.Capabilities.Count;
        if (selector.Capability is null)
        {
            return offered == 0 ? 1 : 1.0 / offered;
        }

        return candidate.Agent.Capabilities.Contains(selector.Capability) ? 1.0 / offered : 0;
    }
}
