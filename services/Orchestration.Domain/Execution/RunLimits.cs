using System.Text.Json.Serialization;

namespace Orchestration.Domain.Execution;

/// <summary>The engine's settings a run was started with. They are copied into the run, so that a replay decides as before.</summary>
/// <param name="MaxInFlight">Most attempts or child runs of one lane in flight at once.</param>
/// <param name="DefaultTimeout">Longest time of an attempt whose step states none.</param>
/// <param name="HistoryBudget">Bytes in the history from which on the run goes on in a new one; at least 1.</param>
public sealed record RunLimits(
    [property: JsonPropertyName("w")] int MaxInFlight,
    [property: JsonPropertyName("t")] TimeSpan DefaultTimeout,
    [property: JsonPropertyName("h")] int HistoryBudget = RunLimits.UsualHistory)
{
    /// <summary>Far enough below 1 MiB that what is in flight then, and what was there before the first step, fits in.</summary>
    public const int UsualHistory = 320 * 1024;

    /// <summary>64 in flight, 5 minutes an attempt.</summary>
    public static RunLimits Default { get; } = new(64, TimeSpan.FromMinutes(5));
}
