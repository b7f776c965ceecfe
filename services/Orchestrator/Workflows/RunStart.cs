using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orchestration.Domain.Execution;
using Orchestration.Domain.Planning;

namespace Orchestrator.Workflows;

/// <summary>Input of <see cref="ExecutePlanWorkflow"/>. Everything a replay decides from is in it or in the history.</summary>
/// <param name="Outline">The plan as the scheduler sees it; null for a run below another, which finds its plan itself.</param>
/// <param name="Inputs">Inputs with defaults; null for a run below another.</param>
/// <param name="Parent">The run above; null for a root run.</param>
/// <param name="Actor">Who submitted the root run.</param>
/// <param name="Resume">Where the run stood at the end of the history before; null in its first.</param>
/// <param name="Scheduler">The rules by which it is driven: a replica that does not know them must not guess.</param>
internal sealed record RunStart(
    [property: JsonPropertyName("r")] RunRef Run,
    [property: JsonPropertyName("o")] PlanOutline? Outline,
    [property: JsonPropertyName("i")] RunValue? Inputs,
    [property: JsonPropertyName("l")] RunLimits Limits,
    [property: JsonPropertyName("p")] ParentStep? Parent,
    [property: JsonPropertyName("a")] string Actor,
    [property: JsonPropertyName("b")] ImmutableSortedDictionary<string, string>? Labels,
    [property: JsonPropertyName("v")] int Scheduler = ExecutionPlan.CurrentSchedulerVersion,
    [property: JsonPropertyName("s")] RunSnapshot? Resume = null)
{
    [JsonIgnore]
    public RunOrigin Origin => new(
        DateTimeOffset.FromUnixTimeMilliseconds(Run.StartedMs), new FactDetail.Accepted(Actor, Parent?.RunId, Parent?.Step, Labels));
}

/// <summary>The step of the run above that a run does the work of.</summary>
/// <param name="Path">Path of the plan of the run above.</param>
/// <param name="Step">Its name, with the item: "extract[12]"; empty for the fallback plan of the run above.</param>
/// <param name="Position">Position of the step in the plan above.</param>
/// <param name="Bindings">The values its inputs are made from.</param>
internal sealed record ParentStep(
    [property: JsonPropertyName("r")] string RunId,
    [property: JsonPropertyName("q")] string? Path,
    [property: JsonPropertyName("n")] string Step,
    [property: JsonPropertyName("s")] int Position,
    [property: JsonPropertyName("c")] ChildSource Source,
    [property: JsonPropertyName("b")] Bindings Bindings);

/// <summary>Sent to a run as the external event <see cref="EventName"/>: one name keeps all requests in order.</summary>
/// <param name="Kind">One of the constants.</param>
/// <param name="Name">Of the event, for a signal.</param>
/// <param name="Payload">Of the event, for a signal.</param>
/// <param name="Reason">For people.</param>
/// <param name="RequestId">By which a signal that is sent again is known; null when it has none.</param>
internal sealed record RunControl(
    [property: JsonPropertyName("k")] string Kind,
    [property: JsonPropertyName("n")] string? Name,
    [property: JsonPropertyName("p")] RunValue? Payload,
    [property: JsonPropertyName("y")] string? Reason,
    [property: JsonPropertyName("i")] string? RequestId = null)
{
    public const string EventName = "control";
    public const string Cancel = "cancel";
    public const string Signal = "signal";
}
