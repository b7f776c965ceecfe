using System.Text.Json;

namespace Orchestration.Domain.Expressions;

/// <summary>What expressions can see. A name that is not given is unknown to the expression and yields an error when it is used.</summary>
public sealed record ExpressionScope
{
    /// <summary>The inputs of the run: <c>inputs.name</c>; null hides the name.</summary>
    public JsonElement? Inputs { get; init; }

    /// <summary>The steps by id: <c>steps.id.output</c>, <c>steps.id.state</c>, <c>steps.id.error</c>; null hides the name.</summary>
    public IReadOnlyDictionary<string, StepView>? Steps { get; init; }

    /// <summary>The item a repeated step works on; null outside of one.</summary>
    public ItemView? Item { get; init; }

    /// <summary>The raw result of the step, for its output mapping: <c>result</c>; null hides the name.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>The run: <c>run.id</c>, <c>run.attempt</c>, <c>run.startedAt</c>; null hides the name.</summary>
    public RunView? Run { get; init; }

    /// <summary>The run's clock: <c>now</c>. It must be the same on every replay; null hides the name.</summary>
    public DateTimeOffset? Now { get; init; }

    internal CelValue? Find(string name) => name switch
    {
        "inputs" => Given(Inputs),
        "steps" => Steps is null ? null : new StepsMap(Steps),
        "result" => Given(Result),
        "run" => Run is null ? null : RunMap(Run),
        "now" => Now is { } now ? TimestampValue.From(now) : null,
        "index" when Item is not null => new IntValue(Item.Index),
        _ => Item is not null && Item.Name == name ? CelJson.Read(Item.Value) : null,
    };

    private static CelValue? Given(JsonElement? json) => json is { } value ? CelJson.Read(value) : null;

    private static EntriesMap RunMap(RunView run) => CelMaps.Of(
        ("id", new StringValue(run.Id)),
        ("attempt", new IntValue(run.Attempt)),
        ("startedAt", TimestampValue.From(run.StartedAt)));
}

/// <summary>A step of the run as expressions see it.</summary>
/// <param name="State">Name of its state, for example <c>completed</c>, <c>failed</c> or <c>skipped</c>.</param>
/// <param name="Output">Its output; null, or undefined, reads as <c>null</c>.</param>
/// <param name="Error">Its failure as an object with code and message; null reads as <c>null</c>.</param>
public sealed record StepView(string State, JsonElement? Output, JsonElement? Error = null);

/// <summary>The item a repeated step works on.</summary>
/// <param name="Name">Name under which expressions find it.</param>
/// <param name="Value">The item.</param>
/// <param name="Index">Its position from 0: <c>index</c>.</param>
public sealed record ItemView(string Name, JsonElement Value, int Index);

/// <summary>The run as expressions see it.</summary>
/// <param name="Id">Id of the run.</param>
/// <param name="Attempt">How often the run was started, from 1.</param>
/// <param name="StartedAt">When it was started, on the run's clock.</param>
public sealed record RunView(string Id, int Attempt, DateTimeOffset StartedAt);
