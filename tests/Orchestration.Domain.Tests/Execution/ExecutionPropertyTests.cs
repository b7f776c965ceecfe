using FsCheck;
using FsCheck.Fluent;
using Orchestration.Domain.Execution;
using Orchestration.Domain.Failures;

namespace Orchestration.Domain.Tests.Execution;

// EXE-04, EXE-11, ERR-04, ERR-08, STA-02
public class ExecutionPropertyTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(400);

    [Fact]
    public void Next_RandomPlansAndOutcomes_EndsAndReplaysAlike() =>
        Check(seed =>
        {
            var simulation = Troubled(seed);
            var result = simulation.Run();
            simulation.AssertReplayAgrees();
            Assert.Equal(result.Outcome == RunOutcome.Failed || !result.Success, result.Failure is not null);
        });

    [Fact]
    public void Facts_RandomPlansAndOutcomes_AreNumberedWithoutGaps() =>
        Check(seed =>
        {
            var simulation = Troubled(seed);
            simulation.LosesBatches = true;
            simulation.Run();
            var sequences = simulation.Facts.Select(fact => fact.Sequence).Distinct().Order().ToList();
            Assert.Equal(Enumerable.Range(1, sequences.Count).Select(n => (long)n), sequences);
        });

    [Fact]
    public void Steps_RandomPlansWithoutFailures_AllComplete() =>
        Check(seed =>
        {
            var outline = Outlines.Random(new Random(seed)) with { Timeout = null };
            var simulation = new Simulation(outline, seed, Limits(seed));
            var result = simulation.Run();
            Assert.Equal(RunOutcome.Completed, result.Outcome);
            Assert.All(simulation.State.StepStates, (state, index) =>
                Assert.Equal(outline.Steps[index].When is null ? StepStatus.Completed : StepStatus.Skipped, state));
            Assert.Equal(ExpectedAttempts(outline), simulation.Issued.OfType<Command.StartAttempt>()
                .Count(attempt => attempt.Target == AttemptTarget.Primary));
        });

    [Fact]
    public void Attempts_EveryOneFails_AreCountedExactly() =>
        Check(seed =>
        {
            var random = new Random(seed);
            var retries = random.Next(6);
            var width = random.Next(1, 30);
            var step = Outlines.Step("a") with
            {
                Items = $"[{string.Join(',', Enumerable.Range(0, width))}]",
                Optional = true,
                Retry = Orchestration.Domain.Plans.RetryPolicy.Default with { MaxRetries = retries },
            };
            var simulation = new Simulation(Outlines.Of(step), seed, Limits(seed))
            {
                Answer = (attempt, chance) => chance.Next(4) == 0
                    ? new ExecutionEvent.AttemptDeferred(attempt.Work, attempt.Attempt, "no_slot", "full", TimeSpan.FromSeconds(1))
                    : Simulation.Failed(attempt, "flaky", FailureClass.Transient, retryable: true),
            };
            Assert.Equal(RunOutcome.CompletedWithErrors, simulation.Run().Outcome);
            var attempts = simulation.Issued.OfType<Command.StartAttempt>().GroupBy(attempt => attempt.Work);
            Assert.Equal(width, attempts.Count());
            Assert.All(attempts, unit =>
                Assert.Equal(Enumerable.Range(1, retries + 1), unit.Select(attempt => attempt.Attempt).Distinct()));
        });

    private static void Check(Action<int> property) =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => property(seed)).Check(Many);

    private static RunLimits Limits(int seed) => (seed & 3) switch
    {
        0 => RunLimits.Default,
        1 => RunLimits.Default with { HistoryBudget = 1 },
        2 => RunLimits.Default with { HistoryBudget = 2_000 },
        _ => new RunLimits(3, TimeSpan.FromMinutes(5), 5_000),
    };

    private static int ExpectedAttempts(PlanOutline outline) => outline.Steps
        .Where(step => step is { When: null, Kind: WorkKind.Agent })
        .Sum(step => step.Repeats ? 5 : 1);

    // Some runs go through many histories.
    private static Simulation Troubled(int seed) => new(Outlines.Random(new Random(seed)), seed, Limits(seed))
    {
        Answer = (attempt, random) => random.Next(8) switch
        {
            0 => Simulation.Failed(attempt, "flaky", FailureClass.Transient, retryable: true),
            1 => Simulation.Failed(attempt, FailureCode.AgentLost, FailureClass.Transient, retryable: true),
            2 => Simulation.Failed(attempt, "malformed", FailureClass.Permanent, retryable: false),
            3 => new ExecutionEvent.AttemptDeferred(attempt.Work, attempt.Attempt, "no_slot", "full", TimeSpan.FromSeconds(1)),
            _ => Simulation.Completed(attempt),
        },
        AnswerChild = (_, random) => random.Next(3) == 0
            ? new RunResult(RunOutcome.Failed, null, new Failure("inner", FailureClass.Business, "inner", Retryable: false), 1)
            : new RunResult(RunOutcome.Completed, RunValue.Null, null, 1),
        FromOutside = random => random.Next(200) == 0 ? new ExecutionEvent.CancelRequested("enough") : null,
    };
}
