using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Orchestration.Domain.Execution;

namespace Orchestration.Domain.Tests.Execution;

/// <summary>A run as it was driven once: what happened to it and which commands followed.</summary>
/// <param name="Outline">Its plan, as it stands in a history.</param>
/// <param name="Limits">The engine's settings.</param>
/// <param name="Inputs">Its inputs.</param>
/// <param name="Turns">In order, through all its histories.</param>
internal sealed record StoredHistory(JsonElement Outline, RunLimits Limits, RunValue Inputs, ImmutableArray<StoredTurn> Turns)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = ExecutionJson.Depth,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameEvents } },
    };

    /// <summary>Drives a run to its end and takes it down.</summary>
    public static StoredHistory Record(Simulation simulation, PlanOutline outline, RunLimits limits)
    {
        var turns = ImmutableArray.CreateBuilder<StoredTurn>();
        JsonElement? snapshot = null;
        simulation.Turned = (happened, at, commands) =>
        {
            if (simulation.State.Result is not null)
            {
                return;
            }

            turns.Add(StoredTurn.Of(happened is null ? snapshot : null, happened, at, commands));
            snapshot = commands is [.., Command.Renew renew]
                ? JsonSerializer.SerializeToElement(renew.Snapshot, ExecutionJson.Default.RunSnapshot)
                : null;
        };
        simulation.Run();
        var plan = JsonSerializer.SerializeToElement(outline, ExecutionJson.Default.PlanOutline);
        return new StoredHistory(plan, limits, simulation.State.Inputs, turns.ToImmutable());
    }

    public static StoredHistory Read(string path) => JsonSerializer.Deserialize<StoredHistory>(File.ReadAllText(path), Format)!;

    /// <summary>One line for each turn, so that it can be read.</summary>
    public void Write(string path)
    {
        var whole = JsonSerializer.Serialize(this with { Turns = [] }, Format);
        var turns = string.Join(",\n", Turns.Select(turn => JsonSerializer.Serialize(turn, Format)));
        File.WriteAllText(path, $"{whole[..^2]}\n{turns}\n]}}\n");
    }

    /// <summary>The same run, driven by the scheduler of this build.</summary>
    public IEnumerable<StoredTurn> Replay()
    {
        var outline = Outline.Deserialize(ExecutionJson.Default.PlanOutline)!;
        ExecutionState? state = null;
        return Turns.Select(turn =>
        {
            if (turn.Event is { } happened)
            {
                state!.Apply(happened, turn.At);
            }
            else
            {
                state = turn.Snapshot?.Deserialize(ExecutionJson.Default.RunSnapshot) is { } snapshot
                    ? new ExecutionState("run", outline, Inputs, Limits, Simulation.Origin, snapshot)
                    : new ExecutionState("run", outline, Inputs, Limits, Simulation.Origin, turn.At);
            }

            return StoredTurn.Of(turn.Snapshot, turn.Event, turn.At, Scheduler.Next(state!));
        });
    }

    private static void NameEvents(JsonTypeInfo info)
    {
        if (info.Type == typeof(ExecutionEvent))
        {
            info.PolymorphismOptions = new JsonPolymorphismOptions();
            foreach (var type in typeof(ExecutionEvent).GetNestedTypes())
            {
                info.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(type, type.Name));
            }
        }
    }
}

/// <summary>One event and what followed.</summary>
/// <param name="Snapshot">Where the run stood at the beginning of a history that is not its first.</param>
/// <param name="Event">What happened; null at the beginning of a history.</param>
/// <param name="At">The run's clock.</param>
/// <param name="Commands">As far as an engine compares them in a replay, and which facts they carry.</param>
/// <param name="Weight">What was added to the history: it decides when the run goes on in a new one.</param>
internal sealed record StoredTurn(
    JsonElement? Snapshot, ExecutionEvent? Event, DateTimeOffset At, ImmutableArray<string> Commands, long Weight)
{
    public static StoredTurn Of(JsonElement? snapshot, ExecutionEvent? happened, DateTimeOffset at, IReadOnlyList<Command> commands) => new(
        snapshot,
        happened,
        at,
        [.. commands.Select(Describe)],
        (happened is null ? 0 : HistoryWeight.Of(happened)) + commands.Sum(HistoryWeight.Of));

    private static string Describe(Command command) => command switch
    {
        Command.StartAttempt attempt => Text($"attempt {Name(attempt.Work)} #{attempt.Attempt} {attempt.Target}{Of(attempt.Facts)}"),
        Command.StartChild child => Text($"child {Name(child.Work)} #{child.Attempt} {child.Source} {child.ChildRunId}"),
        Command.EvaluateEntry entry => Text($"entry {entry.Step}"),
        Command.StartTimer timer => Text($"timer {timer.DueAt:O}"),
        Command.Publish publish => $"publish{Of(publish.Facts)}",
        Command.Stop stop => $"stop {(stop.WholeRun ? "all " : "")}{string.Join(' ', stop.Children)}",
        Command.Pack pack => $"pack {string.Join(' ', pack.Ranges.Select(range => Text($"{range.Step}[{range.From}+{range.Count}]")))}",
        Command.Finish finish => Text($"finish {finish.Ending.Outcome} {finish.Sequence}{Of(finish.Facts)}"),
        _ => command.GetType().Name,
    };

    private static string Name(WorkKey work) => work.Name(Text($"{work.Step}"));

    private static string Of(FactBatch? batch) => batch is null or { Facts.IsEmpty: true }
        ? ""
        : Text($", batch {batch.Id}: {batch.Facts.Length} from {batch.Facts[0].Sequence} to {batch.Facts[^1].Sequence}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
