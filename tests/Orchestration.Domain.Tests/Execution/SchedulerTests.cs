using System.Text.Json;
using Orchestration.Domain.Budgets;
using Orchestration.Domain.Execution;
using Orchestration.Domain.Failures;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Tests.Execution;

public class SchedulerTests
{
    private static readonly Func<Command.StartAttempt, Random, ExecutionEvent> Malformed =
        (attempt, _) => Simulation.Failed(attempt, "malformed", FailureClass.Permanent, retryable: false);

    // EXE-11, ERR-18
    [Fact]
    public void Finish_OneOfManyItemsFails_OthersCompleteAndTheListNamesTheError()
    {
        var fan = Outlines.Step("fan") with { Items = "inputs.list", EntryReads = new Reads([], true), Optional = true };
        var simulation = new Simulation(Outlines.Of(fan), 1)
        {
            Answer = (attempt, random) => attempt.Work.Item == 2 ? Malformed(attempt, random) : Simulation.Completed(attempt),
        };
        Assert.Equal(RunOutcome.CompletedWithErrors, simulation.Run().Outcome);
        var output = Assert.Single(simulation.Issued.OfType<Command.Finish>()).Bindings!.Steps!.Value[0].Output!.ToJson();
        Assert.Equal("""["0.0","0.1",{"error":{"code":"malformed","class":"permanent","message":"malformed"}},"0.3","0.4"]""",
            output.GetRawText());
    }

    [Fact]
    public void Finish_EveryItemFails_StepFailsAndItsListNamesEveryError()
    {
        var fan = Outlines.Step("fan") with { Items = "[1,2]", EntryReads = new Reads([], true), Optional = true };
        var simulation = new Simulation(Outlines.Of(fan), 1) { Answer = Malformed };
        Assert.Equal(RunOutcome.CompletedWithErrors, simulation.Run().Outcome);
        Assert.Equal([StepStatus.Failed], simulation.State.StepStates);
        var output = Assert.Single(simulation.Issued.OfType<Command.Finish>()).Bindings!.Steps!.Value[0].Output!.ToJson();
        Assert.Equal(2, output.EnumerateArray().Count(item => item.GetProperty("error").GetProperty("code").GetString() == "malformed"));
    }

    [Fact]
    public void Finish_CriticalStepFails_StopsTheRestAndNamesTheStep()
    {
        var plan = Outlines.Of(Outlines.Step("bad"), Outlines.Step("busy") with { Retry = Outlines.NoRetry }, Outlines.Step("later", 0));
        var simulation = new Simulation(plan, 3)
        {
            Answer = (attempt, random) => attempt.Work.Step == 0
                ? Malformed(attempt, random)
                : Simulation.Completed(attempt),
        };
        var result = simulation.Run();
        Assert.Equal(RunOutcome.Failed, result.Outcome);
        Assert.Equal("step 'bad' failed: malformed", result.Failure!.Message);
        Assert.Equal(StepStatus.Skipped, simulation.State.StepStates[2]);
    }

    // ERR-12
    [Fact]
    public void Finish_PlanFailsAndItsFallbackSucceeds_CompletesWithTheFallbacksOutput()
    {
        var plan = Outlines.Of(Outlines.Step("a")) with { HasFallback = true };
        var other = RunValue.Of(JsonSerializer.SerializeToElement("other"));
        var simulation = new Simulation(plan, 1)
        {
            Answer = Malformed,
            AnswerChild = (_, _) => new RunResult(RunOutcome.Completed, other, null, 1),
        };
        var result = simulation.Run();
        Assert.Equal(RunOutcome.Completed, result.Outcome);
        Assert.Contains(simulation.Facts, fact => fact.Type == FactType.PlanFallback);
        Assert.Equal(ChildSource.PlanFallback, Assert.Single(simulation.Issued.OfType<Command.StartChild>()).Source);
    }

    [Fact]
    public void Next_StepFallbacks_StandInWithTheirOwnAttempts()
    {
        var plan = Outlines.Of(
            Outlines.Step("value") with { Fallback = FallbackKind.Value },
            Outlines.Step("agent") with { Fallback = FallbackKind.Agent },
            Outlines.Step("plan") with { Fallback = FallbackKind.Plan });
        var simulation = new Simulation(plan, 1)
        {
            Answer = (attempt, random) => attempt.Target == AttemptTarget.Primary
                ? Malformed(attempt, random)
                : Simulation.Completed(attempt),
        };
        Assert.Equal(RunOutcome.Completed, simulation.Run().Outcome);
        Assert.Equal(3, simulation.Facts.Count(fact => fact.Type == FactType.StepFallback));
    }

    // EXE-03
    [Fact]
    public void Next_SequentialPlan_HasOneStepInWork()
    {
        var plan = Outlines.Of([.. Enumerable.Range(0, 20).Select(i => Outlines.Step($"s{i}"))]) with { Sequential = true };
        var simulation = new Simulation(plan, 1);
        simulation.Run();
        Assert.Equal(1, simulation.MostInFlight);
        Assert.Equal(Enumerable.Range(0, 20), simulation.Issued.OfType<Command.StartAttempt>().Select(attempt => attempt.Work.Step));
    }

    [Fact]
    public void Next_MaxParallel_IsNeverExceeded()
    {
        var fan = Outlines.Step("fan") with { Items = "inputs.list", EntryReads = new Reads([], true), MaxParallel = 2 };
        var simulation = new Simulation(Outlines.Of(fan), 5);
        simulation.Run();
        Assert.Equal(2, simulation.MostInFlight);
    }

    [Fact]
    public void Next_WideStepOnSaturatedAgent_KeepsTheQueueOutOfTheHistory()
    {
        const int width = 500;
        var fan = Outlines.Step("fan") with { Items = $"[{string.Join(',', Enumerable.Range(0, width))}]" };
        var simulation = new Simulation(Outlines.Of(fan), 7);
        simulation.Answer = (attempt, _) => simulation.Issued.Count > 0 && OpenAttempts(simulation) > 8
            ? new ExecutionEvent.AttemptDeferred(attempt.Work, attempt.Attempt, "saturated", "full", TimeSpan.FromSeconds(1))
            : Simulation.Completed(attempt);
        simulation.Run();
        Assert.InRange(simulation.Issued.OfType<Command.StartAttempt>().Count(), width, width * 3 / 2);
    }

    // Work may take hours: that the first of it is back at work must be enough to send the rest.
    [Fact]
    public void Next_AgentsWereAllAway_WidensWithoutAnyAnswer()
    {
        const int width = 12;
        var fan = Outlines.Step("fan") with
            { Items = $"[{string.Join(',', Enumerable.Range(0, width))}]", Timeout = TimeSpan.FromHours(10) };
        var state = StateOf(Outlines.Of(fan));
        var commands = Scheduler.Next(state);
        foreach (var refused in commands.OfType<Command.StartAttempt>())
        {
            state.Apply(new ExecutionEvent.AttemptDeferred(refused.Work, 1, "no_agent", "", TimeSpan.FromSeconds(1)),
                DateTimeOffset.UnixEpoch);
        }

        var (begun, looks) = (0, new List<int>());
        var timers = new SortedSet<DateTimeOffset>();
        while (true)
        {
            commands = Scheduler.Next(state);
            timers.UnionWith(commands.OfType<Command.StartTimer>().Select(timer => timer.DueAt));
            if (commands.OfType<Command.StartAttempt>().Count() is > 0 and var more)
            {
                looks.Add(begun += more);
            }

            if (begun == width || timers.Count == 0)
            {
                break;
            }

            var due = timers.Min;
            timers.Remove(due);
            state.Apply(new ExecutionEvent.TimerFired(due), due);
        }

        Assert.Equal([1, 2, 4, 8, width], looks);
        Assert.InRange(state.NowMs, 60_000, 120_000);
    }

    // TMO-01
    [Fact]
    public void Finish_PlanTimeout_EndsOnTimeWithEverythingStopped()
    {
        var plan = Outlines.Of(Outlines.Step("wait") with { Kind = WorkKind.Wait, Event = "never" }, Outlines.Step("later", 0)) with
            { Timeout = TimeSpan.FromSeconds(30) };
        var simulation = new Simulation(plan, 1);
        var result = simulation.Run();
        Assert.Equal(RunOutcome.TimedOut, result.Outcome);
        Assert.InRange(simulation.Elapsed, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30.5));
        Assert.Equal([StepStatus.Cancelled, StepStatus.Skipped], simulation.State.StepStates);
    }

    [Fact]
    public void Deliver_EventBeforeAnybodyWaits_IsKept()
    {
        var plan = Outlines.Of(Outlines.Step("first"), Outlines.Step("wait", 0) with { Kind = WorkKind.Wait, Event = "Approved" });
        var sent = false;
        var simulation = new Simulation(plan, 1)
        {
            FromOutside = _ => sent ? null : Send(ref sent),
        };
        Assert.Equal(RunOutcome.Completed, simulation.Run().Outcome);
        Assert.Equal("\"yes\"", Assert.Single(simulation.Issued.OfType<Command.Finish>()).Bindings!.Steps!.Value[1].Output!.ToJson()
            .GetRawText());

        static ExecutionEvent Send(ref bool sent)
        {
            sent = true;
            return new ExecutionEvent.Signalled("approved", RunValue.Of(JsonSerializer.SerializeToElement("yes")));
        }
    }

    [Fact]
    public void Next_EventDoesNotCome_FallsBackToItsValue()
    {
        var wait = Outlines.Step("wait") with
            { Kind = WorkKind.Wait, Event = "approved", Duration = TimeSpan.FromMinutes(1), Fallback = FallbackKind.Value };
        var simulation = new Simulation(Outlines.Of(wait), 1);
        Assert.Equal(RunOutcome.Completed, simulation.Run().Outcome);
        Assert.Equal(AttemptTarget.FallbackValue, Assert.Single(simulation.Issued.OfType<Command.StartAttempt>()).Target);
    }

    [Fact]
    public void Next_ConditionCannotBeEvaluated_StepFailsAsPermanent()
    {
        var simulation = new Simulation(
            Outlines.Of(Outlines.Step("a") with { When = "inputs.missing > 1", EntryReads = new Reads([], true) }), 1);
        var result = simulation.Run();
        Assert.Equal(FailureClass.Permanent, result.Failure!.Class);
    }

    [Fact]
    public void Next_AttemptNeverAnswers_IsRepeatedAfterItsDeadline()
    {
        var step = Outlines.Step("a") with { Timeout = TimeSpan.FromSeconds(1), Retry = RetryPolicy.Default with { MaxRetries = 1 } };
        var state = StateOf(Outlines.Of(step));
        var timer = Assert.Single(Scheduler.Next(state).OfType<Command.StartTimer>());
        state.Apply(new ExecutionEvent.TimerFired(timer.DueAt), timer.DueAt);
        var retry = Assert.Single(Scheduler.Next(state).OfType<Command.StartTimer>());
        state.Apply(new ExecutionEvent.TimerFired(retry.DueAt), retry.DueAt);
        Assert.Equal(2, Assert.Single(Scheduler.Next(state).OfType<Command.StartAttempt>()).Attempt);

        state.Apply(new ExecutionEvent.AttemptCompleted(new WorkKey(0), 1, RunValue.Null, AttemptReport.None), retry.DueAt);
        Assert.Empty(Scheduler.Next(state).OfType<Command.Finish>());
    }

    [Fact]
    public void Next_AttemptsAlarmRingsLateAfterAnOutage_AttemptGetsItsTimeAgain()
    {
        var state = StateOf(Outlines.Of(Outlines.Step("a") with { Timeout = TimeSpan.FromSeconds(10) }));
        var timer = Assert.Single(Scheduler.Next(state).OfType<Command.StartTimer>());
        var back = timer.DueAt.AddSeconds(6);
        state.Apply(new ExecutionEvent.TimerFired(timer.DueAt), back);
        var commands = Scheduler.Next(state);
        Assert.Equal(back.AddSeconds(40), Assert.Single(commands.OfType<Command.StartTimer>()).DueAt);
        Assert.Empty(commands.OfType<Command.StartAttempt>());

        state.Apply(new ExecutionEvent.AttemptCompleted(new WorkKey(0), 1, RunValue.Null, AttemptReport.None), back.AddSeconds(1));
        Assert.Single(Scheduler.Next(state).OfType<Command.Finish>());
    }

    [Fact]
    public void Next_AlarmsAreAlwaysLate_AttemptIsGivenUpTheSecondTime()
    {
        var state = StateOf(Outlines.Of(Outlines.Step("a") with { Timeout = TimeSpan.FromSeconds(10), Retry = Outlines.NoRetry }));
        for (var i = 0; i < 2; i++)
        {
            var timer = Assert.Single(Scheduler.Next(state).OfType<Command.StartTimer>());
            state.Apply(new ExecutionEvent.TimerFired(timer.DueAt), timer.DueAt.AddSeconds(6));
        }

        Assert.Equal([StepStatus.Failed], state.StepStates);
    }

    [Fact]
    public void Next_ValuesAreKept_LaterAttemptsAndTheFallbackCarryTheirAddress()
    {
        var step = Outlines.Step("a") with
            { WorkReads = new Reads([], Inputs: true), Retry = RetryPolicy.Default with { MaxRetries = 1 }, Fallback = FallbackKind.Value };
        var state = StateOf(Outlines.Of(step));
        var kept = new RunValue.Blob("hash", 9);
        var first = Assert.Single(Scheduler.Next(state).OfType<Command.StartAttempt>());
        Assert.NotNull(first.Bindings.Inputs);
        state.Apply(new ExecutionEvent.AttemptDeferred(first.Work, 1, "no_agent", "", TimeSpan.Zero, kept), DateTimeOffset.UnixEpoch);
        foreach (var attempt in new[] { 1, 2, 3 })
        {
            var next = NextAttempt(state);
            Assert.Equal((attempt, new Bindings(Kept: kept)), (next.Attempt, next.Bindings));
            var failure = new Failure("flaky", FailureClass.Transient, "flaky", Retryable: true);
            state.Apply(new ExecutionEvent.AttemptFailed(next.Work, next.Attempt, failure, AttemptReport.None),
                DateTimeOffset.FromUnixTimeMilliseconds(state.NowMs));
        }
    }

    // What retries cost is money too; what was told twice is told once.
    [Fact]
    public void Facts_CostsOfEveryAttempt_AreToldOnceEach()
    {
        var steps = Enumerable.Range(0, 6).Select(i => Outlines.Step($"s{i}") with
        {
            Optional = true,
            Fallback = (FallbackKind)(i % 3),
            Timeout = TimeSpan.FromSeconds(1),
            Retry = RetryPolicy.Default with { MaxRetries = 2 },
        });
        var simulation = new Simulation(Outlines.Of([.. steps]), 11) { LosesBatches = true };
        var paid = 0;
        simulation.Answer = (attempt, random) =>
        {
            var report = new AttemptReport("agent", "app", 5, [new CallCost(1, "p", "m", 1, 1, ++paid)]);
            return random.Next(4) switch
            {
                0 => new ExecutionEvent.AttemptFailed(attempt.Work, attempt.Attempt, Trouble("flaky"), report),
                1 => new ExecutionEvent.AttemptFailed(attempt.Work, attempt.Attempt, Trouble(FailureCode.Saturated), report),
                2 => new ExecutionEvent.AttemptFailed(attempt.Work, attempt.Attempt, Trouble(FailureCode.AgentLost), report),
                _ => new ExecutionEvent.AttemptCompleted(attempt.Work, attempt.Attempt, RunValue.Null, report),
            };
        };
        simulation.Run();
        var told = simulation.Facts.DistinctBy(fact => fact.Sequence)
            .SelectMany(fact => ReportOf(fact)?.Costs ?? [], (fact, cost) => (fact.Step, fact.Attempt, cost.Call, cost.Nanos)).ToList();
        Assert.Equal(Enumerable.Range(1, paid).Select(n => (long)n), told.Select(cost => cost.Nanos).Order());
        Assert.Equal(paid, told.Select(cost => (cost.Step, cost.Attempt, cost.Call)).Distinct().Count());

        static Failure Trouble(string code) => new(code, FailureClass.Transient, code, Retryable: true);
    }

    [Fact]
    public void Facts_AnswerOfAnAbandonedAttempt_TellsItsCost()
    {
        var state = StateOf(
            Outlines.Of(Outlines.Step("a") with
                { Timeout = TimeSpan.FromSeconds(1), Retry = RetryPolicy.Default with { Strategy = RetryStrategy.Immediate } }));
        var timer = Assert.Single(Scheduler.Next(state).OfType<Command.StartTimer>());
        state.Apply(new ExecutionEvent.TimerFired(timer.DueAt), timer.DueAt);
        Assert.Equal(2, NextAttempt(state).Attempt);
        var report = new AttemptReport("agent", "app", 5, [new CallCost(1, "p", "m", 1, 1, 7)]);
        state.Apply(new ExecutionEvent.AttemptCompleted(new WorkKey(0), 1, RunValue.Null, report), timer.DueAt);
        state.Apply(new ExecutionEvent.Published(1, Delivered: true), timer.DueAt);
        var facts = Scheduler.Next(state).OfType<Command.Publish>().SelectMany(publish => publish.Facts.Facts);
        var told = Assert.Single(facts, fact => fact.Type == FactType.StepReported);
        Assert.Equal((1, 7L), (told.Attempt, ReportOf(told)!.Costs!.Value[0].Nanos));
    }

    [Fact]
    public void Facts_RememberedResult_DoesNotTellAgainWhatItsAttemptHasTold()
    {
        var state = StateOf(
            Outlines.Of(Outlines.Step("a") with { Retry = RetryPolicy.Default with { Strategy = RetryStrategy.Immediate } }));
        var first = NextAttempt(state);
        var paid = new AttemptReport("agent", "app", 5, [new CallCost(1, "p", "m", 1, 1, 7), new CallCost(2, "p", "m", 1, 1, 8)]);
        var lost = new Failure("unkept", FailureClass.Transient, "unkept", Retryable: true);
        state.Apply(new ExecutionEvent.AttemptFailed(first.Work, 1, lost, paid), DateTimeOffset.UnixEpoch);
        NextAttempt(state);
        var again = new AttemptReport(
            "agent", "app", 5, [new CallCost(1, "p", "m", 1, 1, 7, Attempt: 1), new CallCost(1, "p", "m", 1, 1, 9)]);
        state.Apply(new ExecutionEvent.AttemptCompleted(first.Work, 2, RunValue.Null, again), DateTimeOffset.UnixEpoch);
        var told = Assert.Single(Scheduler.Next(state).OfType<Command.Finish>()).Facts.Facts.SelectMany(
            fact => ReportOf(fact)?.Costs ?? []);
        Assert.Equal([7, 8, 9], told.Select(cost => cost.Nanos));
    }

    [Fact]
    public void Next_BrokerRefuses_FactsTravelAloneUntilItTakesThem()
    {
        var plan = Outlines.Of([.. Enumerable.Range(0, 30).Select(i => Outlines.Step($"s{i}", i == 0 ? [] : [i - 1]))]);
        var simulation = new Simulation(plan, 1) { LosesBatches = true, LossPercent = 100 };
        simulation.Answer = (attempt, _) =>
        {
            simulation.LossPercent = attempt.Work.Step < 20 ? 100 : 0;
            return Simulation.Completed(attempt);
        };
        simulation.Run();
        var carried = simulation.Issued.OfType<Command.StartAttempt>().Sum(attempt => attempt.Facts?.Facts.Length ?? 0)
            + simulation.Issued.OfType<Command.Publish>().Sum(publish => publish.Facts.Facts.Length);
        Assert.InRange(carried, 30, 2 * 70);
    }

    [Fact]
    public void Next_SubPlanIsOverdue_IsStoppedAndNotRepeated()
    {
        var state = StateOf(Outlines.Of(Outlines.Step("a") with { Kind = WorkKind.Plan, Timeout = TimeSpan.FromSeconds(1) }));
        var timer = Assert.Single(Scheduler.Next(state).OfType<Command.StartTimer>());
        state.Apply(new ExecutionEvent.TimerFired(timer.DueAt), timer.DueAt);
        Assert.Equal([StepStatus.Failed], state.StepStates);
        Assert.Single(Scheduler.Next(state).OfType<Command.Stop>());
    }

    [Fact]
    public void Apply_AgentAdvisesCenturies_RunWaitsAnHour()
    {
        var state = StateOf(Outlines.Of(Outlines.Step("a")));
        Scheduler.Next(state);
        var failure = new Failure("x", FailureClass.Transient, "x", Retryable: true, TimeSpan.MaxValue);
        state.Apply(new ExecutionEvent.AttemptFailed(new WorkKey(0), 1, failure, AttemptReport.None), DateTimeOffset.UnixEpoch);
        Scheduler.Next(state);
        state.Apply(new ExecutionEvent.TimerFired(DateTimeOffset.UnixEpoch.AddHours(1)), DateTimeOffset.UnixEpoch.AddHours(1));
        Assert.Equal(2, Assert.Single(Scheduler.Next(state).OfType<Command.StartAttempt>()).Attempt);
    }

    private static AttemptReport? ReportOf(RunFact fact) => fact.Detail switch
    {
        FactDetail.StepEnd end => end.Report,
        FactDetail.Waiting waiting => waiting.Report,
        _ => null,
    };

    // The next attempt, at once or when a timer has fired.
    private static Command.StartAttempt NextAttempt(ExecutionState state)
    {
        while (true)
        {
            var commands = Scheduler.Next(state);
            if (commands.OfType<Command.StartAttempt>().SingleOrDefault() is { } attempt)
            {
                return attempt;
            }

            var due = Assert.Single(commands.OfType<Command.StartTimer>()).DueAt;
            state.Apply(new ExecutionEvent.TimerFired(due), due);
        }
    }

    private static ExecutionState StateOf(PlanOutline outline) => new(
        "run", outline, RunValue.Null, RunLimits.Default, new RunOrigin(DateTimeOffset.UnixEpoch, new FactDetail.Accepted("test")), DateTimeOffset.UnixEpoch);

    private static int OpenAttempts(Simulation simulation) => simulation.OpenAttempts;
}
