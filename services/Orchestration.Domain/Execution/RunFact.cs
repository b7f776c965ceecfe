using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orchestration.Domain.Failures;

namespace Orchestration.Domain.Execution;

/// <summary>
/// A numbered fact about a run, waiting to be published. It travels through the history to the activity that publishes
/// it, so it names steps by position and its own names are short.
/// </summary>
/// <param name="Sequence">From 1, without gaps within a run.</param>
/// <param name="TimeMs">When it happened on the run's clock, milliseconds since 1970.</param>
/// <param name="Type">One of <see cref="FactType"/>.</param>
/// <param name="Step">Position of the step plus one; 0 for a fact about the run itself.</param>
/// <param name="Item">Position of the item plus one; 0 for a step as a whole.</param>
/// <param name="Attempt">Counted from 1; 0 when no attempt is meant.</param>
/// <param name="Detail">What there is to say beyond the type.</param>
public sealed record RunFact(
    [property: JsonPropertyName("n")] long Sequence,
    [property: JsonPropertyName("t")] long TimeMs,
    [property: JsonPropertyName("e")] string Type,
    [property: JsonPropertyName("s")] int Step = 0,
    [property: JsonPropertyName("i")] int Item = 0,
    [property: JsonPropertyName("a")] int Attempt = 0,
    [property: JsonPropertyName("d")] FactDetail? Detail = null)
{
    /// <summary>The unit of work it is about; null for the run itself.</summary>
    [JsonIgnore]
    public WorkKey? Work => Step == 0 ? null : new WorkKey(Step - 1, Item - 1);
}

/// <summary>What a fact says beyond its type: a closed family.</summary>
[JsonDerivedType(typeof(Accepted), "run")]
[JsonDerivedType(typeof(StepEnd), "end")]
[JsonDerivedType(typeof(Waiting), "wait")]
[JsonDerivedType(typeof(Child), "child")]
public abstract record FactDetail
{
    private FactDetail() { }

    /// <summary>Where a run comes from. What it runs is read from its plan.</summary>
    /// <param name="Actor">Who submitted the root run.</param>
    /// <param name="ParentRunId">The run above; null for a root run.</param>
    /// <param name="ParentStep">The step of the run above, with the item.</param>
    /// <param name="Labels">Labels given with the request.</param>
    public sealed record Accepted(
        [property: JsonPropertyName("w")] string Actor,
        [property: JsonPropertyName("p")] string? ParentRunId = null,
        [property: JsonPropertyName("s")] string? ParentStep = null,
        [property: JsonPropertyName("l")] ImmutableSortedDictionary<string, string>? Labels = null) : FactDetail;

    /// <summary>A step or an item has ended.</summary>
    /// <param name="Output">What it returned.</param>
    /// <param name="Failure">Why it failed.</param>
    /// <param name="Report">Who executed the last attempt.</param>
    public sealed record StepEnd(
        [property: JsonPropertyName("o")] RunValue? Output,
        [property: JsonPropertyName("f")] Failure? Failure = null,
        [property: JsonPropertyName("r")] AttemptReport? Report = null) : FactDetail;

    /// <summary>Why a step does not run right now.</summary>
    /// <param name="Reason">"retry", "no_agent", "timer", …</param>
    /// <param name="Message">One sentence for people; empty when the failure has it.</param>
    /// <param name="UntilMs">When it is tried again, milliseconds since 1970; 0 when unknown.</param>
    /// <param name="Failure">The failure that made it wait.</param>
    /// <param name="Report">Who executed the attempt that is over; null when no agent did.</param>
    /// <param name="Items">How many items the repeated step that begins has; 0 for anything else.</param>
    public sealed record Waiting(
        [property: JsonPropertyName("y")] string Reason,
        [property: JsonPropertyName("m")] string Message,
        [property: JsonPropertyName("u")] long UntilMs = 0,
        [property: JsonPropertyName("f")] Failure? Failure = null,
        [property: JsonPropertyName("r")] AttemptReport? Report = null,
        [property: JsonPropertyName("c")] int Items = 0) : FactDetail;

    /// <summary>A run below this one does the work.</summary>
    /// <param name="RunId">Its id.</param>
    public sealed record Child([property: JsonPropertyName("c")] string RunId) : FactDetail;
}

/// <summary>Facts handed to one activity to publish.</summary>
/// <param name="Id">Number of the batch within the run, from 1.</param>
/// <param name="Facts">In order of their sequence.</param>
public sealed record FactBatch(
    [property: JsonPropertyName("b")] int Id,
    [property: JsonPropertyName("f")] ImmutableArray<RunFact> Facts);

/// <summary>
/// The types of numbered facts. Live events (<c>step:started</c> of an agent, <c>step:progress</c>, …) are not among them.
/// </summary>
public static class FactType
{
    /// <summary>The run was accepted.</summary>
    public const string RunAccepted = "run:accepted";

    /// <summary>Its first step may start.</summary>
    public const string RunStarted = "run:started";

    /// <summary>It completed, perhaps with errors in steps that are not critical.</summary>
    public const string RunCompleted = "run:completed";

    /// <summary>It failed.</summary>
    public const string RunFailed = "run:failed";

    /// <summary>It was stopped on request.</summary>
    public const string RunCancelled = "run:cancelled";

    /// <summary>Its time was up.</summary>
    public const string RunTimedOut = "run:timed_out";

    /// <summary>The step, or an item of it, is ready and waits; the detail says for what.</summary>
    public const string StepQueued = "step:queued";

    /// <summary>Work that the engine does itself (a plan, a delay, a wait) has begun.</summary>
    public const string StepStarted = "step:started";

    /// <summary>An attempt failed and is repeated after a delay.</summary>
    public const string StepRetrying = "step:retrying";

    /// <summary>An attempt was lost with its agent and is repeated elsewhere.</summary>
    public const string StepRerouted = "step:rerouted";

    /// <summary>The step failed and its fallback stands in.</summary>
    public const string StepFallback = "step:fallback";

    /// <summary>An attempt that was given up, or that ended without being counted, has said what it cost. Changes nothing else.</summary>
    public const string StepReported = "step:reported";

    /// <summary>It completed.</summary>
    public const string StepCompleted = "step:completed";

    /// <summary>It failed for good.</summary>
    public const string StepFailed = "step:failed";

    /// <summary>Its condition was false, or the run ended before it started.</summary>
    public const string StepSkipped = "step:skipped";

    /// <summary>It was stopped while in work.</summary>
    public const string StepCancelled = "step:cancelled";

    /// <summary>The plan failed and its fallback plan runs.</summary>
    public const string PlanFallback = "plan:fallback";
}
