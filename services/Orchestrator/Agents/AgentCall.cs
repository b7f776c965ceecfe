using System.Collections.Immutable;
using Orchestration.Domain.Plans;

namespace Orchestrator.Agents;

/// <summary>One attempt to have an agent do a step's work.</summary>
/// <param name="StepId">With the item index for a repeated step: "extract[12]".</param>
/// <param name="Attempt">Counted from 1.</param>
/// <param name="Input">UTF-8 JSON.</param>
/// <param name="Timeout">Longest time of the whole attempt.</param>
/// <param name="Priority">Order among the calls that wait at the agent, higher first.</param>
/// <param name="Avoid">App ids that are chosen only when no other can do it, because an earlier attempt failed there.</param>
internal sealed record AgentCall(
    string Tenant,
    string RunId,
    string RootRunId,
    string StepId,
    int Attempt,
    AgentSelector Agent,
    string Action,
    ReadOnlyMemory<byte> Input,
    TimeSpan Timeout,
    ImmutableArray<string> Avoid,
    int Priority = 0)
{
    /// <summary>The same for every attempt of a step, so that an agent applies its effects once.</summary>
    public string IdempotencyKey => $"{RunId}/{StepId}";
}
