using System.Collections.Immutable;
using Orchestration.Domain.Budgets;
using Orchestration.Domain.Failures;

namespace Orchestrator.Agents;

/// <summary>How one call to one agent ended: a closed family. The instance is empty when the call did not reach one.</summary>
internal abstract record AgentAnswer
{
    private AgentAnswer(string instanceId) => InstanceId = instanceId;

    public string InstanceId { get; }

    /// <param name="Output">UTF-8 JSON.</param>
    public sealed record Result(ReadOnlyMemory<byte> Output, ImmutableArray<CallCost> Costs, string InstanceId) : AgentAnswer(InstanceId);

    /// <summary>The agent, or the contract, says that it failed.</summary>
    public sealed record Failed(Failure Failure, ImmutableArray<CallCost> Costs, string InstanceId) : AgentAnswer(InstanceId);

    /// <summary>The connection broke or fell silent. With an instance the work may have begun; without, nobody has taken it.</summary>
    public sealed record Lost(string Why, string InstanceId) : AgentAnswer(InstanceId);

    /// <summary>The agent has no room, or does not have the skill (any more); nothing was begun.</summary>
    public sealed record Refused(Failure Failure) : AgentAnswer("");
}
