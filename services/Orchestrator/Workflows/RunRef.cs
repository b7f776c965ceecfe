using System.Text.Json.Serialization;

namespace Orchestrator.Workflows;

/// <summary>What every activity must know of its run. It stands in the history with each of them, so its names are short.</summary>
/// <param name="Root">Root of the run tree; null when it is the run itself.</param>
/// <param name="Plan">SHA-256 of the frozen plan of the root run, base64url.</param>
/// <param name="Path">Where the run's plan stands in it; see <see cref="Orchestration.Domain.Execution.PlanPath"/>.</param>
/// <param name="StartedMs">Start of the run, milliseconds since 1970.</param>
internal sealed record RunRef(
    [property: JsonPropertyName("t")] string Tenant,
    [property: JsonPropertyName("r")] string? Root,
    [property: JsonPropertyName("p")] string Plan,
    [property: JsonPropertyName("q")] string? Path,
    [property: JsonPropertyName("o")] int Priority,
    [property: JsonPropertyName("m")] long StartedMs)
{
    public string RootOf(string runId) => Root ?? runId;
}
