using System.Collections.Immutable;
using Orchestration.Domain.Budgets;
using Orchestration.Domain.Failures;

namespace Orchestrator.Agents;

/// <summary>How an attempt ended: a closed family.</summary>
internal abstract record AgentCallResult
{
    private AgentCallResult() { }

    /// <param name="Output">UTF-8 JSON.</param>
    public sealed record Completed(
        ReadOnlyMemory<byte> Output,
        ImmutableArray<CallCost> Costs,
        string AgentId,
        string AppId,
        string InstanceId,
        TimeSpan Duration) : AgentCallResult;

    /// <summary>The attempt is spent. Agent, app and instance are empty when none was reached.</summary>
    public sealed record Failed(
        Failure Failure,
        ImmutableArray<CallCost> Costs,
        string AgentId,
        string AppId,
        string InstanceId,
        TimeSpan Duration) : AgentCallResult;

    /// <summary>Nothing was started and no attempt is spent: come back later.</summary>
    /// <param name="Reason">"no_agent" or "saturated".</param>
    public sealed record NotNow(string Reason, string Message, TimeSpan RetryAfter) : AgentCallResult;
}
