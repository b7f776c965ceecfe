using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orchestration.Domain.Budgets;

namespace Orchestration.Domain.Execution;

/// <summary>Who executed an attempt, how long it took and what it cost.</summary>
/// <param name="AgentId">The agent; empty when none was reached.</param>
/// <param name="AppId">The app it runs in; empty when none was reached.</param>
/// <param name="DurationMs">Milliseconds.</param>
/// <param name="Costs">Paid calls made; null when there were none.</param>
public sealed record AttemptReport(
    [property: JsonPropertyName("g")] string AgentId,
    [property: JsonPropertyName("p")] string AppId,
    [property: JsonPropertyName("m")] long DurationMs,
    [property: JsonPropertyName("c")] ImmutableArray<CallCost>? Costs = null)
{
    /// <summary>No agent was involved.</summary>
    public static AttemptReport None { get; } = new("", "", 0);
}
