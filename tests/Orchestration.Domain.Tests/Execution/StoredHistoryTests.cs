using System.Runtime.CompilerServices;
using System.Text.Json;
using Orchestration.Domain.Budgets;
using Orchestration.Domain.Execution;
using Orchestration.Domain.Failures;

namespace Orchestration.Domain.Tests.Execution;

/// <summary>
/// A run that is in flight when a new build is installed is replayed by it, and must get the commands it got before. The histories
/// beside this file were driven by earlier builds; the file of one is never written again. When one fails after a change, the change
/// needs a new version of the rules (docs/state-machine.md), not a new file. To store a history of another kind of run, add the run to
/// <see cref="Runs"/> and run these tests once with ORCHESTRATION_STORE_HISTORIES=1, which writes the files that are not there.
/// </summary>
public class StoredHistoryTests
{
    private static readonly StepOutline Fan = Outlines.Step("fan") with { Items = "inputs.list", EntryReads = new Reads([], Inputs: true) };

    private static readonly Dictionary<string, Func<StoredHistory>> Runs = new()
    {
        ["retries"] = Retries,
        ["events"] = Events,
        ["renewal"] = Renewal,
        ["fallbacks"] = Fallbacks,
        ["cancel"] = Cancel,
    };

    public static TheoryData<string> Kinds => [.. Runs.Keys];

    public static TheoryData<string> Stored => [.. Directory.GetFiles(Folder(), "*.json").Select(path => Path.GetFileName(path)).Order()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Run_OfEachKind_HasAStoredHistory(string kind)
    {
        var path = Path.Combine(Folder(), $"{kind}.json");
        if (Environment.GetEnvironmentVariable("ORCHESTRATION_STORE_HISTORIES") == "1" && !File.Exists(path))
        {
            Runs[kind]().Write(path);
        }

        Assert.True(File.Exists(path));
    }

    [Theory]
    [MemberData(nameof(Stored))]
    public void Replay_StoredHistory_HandsOutTheSameCommands(string file)
    {
        var stored = StoredHistory.Read(Path.Combine(Folder(), file));
        foreach (var (turn, (then, now)) in stored.Turns.Zip(stored.Replay()).Index())
        {
            Assert.Equal((turn, string.Join('\n', then.Commands), then.Weight), (turn, string.Join('\n', now.Commands), now.Weight));
        }
    }

    private static StoredHistory Retries()
    {
        var plan = Outlines.Of(
            Fan with { Optional = true, MaxParallel = 3, WorkReads = new Reads([], Inputs: true) },
            Outlines.Step("after", 0) with { WorkReads = new Reads([0], Inputs: false) },
            Fan with { Id = "again", After = [1] });
        var (isDeferred, isFull) = (false, false);
        return Record(plan, 11, RunLimits.Default, 8, simulation =>
        {
            simulation.LosesBatches = true;
            simulation.Answer = (attempt, _) => (attempt.Work.Step, attempt.Work.Item, attempt.Attempt) switch
            {
                (0, 2, < 3) => Simulation.Failed(attempt, FailureCode.Unavailable, FailureClass.Transient, retryable: true),
                (0, 3, _) => Simulation.Failed(attempt, "malformed", FailureClass.Permanent, retryable: false),
                (0, 4, 1) when !isDeferred && (isDeferred = true) =>
                    new ExecutionEvent.AttemptDeferred(attempt.Work, 1, "no_slot", "full", TimeSpan.FromSeconds(1)),
                (0, 5, 1) => Simulation.Failed(attempt, FailureCode.AgentLost, FailureClass.System, retryable: true),
                (2, 0, 1) when !isFull && (isFull = true) =>
                    Simulation.Failed(attempt, FailureCode.Saturated, FailureClass.Transient, retryable: true),
                _ => Paid(attempt),
            };
        });
    }

    private static StoredHistory Events()
    {
        var plan = Outlines.Of(
            Outlines.Step("wait") with { Kind = WorkKind.Wait, Event = "go", Duration = TimeSpan.FromDays(1) },
            Outlines.Step("early", 0) with { Kind = WorkKind.Wait, Event = "before", Duration = TimeSpan.FromDays(1) },
            Outlines.Step("never") with { Kind = WorkKind.Wait, Event = "never", Duration = TimeSpan.FromHours(1), Optional = true },
            Outlines.Step("pause") with { Kind = WorkKind.Delay, Duration = TimeSpan.FromSeconds(10) },
            Outlines.Step("work", 1, 3));
        var turn = 0;
        return Record(plan, 12, RunLimits.Default, 1, simulation => simulation.FromOutside = _ => ++turn switch
        {
            1 => new ExecutionEvent.Signalled("before", RunValue.Of(JsonSerializer.SerializeToElement("early")), "r1"),
            2 => new ExecutionEvent.Signalled("before", RunValue.Null, "r1"),
            4 => new ExecutionEvent.Signalled("Go", RunValue.Null, "r2"),
            5 => new ExecutionEvent.Signalled("go", RunValue.Null),
            _ => null,
        });
    }

    // Many steps that are repeated, so that what their beginnings weigh counts.
    private static StoredHistory Renewal()
    {
        var plan = Outlines.Of(
        [
            Fan with { MaxParallel = 4 },
            Outlines.Step("wait") with { Kind = WorkKind.Wait, Event = "go" },
            .. Enumerable.Range(2, 10).Select(index => Fan with { Id = $"fan{index}", After = [index == 2 ? 0 : index - 1], Items = "[1]" }),
        ]);
        var isSent = false;
        return Record(plan, 13, RunLimits.Default with { HistoryBudget = 10_000 }, 24, simulation =>
            simulation.FromOutside = _ => simulation.Generations == 2 && !isSent && (isSent = true)
                ? new ExecutionEvent.Signalled("go", RunValue.Null, "r1")
                : null);
    }

    private static StoredHistory Fallbacks()
    {
        var plan = Outlines.Of(
            Outlines.Step("agent") with { Fallback = FallbackKind.Agent, Retry = Outlines.NoRetry },
            Outlines.Step("value") with { Fallback = FallbackKind.Value },
            Outlines.Step("plan") with { Fallback = FallbackKind.Plan },
            Outlines.Step("below") with { Kind = WorkKind.Plan, MapsOutput = true, Lane = 1 },
            Outlines.Step("critical", 0, 1, 2)) with { HasFallback = true, Lanes = 2 };
        return Record(plan, 14, RunLimits.Default, 1, simulation => simulation.Answer = (attempt, _) =>
            attempt.Target == AttemptTarget.Primary
                ? Simulation.Failed(attempt, "malformed", FailureClass.Permanent, retryable: false)
                : Paid(attempt));
    }

    private static StoredHistory Cancel()
    {
        var plan = Outlines.Of(
            Fan with { MaxParallel = 2 },
            Outlines.Step("below") with { Kind = WorkKind.Plan, Timeout = TimeSpan.FromMinutes(1) },
            Outlines.Step("after", 0, 1)) with { Timeout = TimeSpan.FromHours(1) };
        var turn = 0;
        return Record(plan, 15, RunLimits.Default, 6, simulation =>
            simulation.FromOutside = _ => ++turn == 4 ? new ExecutionEvent.CancelRequested("enough") : null);
    }

    private static StoredHistory Record(PlanOutline plan, int seed, RunLimits limits, int items, Action<Simulation> configure)
    {
        var simulation = new Simulation(plan, seed, limits, items);
        configure(simulation);
        return StoredHistory.Record(simulation, plan, limits);
    }

    private static ExecutionEvent.AttemptCompleted Paid(Command.StartAttempt attempt) => (ExecutionEvent.AttemptCompleted)
        Simulation.Completed(attempt) with { Report = new AttemptReport("agent", "app", 5, [new CallCost(1, "provider", "model", 1, 1, 1)]) };

    private static string Folder([CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, "Histories");
}
