using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orchestration.Domain.Failures;

namespace Orchestration.Domain.Execution;

/// <summary>
/// A run between two generations of its workflow: what <see cref="ExecutionState"/> has to know to go on while nothing is in
/// flight. It stands in the history of the next generation, so its names are short and what can be worked out is left out.
/// </summary>
/// <param name="StartedTicks">First turn of the run, UTC ticks.</param>
/// <param name="NowTicks">The run's clock, UTC ticks.</param>
/// <param name="Sequence">Number of its newest fact; all up to it are published.</param>
/// <param name="Batch">Number of its newest batch of facts.</param>
/// <param name="Places">Places where values of the run stand.</param>
/// <param name="HasErrors">True when a step that is not critical has failed.</param>
/// <param name="Steps">The steps that have begun, by position.</param>
/// <param name="Lanes">By position; the last is that of work no agent does.</param>
/// <param name="Alarms">In the order they ring.</param>
/// <param name="Signals">Events that nobody has waited for yet.</param>
/// <param name="Listeners">Who waits for events, in order.</param>
/// <param name="Requests">Request ids of the last events that had one; null when none had.</param>
public sealed record RunSnapshot(
    [property: JsonPropertyName("s")] long StartedTicks,
    [property: JsonPropertyName("n")] long NowTicks,
    [property: JsonPropertyName("q")] long Sequence,
    [property: JsonPropertyName("b")] int Batch,
    [property: JsonPropertyName("p")] long Places,
    [property: JsonPropertyName("e")] bool HasErrors,
    [property: JsonPropertyName("t")] ImmutableArray<StepSnapshot> Steps,
    [property: JsonPropertyName("l")] ImmutableArray<LaneSnapshot> Lanes,
    [property: JsonPropertyName("a")] ImmutableArray<AlarmSnapshot> Alarms,
    [property: JsonPropertyName("g")] ImmutableArray<SignalSnapshot> Signals,
    [property: JsonPropertyName("w")] ImmutableArray<ListenerSnapshot> Listeners,
    [property: JsonPropertyName("r")] ImmutableArray<string>? Requests = null);

/// <summary>A step that has begun.</summary>
/// <param name="Index">Position in the plan.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Output">Its output, when it has ended.</param>
/// <param name="Failure">Why it failed.</param>
/// <param name="Items">The items of a repeated step that is in work.</param>
/// <param name="Count">Units of a step that is in work.</param>
/// <param name="Released">Units that have begun.</param>
/// <param name="Ended">Units that have ended.</param>
/// <param name="Failed">Units that have failed.</param>
/// <param name="Packed">Ranges of units whose outputs are kept together.</param>
/// <param name="Units">The other units that have begun.</param>
public sealed record StepSnapshot(
    [property: JsonPropertyName("i")] int Index,
    [property: JsonPropertyName("t")] StepStatus Status,
    [property: JsonPropertyName("o")] RunValue? Output = null,
    [property: JsonPropertyName("f")] Failure? Failure = null,
    [property: JsonPropertyName("l")] RunValue? Items = null,
    [property: JsonPropertyName("c")] int Count = 0,
    [property: JsonPropertyName("r")] int Released = 0,
    [property: JsonPropertyName("e")] int Ended = 0,
    [property: JsonPropertyName("x")] int Failed = 0,
    [property: JsonPropertyName("p")] ImmutableArray<PackedRange>? Packed = null,
    [property: JsonPropertyName("u")] ImmutableArray<UnitSnapshot>? Units = null);

/// <summary>A unit of work that has begun.</summary>
/// <param name="Item">Position of the item; -1 for a step that is not repeated.</param>
/// <param name="Status">Number of its status.</param>
/// <param name="Target">Who does its next attempt.</param>
/// <param name="ByPlan">True when the fallback's plan does the work.</param>
/// <param name="Attempt">Its current attempt.</param>
/// <param name="Spent">Attempts spent on the target.</param>
/// <param name="WaitTicks">Its last wait.</param>
/// <param name="QueuedTicks">When it was first queued, UTC ticks.</param>
/// <param name="Avoid">Apps that failed it.</param>
/// <param name="Kept">Where its bindings are left.</param>
/// <param name="Result">Its raw result.</param>
/// <param name="Output">Its output.</param>
/// <param name="Told">Attempts and calls whose cost is told, in pairs.</param>
public sealed record UnitSnapshot(
    [property: JsonPropertyName("i"), JsonIgnore(Condition = JsonIgnoreCondition.Never)] int Item,
    [property: JsonPropertyName("s")] int Status,
    [property: JsonPropertyName("g")] AttemptTarget Target = AttemptTarget.Primary,
    [property: JsonPropertyName("y")] bool ByPlan = false,
    [property: JsonPropertyName("a")] int Attempt = 0,
    [property: JsonPropertyName("n")] int Spent = 0,
    [property: JsonPropertyName("w")] long WaitTicks = 0,
    [property: JsonPropertyName("q")] long QueuedTicks = 0,
    [property: JsonPropertyName("x")] ImmutableArray<string>? Avoid = null,
    [property: JsonPropertyName("k")] RunValue? Kept = null,
    [property: JsonPropertyName("r")] RunValue? Result = null,
    [property: JsonPropertyName("o")] RunValue? Output = null,
    [property: JsonPropertyName("c")] ImmutableArray<int>? Told = null);

/// <summary>Outputs of neighbouring items, kept as one value.</summary>
/// <param name="Step">Position of the step.</param>
/// <param name="From">Position of the first item.</param>
/// <param name="Count">Number of items.</param>
/// <param name="Values">A list, or the blob of one.</param>
public sealed record PackedRange(
    [property: JsonPropertyName("s")] int Step,
    [property: JsonPropertyName("f")] int From,
    [property: JsonPropertyName("c")] int Count,
    [property: JsonPropertyName("v")] RunValue Values);

/// <summary>What a lane has learned of its agent.</summary>
/// <param name="Width">Most in flight at once.</param>
/// <param name="Answers">Answers since the width changed.</param>
/// <param name="PausedTicks">Until when it pauses, UTC ticks.</param>
/// <param name="RefusedTicks">Since when it hears nothing but "not now", UTC ticks; 0 when it does not.</param>
/// <param name="BeginsAnew">True since it was refused altogether, until it is as wide as at first or refused again.</param>
public sealed record LaneSnapshot(
    [property: JsonPropertyName("w")] int Width,
    [property: JsonPropertyName("a")] int Answers = 0,
    [property: JsonPropertyName("p")] long PausedTicks = 0,
    [property: JsonPropertyName("r")] long RefusedTicks = 0,
    [property: JsonPropertyName("n")] bool BeginsAnew = false);

/// <summary>An alarm that is set.</summary>
/// <param name="DueTicks">When it rings, UTC ticks.</param>
/// <param name="Kind">Number of its kind.</param>
/// <param name="Index">Step of the unit, or position of the lane.</param>
/// <param name="Item">Position of the item; -1 for a step that is not repeated.</param>
public sealed record AlarmSnapshot(
    [property: JsonPropertyName("d")] long DueTicks,
    [property: JsonPropertyName("k")] int Kind,
    [property: JsonPropertyName("i")] int Index = 0,
    [property: JsonPropertyName("n"), JsonIgnore(Condition = JsonIgnoreCondition.Never)] int Item = WorkKey.NoItem);

/// <summary>An event nobody has waited for yet.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Payload">What came with it.</param>
public sealed record SignalSnapshot([property: JsonPropertyName("n")] string Name, [property: JsonPropertyName("p")] RunValue Payload);

/// <summary>A unit that waits for an event.</summary>
/// <param name="Name">Of the event.</param>
/// <param name="Step">Position of the step.</param>
/// <param name="Item">Position of the item; -1 for a step that is not repeated.</param>
public sealed record ListenerSnapshot(
    [property: JsonPropertyName("n")] string Name,
    [property: JsonPropertyName("s")] int Step,
    [property: JsonPropertyName("i"), JsonIgnore(Condition = JsonIgnoreCondition.Never)] int Item = WorkKey.NoItem);
