using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Execution;

/// <summary>What kind of work a step is.</summary>
public enum WorkKind
{
    /// <summary>Calls an agent.</summary>
    Agent,

    /// <summary>Runs a plan as a run of its own.</summary>
    Plan,

    /// <summary>Waits for a fixed time.</summary>
    Delay,

    /// <summary>Waits for a named event.</summary>
    Wait,
}

/// <summary>What stands in for a step that failed for good.</summary>
public enum FallbackKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Another agent.</summary>
    Agent,

    /// <summary>A value.</summary>
    Value,

    /// <summary>A plan, run as a run of its own.</summary>
    Plan,
}

/// <summary>What the scheduler must know of one step. Names are short because outlines fill histories.</summary>
public sealed record StepOutline
{
    /// <summary>Id of the step.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>What kind of work it is.</summary>
    [JsonPropertyName("k")]
    public WorkKind Kind { get; init; }

    /// <summary>Positions of the steps that must have ended before, ascending.</summary>
    [JsonPropertyName("d")]
    public ImmutableArray<int> After
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>Expression that must be true for the step to run; null means always.</summary>
    [JsonPropertyName("w")]
    public string? When { get; init; }

    /// <summary>Expression that yields the items of a repeated step; null for a step that is not repeated.</summary>
    [JsonPropertyName("e")]
    public string? Items { get; init; }

    /// <summary>Most items in work at once; 0 means no limit.</summary>
    [JsonPropertyName("p")]
    public int MaxParallel { get; init; }

    /// <summary>What <see cref="When"/> and <see cref="Items"/> read.</summary>
    [JsonPropertyName("g")]
    public Reads? EntryReads { get; init; }

    /// <summary>What input, output mapping and fallback read.</summary>
    [JsonPropertyName("r")]
    public Reads? WorkReads { get; init; }

    /// <summary>How failed attempts are repeated; null means <see cref="RetryPolicy.Default"/>.</summary>
    [JsonPropertyName("y")]
    public RetryPolicy? Retry { get; init; }

    /// <summary>Longest time of one attempt; null means the engine's default for agents and no limit for plans.</summary>
    [JsonPropertyName("t")]
    public TimeSpan? Timeout { get; init; }

    /// <summary>True when the run goes on although the step failed for good.</summary>
    [JsonPropertyName("n")]
    public bool Optional { get; init; }

    /// <summary>What stands in when the step failed for good.</summary>
    [JsonPropertyName("f")]
    public FallbackKind Fallback { get; init; }

    /// <summary>True when the output of the step is made from its result by a template.</summary>
    [JsonPropertyName("m")]
    public bool MapsOutput { get; init; }

    /// <summary>How long a delay takes, or how long an event is waited for; null means for ever.</summary>
    [JsonPropertyName("u")]
    public TimeSpan? Duration { get; init; }

    /// <summary>Name of the event waited for.</summary>
    [JsonPropertyName("v")]
    public string? Event { get; init; }

    /// <summary>Steps that call the same agent share a lane: when it is saturated, they wait together.</summary>
    [JsonPropertyName("l")]
    public int Lane { get; init; }

    /// <summary>True when the step is repeated for the items of a list.</summary>
    [JsonIgnore]
    public bool Repeats => Items is not null;
}
