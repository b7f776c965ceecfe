using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Orchestration.Domain.Execution;

/// <summary>
/// What the scheduler must know of a plan. It stands in the history of every run, so it leaves out what only an attempt
/// needs: inputs, agents, output mappings. Those stay in the frozen plan, a blob that activities read by its hash.
/// </summary>
public sealed record PlanOutline
{
    /// <summary>The steps, in the order of the plan. Steps are named by their position here.</summary>
    [JsonPropertyName("s")]
    public required ImmutableArray<StepOutline> Steps { get; init; }

    /// <summary>True: one step at a time, in the order of the plan.</summary>
    [JsonPropertyName("q")]
    public bool Sequential { get; init; }

    /// <summary>Longest time of the run; null means no limit.</summary>
    [JsonPropertyName("t")]
    public TimeSpan? Timeout { get; init; }

    /// <summary>True when another plan stands in when this one fails.</summary>
    [JsonPropertyName("f")]
    public bool HasFallback { get; init; }

    /// <summary>What the plan's own output is made from; null when the output is that of all steps.</summary>
    [JsonPropertyName("o")]
    public Reads? OutputReads { get; init; }

    /// <summary>Number of lanes, see <see cref="StepOutline.Lane"/>.</summary>
    [JsonPropertyName("n")]
    public int Lanes { get; init; }
}

/// <summary>What an expression or a template reads.</summary>
/// <param name="Steps">Positions of the steps, ascending.</param>
/// <param name="Inputs">True when it reads the inputs of the run.</param>
public sealed record Reads(
    [property: JsonPropertyName("s")] ImmutableArray<int> Steps,
    [property: JsonPropertyName("i")] bool Inputs)
{
    /// <summary>Reads nothing.</summary>
    public static Reads Nothing { get; } = new([], false);
}
