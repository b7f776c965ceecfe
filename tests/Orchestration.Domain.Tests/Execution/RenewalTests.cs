using System.Text.Json;
using Orchestration.Domain.Execution;
using Orchestration.Domain.Failures;

namespace Orchestration.Domain.Tests.Execution;

/// <summary>Runs that are too long for one history.</summary>
public class RenewalTests
{
    private const int Width = 5_000;

    private static readonly StepOutline Fan = Outlines.Step("fan") with { Items = "inputs.list", EntryReads = new Reads([], Inputs: true) };
    private static readonly RunLimits Short = RunLimits.Default with { HistoryBudget = 100_000 };

    // EXE-11, EXE-12
    [Fact]
    public void Run_FiveThousandItems_PassThroughHistoriesInOrderWithTheirErrors()
    {
        var fan = Fan with { Optional = true, MaxParallel = 20 };
        var simulation = new Simulation(Outlines.Of(fan, Outlines.Step("after", 0)), 3, Short, Width)
        {
            Answer = (attempt, random) => attempt.Work.Item % 1000 == 7
                ? Simulation.Failed(attempt, "malformed", FailureClass.Permanent, retryable: false)
                : random.Next(50) == 0
                    ? new ExecutionEvent.AttemptDeferred(attempt.Work, attempt.Attempt, "saturated", "full", TimeSpan.FromSeconds(1))
                    : Simulation.Completed(attempt),
        };
        Assert.Equal(RunOutcome.CompletedWithErrors, simulation.Run().Outcome);
        Assert.InRange(simulation.Generations, 10, 60);
        Assert.InRange(simulation.MostInFlight, 1, 20);
        var output = Assert.Single(simulation.Issued.OfType<Command.Finish>()).Bindings!.Steps!.Value[0].Output!;
        var values = simulation.Elements(output).Select(value => value.ToJson()).ToList();
        Assert.Equal(
            Enumerable.Range(0, Width).Select(i => i % 1000 == 7 ? "malformed" : $"0.{i}"),
            values.Select(value => value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : value.GetProperty("error").GetProperty("code").GetString()));
        simulation.AssertReplayAgrees();
        Assert.Equal(
            Enumerable.Range(1, simulation.Facts.Count).Select(n => (long)n), simulation.Facts.Select(fact => fact.Sequence).Order());
    }

    [Fact]
    public void Run_WidestMaxParallel_BatchesAndSnapshotsStaySmall()
    {
        var simulation = new Simulation(Outlines.Of(Fan with { MaxParallel = 10_000 }), 3, Short, 10_000);
        Assert.Equal(RunOutcome.Completed, simulation.Run().Outcome);
        Assert.InRange(simulation.Generations, 10, 150);
        Assert.InRange(simulation.MostInFlight, 1, 64);
        var batches = simulation.Issued.Select(command => command switch
        {
            Command.StartAttempt { Facts: { } facts } => facts.Facts.Length,
            Command.Publish publish => publish.Facts.Facts.Length,
            Command.Finish finish => finish.Facts.Facts.Length,
            _ => 0,
        });
        Assert.InRange(batches.Max(), 1, 200);

        // Half of it are the items.
        Assert.InRange(simulation.LargestSnapshot, 1, 110_000);
        Assert.Equal(Enumerable.Range(1, simulation.Facts.Count).Select(n => (long)n), simulation.Facts.Select(fact => fact.Sequence)
            .Order());
        simulation.AssertReplayAgrees();
    }

    [Fact]
    public void Run_SnapshotGrows_LaterHistoriesTakeInLess()
    {
        var data = RunValue.Of(JsonSerializer.SerializeToElement(new string('x', 1024)));
        var attempts = new Dictionary<int, int>();
        Simulation? simulation = null;
        var chain = Enumerable.Range(0, 100).Select(i => i == 0 ? Outlines.Step("s0") : Outlines.Step($"s{i}", i - 1));
        simulation = new Simulation(Outlines.Of([.. chain]), 3, Short)
        {
            Answer = (attempt, _) =>
            {
                attempts[simulation!.Generations] = attempts.GetValueOrDefault(simulation.Generations) + 1;
                return new ExecutionEvent.AttemptCompleted(attempt.Work, attempt.Attempt, data, AttemptReport.None);
            },
        };
        Assert.Equal(RunOutcome.Completed, simulation.Run().Outcome);
        Assert.InRange(simulation.Generations, 3, 10);
        Assert.InRange(attempts[2], 1, attempts[1] - 5);
    }

    [Theory]
    [InlineData("\"abc\"", 5)]
    [InlineData("\"漢字\"", 8)]
    [InlineData("\"\U0001F600\"", 14)]
    public void Weight_Text_IsThatOfItsBytes(string json, long weight) => Assert.Equal(weight, RunValue.Of(JsonElement.Parse(json)).Weight);

    [Fact]
    public void Run_EventsAndAlarms_AreWaitedForInTheNextHistory()
    {
        var plan = Outlines.Of(
            Fan,
            Outlines.Step("wait") with { Kind = WorkKind.Wait, Event = "go", Duration = TimeSpan.FromDays(1) },
            Outlines.Step("early", 0) with { Kind = WorkKind.Wait, Event = "before", Duration = TimeSpan.FromDays(1) },
            Outlines.Step("never") with { Kind = WorkKind.Wait, Event = "never", Duration = TimeSpan.FromHours(1), Optional = true });
        Simulation? simulation = null;
        var sent = 0;
        simulation = new Simulation(plan, 5, Short, Width)
        {
            FromOutside = _ => (simulation!.Generations, sent) switch
            {
                (2, 0) => Send("before", "r1", ref sent),

                // What was taken in is known in the histories after it, too.
                (3, 1) => Send("never", "r1", ref sent),
                (4, 2) => Send("go", "r2", ref sent),
                _ => null,
            },
        };
        Assert.Equal(RunOutcome.CompletedWithErrors, simulation.Run().Outcome);
        Assert.Equal([StepStatus.Completed, StepStatus.Completed, StepStatus.Completed, StepStatus.Failed], simulation.State.StepStates);
    }

    [Fact]
    public void Run_CancelledInALaterHistory_EndsCancelled()
    {
        var isCancelled = false;
        Simulation? simulation = null;
        simulation = new Simulation(Outlines.Of(Fan), 5, Short, Width)
        {
            FromOutside = _ => simulation!.Generations == 3 && !isCancelled && (isCancelled = true)
                ? new ExecutionEvent.CancelRequested("enough")
                : null,
        };
        Assert.Equal(RunOutcome.Cancelled, simulation.Run().Outcome);
        Assert.Equal([StepStatus.Cancelled], simulation.State.StepStates);
    }

    [Fact]
    public void Next_RunBelowDoesNotAnswer_RestGoesOnAfterAMinute()
    {
        var plan = Outlines.Of(
            Outlines.Step("below") with { Kind = WorkKind.Plan }, Outlines.Step("a"), Outlines.Step("b", 1)) with { Lanes = 2 };
        plan = plan with { Steps = plan.Steps.SetItem(0, plan.Steps[0] with { Lane = 1 }) };
        var start = DateTimeOffset.UnixEpoch;
        var state = new ExecutionState(
            "run", plan, RunValue.Null, RunLimits.Default with { HistoryBudget = 600 }, new RunOrigin(start, new FactDetail.Accepted("test")), start);
        Assert.Single(Scheduler.Next(state).OfType<Command.StartChild>());
        state.Apply(new ExecutionEvent.AttemptCompleted(new WorkKey(1), 1, RunValue.Null, AttemptReport.None), start);
        var held = Scheduler.Next(state);
        Assert.Empty(held.OfType<Command.StartAttempt>());
        var patience = Assert.Single(held.OfType<Command.StartTimer>()).DueAt;
        Assert.Equal(start.AddSeconds(60), patience);
        state.Apply(new ExecutionEvent.TimerFired(patience), patience);
        Assert.Single(Scheduler.Next(state).OfType<Command.StartAttempt>());
    }

    [Fact]
    public void Next_BrokerRefuses_WorkWaitsForItWhenTwiceAsMuchIsTakenIn()
    {
        var start = DateTimeOffset.UnixEpoch;
        var inputs = RunValue.Of(JsonSerializer.SerializeToElement(new { list = Enumerable.Range(0, 200) }));
        var limits = new RunLimits(1, TimeSpan.FromMinutes(5), 10_000);
        var state = new ExecutionState(
            "run", Outlines.Of(Fan), inputs, limits, new RunOrigin(start, new FactDetail.Accepted("test")), start);
        Command.Publish? publishing = null;
        var (attempts, commands) = (0, Scheduler.Next(state));
        while (commands.OfType<Command.StartAttempt>().SingleOrDefault() is { } attempt)
        {
            attempts++;
            if (attempt.Facts is { } facts)
            {
                state.Apply(new ExecutionEvent.Published(facts.Id, Delivered: false), start);
            }

            state.Apply(Simulation.Completed(attempt), start);
            commands = Scheduler.Next(state);
            publishing ??= commands.OfType<Command.Publish>().SingleOrDefault();
        }

        Assert.InRange(attempts, 20, 60);
        var patience = start.AddSeconds(60);
        state.Apply(new ExecutionEvent.TimerFired(patience), patience);
        Assert.Empty(Scheduler.Next(state).OfType<Command.StartAttempt>());

        state.Apply(new ExecutionEvent.Published(publishing!.Facts.Id, Delivered: true), patience);
        state.Apply(new ExecutionEvent.Published(Assert.Single(Scheduler.Next(state).OfType<Command.Publish>()).Facts.Id, Delivered: true),
            patience);
        var pack = Assert.Single(Scheduler.Next(state).OfType<Command.Pack>());
        Assert.Equal(attempts, pack.Ranges.Sum(range => range.Count));
        state.Apply(new ExecutionEvent.Packed(pack.Ranges), patience);
        Assert.Single(Scheduler.Next(state).OfType<Command.Renew>());
    }

    private static ExecutionEvent.Signalled Send(string name, string requestId, ref int sent)
    {
        sent++;
        return new ExecutionEvent.Signalled(name, RunValue.Null, requestId);
    }
}
