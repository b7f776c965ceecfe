using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orchestration.Domain.Failures;

namespace Orchestration.Domain.Execution;

/// <summary>What a run has to do next: a closed family. Every command is answered by one event.</summary>
public abstract record Command
{
    private Command() { }

    /// <summary>Start one attempt. Answered by completed, failed or deferred.</summary>
    /// <param name="Work">The unit of work.</param>
    /// <param name="Attempt">Counted from 1.</param>
    /// <param name="Target">Who does it.</param>
    /// <param name="Bindings">The values its templates read.</param>
    /// <param name="InlineLimit">An output of more bytes becomes a blob.</param>
    /// <param name="Timeout">Longest time of the attempt.</param>
    /// <param name="QueuedAt">When the work was first queued; it ages from then on.</param>
    /// <param name="Avoid">Apps that just failed it.</param>
    /// <param name="Facts">Facts to publish first; null when there are none.</param>
    public sealed record StartAttempt(
        WorkKey Work,
        int Attempt,
        AttemptTarget Target,
        Bindings Bindings,
        int InlineLimit,
        TimeSpan Timeout,
        DateTimeOffset QueuedAt,
        ImmutableArray<string> Avoid,
        FactBatch? Facts) : Command;

    /// <summary>Start a run below this one. Answered by its end.</summary>
    /// <param name="Work">The unit of work; step -1 for the fallback plan of the run itself.</param>
    /// <param name="Attempt">Counted from 1.</param>
    /// <param name="ChildRunId">The id it gets.</param>
    /// <param name="Source">Which plan it runs.</param>
    /// <param name="Bindings">The values its inputs are made from.</param>
    public sealed record StartChild(WorkKey Work, int Attempt, string ChildRunId, ChildSource Source, Bindings Bindings) : Command;

    /// <summary>Evaluate condition and items of a step whose values are not at hand. Answered by the entry.</summary>
    /// <param name="Step">Position of the step.</param>
    /// <param name="Bindings">The values it reads.</param>
    /// <param name="InlineLimit">Items of more bytes become a blob.</param>
    public sealed record EvaluateEntry(int Step, Bindings Bindings, int InlineLimit) : Command;

    /// <summary>Set a timer. Answered when it fires; it cannot be taken back.</summary>
    /// <param name="DueAt">When.</param>
    public sealed record StartTimer(DateTimeOffset DueAt) : Command;

    /// <summary>Publish facts, when no attempt can take them along.</summary>
    /// <param name="Facts">The facts.</param>
    public sealed record Publish(FactBatch Facts) : Command;

    /// <summary>Tell attempts in flight and runs below that they are no longer wanted.</summary>
    /// <param name="Children">Ids of the runs below.</param>
    /// <param name="WholeRun">True when the attempts of this run are meant too.</param>
    public sealed record Stop(ImmutableArray<string> Children, bool WholeRun) : Command;

    /// <summary>Keep the outputs of finished items together, out of the history. Answered when that is done.</summary>
    /// <param name="Ranges">Neighbouring items, each range with the list of its outputs.</param>
    public sealed record Pack(ImmutableArray<PackedRange> Ranges) : Command;

    /// <summary>Go on in a new history. Nothing is in flight and nothing follows in this one.</summary>
    /// <param name="Outline">Its plan.</param>
    /// <param name="Inputs">Its inputs.</param>
    /// <param name="Snapshot">Where it stands.</param>
    public sealed record Renew(PlanOutline Outline, RunValue Inputs, RunSnapshot Snapshot) : Command;

    /// <summary>Make the output, publish the last facts and end the run.</summary>
    /// <param name="Ending">How the run ends, as far as the scheduler knows.</param>
    /// <param name="Bindings">What the output is made from; null when the ending has it, or there is none.</param>
    /// <param name="InlineLimit">An output of more bytes becomes a blob.</param>
    /// <param name="Sequence">Number of the run's last fact.</param>
    /// <param name="Facts">The facts before it.</param>
    public sealed record Finish(RunResult Ending, Bindings? Bindings, int InlineLimit, long Sequence, FactBatch Facts) : Command;
}

/// <summary>Who does an attempt.</summary>
public enum AttemptTarget
{
    /// <summary>What the step names.</summary>
    Primary,

    /// <summary>The fallback's agent.</summary>
    FallbackAgent,

    /// <summary>Nobody: the fallback's value is made.</summary>
    FallbackValue,

    /// <summary>Nobody: the result in the bindings is mapped to the step's output.</summary>
    MapResult,
}

/// <summary>Which plan a run below runs.</summary>
public enum ChildSource
{
    /// <summary>The plan of the step.</summary>
    Step,

    /// <summary>The plan that stands in for the step.</summary>
    StepFallback,

    /// <summary>The plan that stands in for the whole plan.</summary>
    PlanFallback,
}

/// <summary>The values expressions read, as far as they are read.</summary>
/// <param name="Inputs">Inputs of the run; null when they are not read.</param>
/// <param name="Steps">Steps that have ended.</param>
/// <param name="Item">The item; null outside of repeated steps, and when <paramref name="Items"/> has it.</param>
/// <param name="Items">The blob of all items, when they are one; the item is found in it by the index.</param>
/// <param name="Index">Position of the item; -1 outside of repeated steps.</param>
/// <param name="Result">The raw result; null when there is none yet.</param>
/// <param name="Kept">All of this as an earlier attempt has left it; then nothing else is set.</param>
public sealed record Bindings(
    [property: JsonPropertyName("i")] RunValue? Inputs = null,
    [property: JsonPropertyName("s")] ImmutableArray<BoundStep>? Steps = null,
    [property: JsonPropertyName("e")] RunValue? Item = null,
    [property: JsonPropertyName("l")] RunValue? Items = null,
    [property: JsonPropertyName("x"), JsonIgnore(Condition = JsonIgnoreCondition.Never)] int Index = WorkKey.NoItem,
    [property: JsonPropertyName("r")] RunValue? Result = null,
    [property: JsonPropertyName("k")] RunValue? Kept = null)
{
    /// <summary>True when every value is at hand.</summary>
    [JsonIgnore]
    public bool IsInline =>
        Kept is null && Inputs is null or { IsInline: true } && Item is null or { IsInline: true } && Items is null
            && Result is null or { IsInline: true }
        && (Steps is not { } steps || steps.All(step => step.Output is null or { IsInline: true }));
}

/// <summary>A step that has ended, as expressions see it.</summary>
/// <param name="Step">Position of the step.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Output">Its output; null when it was skipped or failed.</param>
/// <param name="Failure">Why it failed; null when it did not.</param>
public sealed record BoundStep(
    [property: JsonPropertyName("s")] int Step,
    [property: JsonPropertyName("t")] StepStatus Status,
    [property: JsonPropertyName("o")] RunValue? Output,
    [property: JsonPropertyName("f")] Failure? Failure = null);

/// <summary>Condition and items of a step, evaluated.</summary>
/// <param name="Skip">True when the condition was false.</param>
/// <param name="Items">The items of a repeated step.</param>
/// <param name="Count">Number of items.</param>
/// <param name="Failure">Set when they could not be evaluated.</param>
public sealed record StepEntry(
    [property: JsonPropertyName("k")] bool Skip,
    [property: JsonPropertyName("i")] RunValue? Items = null,
    [property: JsonPropertyName("c")] int Count = 0,
    [property: JsonPropertyName("f")] Failure? Failure = null);
