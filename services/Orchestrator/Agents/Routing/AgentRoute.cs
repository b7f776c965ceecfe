using System.Collections.Immutable;
using Orchestrator.Agents.Registry;

namespace Orchestrator.Agents.Routing;

/// <summary>Where a call goes: a closed family.</summary>
internal abstract record AgentRoute
{
    private AgentRoute() { }

    /// <param name="Place">Counts as load until it is disposed.</param>
    /// <param name="Decision">Why this one.</param>
    public sealed record To(AgentModel Agent, Place Place, RouteDecision Decision) : AgentRoute;

    /// <summary>Agents fit, none has room or is alive now.</summary>
    public sealed record NotNow(string Reason, string Message, TimeSpan RetryAfter) : AgentRoute;

    /// <summary>No agent that fits was ever registered.</summary>
    public sealed record Unknown(string Message) : AgentRoute;
}

/// <summary>The record of a choice: who could have done it, how each scored, who was chosen.</summary>
internal sealed record RouteDecision(string Policy, string Chosen, ImmutableArray<(string Agent, double Score, double Load)> Candidates)
{
    public override string ToString() =>
        $"{Chosen} by {Policy} of {string.Join(", ", Candidates.Select(c => FormattableString.Invariant($"{c.Agent} ({c.Score:0.###}, load {c.Load:0.##})")))}";
}
