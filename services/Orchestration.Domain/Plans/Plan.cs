using System.Collections.Immutable;
using System.Text.Json;

namespace Orchestration.Domain.Plans;

/// <summary>A declarative description of work: typed inputs, steps with their dependencies, and what to do when they fail.</summary>
public sealed record Plan
{
    /// <summary>Name of the plan within a tenant; letters, digits, '-', '_' and '.', at most 128 characters.</summary>
    public required string Id { get; init; }

    /// <summary>Version of the definition, free text without blanks; "1" when the document states none.</summary>
    public string Version { get; init; } = "1";

    /// <summary>What the plan is for, in a sentence.</summary>
    public string Description { get; init; } = "";

    /// <summary>The inputs a run of this plan takes. Empty means: any JSON object is accepted as it is.</summary>
    public ImmutableArray<PlanInput> Inputs { get; init; } = [];

    /// <summary>The steps in the order of the document; ids are unique.</summary>
    public required ImmutableArray<PlanStep> Steps { get; init; }

    /// <summary>True: every step starts as soon as its dependencies allow. False: one step at a time, in document order.</summary>
    public bool Parallel { get; init; } = true;

    /// <summary>Longest time a run may take before it ends as timed out; null means no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Order among waiting work, -100 (last) to 100 (first); 0 is normal.</summary>
    public int Priority { get; init; }

    /// <summary>The plan that is run when this one fails; its inputs are the inputs of this plan.</summary>
    public Plan? FallbackPlan { get; init; }

    /// <summary>What the run returns; null returns the output of every step by step id.</summary>
    public Template? Output { get; init; }

    /// <summary>Free labels for grouping and search.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>One declared input of a plan.</summary>
/// <param name="Name">Name under which expressions find it: <c>inputs.name</c>.</param>
/// <param name="Type">JSON type: string, number, integer, boolean, object, array or any.</param>
/// <param name="Required">True when a run without it is refused.</param>
/// <param name="Default">Value used when the run gives none; null means none.</param>
/// <param name="Description">What it means, in a sentence.</param>
public sealed record PlanInput(string Name, string Type, bool Required, Template? Default = null, string Description = "")
{
    /// <summary>What values are accepted beyond the type: a JSON schema, see <c>JsonSchema</c>; null means any of the type.</summary>
    public JsonElement? Schema { get; init; }
}
