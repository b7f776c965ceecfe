using System.Text.Json.Serialization;

namespace Orchestration.Domain.Execution;

/// <summary>The engine's settings a run was started with. They are copied into the run, so that a replay decides as before.</summary>
/// <param name="MaxInFlight">Most attempts or child runs of one lane in flight at once.</param>
/// <param name="DefaultTimeout">Longest time of an attempt whose step states none.</param>
public sealed record RunLimits(
    [property: JsonPropertyName("w")] int MaxInFlight,
    [property: JsonPropertyName("t")] TimeSpan DefaultTimeout)
{
    /// <summary>64 in flight, 5 minutes an attempt.</summary>
    public static RunLimits Default { get; } = new(64, TimeSpan.FromMinutes(5));
}
