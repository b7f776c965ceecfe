using Orchestration.Domain.Plans;

namespace Orchestrator.Agents.Routing;

/// <summary>One way to choose among agents that are alive and have room.</summary>
internal interface IRoutingPolicy
{
    /// <summary>Name by which the configuration chooses it.</summary>
    string Name { get; }

    /// <summary>How well a candidate fits; the highest wins, equals go by name.</summary>
    /// <param name="all">All candidates, the scored one among them.</param>
    double Score(Candidate candidate, IReadOnlyList<Candidate> all, AgentSelector selector);
}
