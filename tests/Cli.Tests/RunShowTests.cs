using Google.Protobuf.WellKnownTypes;
using Orchestration.Contracts;
using Orchestration.Contracts.Agents;

namespace Cli.Tests;

/// <summary>What a person sees of a run who did not watch it (MON-02).</summary>
public sealed class RunShowTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly Failure Broken = new() { Code = "malformed", FailureClass = FailureClass.Permanent, Message = "no document" };
    private static readonly Failure Away =
        new() { Code = "agent_lost", FailureClass = FailureClass.Transient, Message = "the agent is gone" };

    [Fact]
    public async Task RunShow_RetriesAndFallback_SaysWhoAnsweredAtWhichAttempt()
    {
        await using var system = await SystemStub.StartAsync();
        system.Queries.Run = NewRun(
            Ended("read", step =>
                (step.Attempts, step.AgentId, step.AppId, step.ByFallback, step.Setback) = (3, "reader-2", "app-b", true, Away)),
            Ended("check", step => (step.State, step.Failure, step.AgentId) = (StepState.StepFailed, Broken, "checker")));
        var run = await CommandLine.RunAsync("run", "show", "r1", "--connection", system.ConnectionFile);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("accepted 2026-11-20 12:00:00Z, queued 2.50 s, steps", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"read +completed +3 +reader-2 of app-b \(fallback\) +1\.00 s +4\.00 s +before: agent_lost \(transient\): the agent is gone", run.Output);
        Assert.Matches(@"check +failed +1 +checker +1\.00 s +4\.00 s +malformed \(permanent\): no document", run.Output);
    }

    [Fact]
    public async Task RunShow_ManyItems_CountsThemAndShowsTheFirstThatFailed()
    {
        await using var system = await SystemStub.StartAsync();
        system.Queries.Run = NewRun([
            Ended("read", _ => { }),
            .. Enumerable.Range(0, 100).Select(i => Ended($"read[{i}]", step =>
            {
                step.Attempts = i % 10 == 0 ? 2 : 1;
                (step.State, step.Failure) = i % 4 == 1 ? (StepState.StepFailed, Broken) : (StepState.StepCompleted, null);
                step.ByFallback = i == 2;
            })),
        ]);
        var run = await CommandLine.RunAsync("run", "show", "r1", "--connection", system.ConnectionFile);
        var lines = run.Output.Split('\n');

        Assert.Contains("100 items: 75 completed, 25 failed (10 retried, 1 by fallback)", run.Output, StringComparison.Ordinal);
        Assert.Contains("Failed items of read: 25", run.Output, StringComparison.Ordinal);
        Assert.Equal(10, lines.Count(line => line.EndsWith("malformed (permanent): no document", StringComparison.Ordinal)));
        Assert.Contains("  and 15 more: orchestrate run show r1 --items", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("read[0]", run.Output, StringComparison.Ordinal);

        var all = await CommandLine.RunAsync("run", "show", "r1", "--items", "--connection", system.ConnectionFile);
        Assert.Equal(25, all.Output.Split('\n')
            .Count(line => line.EndsWith("malformed (permanent): no document", StringComparison.Ordinal)));
        Assert.Contains("read[99]", all.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void RunShow_WorkThatWaits_SaysHowLongAndWhy()
    {
        using var text = new StringWriter();
        var run = NewRun(new Step { StepId = "read", State = StepState.StepQueued, QueuedAt = At(10), Message = "no agent is there" });
        (run.RunId, run.State) = ("r1", RunState.RunRunning);
        new Runs.RunView(new Output(text, isJson: false), everyItem: false, Noon.AddSeconds(70)).Write(run);
        Assert.Matches(@"read +queued +60\.00 s so far +no agent is there", text.ToString());

        (run.State, run.StartedAt) = (RunState.RunAccepted, null);
        new Runs.RunView(new Output(text, isJson: false), everyItem: false, Noon.AddSeconds(70)).Write(run);
        Assert.Contains("queued 70.00 s so far", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void RunShow_StartThatNobodyKnows_SaysNothingOfTheQueue()
    {
        using var text = new StringWriter();
        var run = NewRun(Ended("read", step => (step.FirstStartedAt, step.StartedAt) = (null, null)));
        new Runs.RunView(new Output(text, isJson: false), everyItem: false, Noon).Write(run);

        Assert.Matches(@"read +completed +1 *\n", text.ToString());
    }

    private static Run NewRun(params Step[] steps) => new()
    {
        PlanId = "p", PlanVersion =
            "1", State = RunState.RunCompletedWithErrors, AcceptedAt = At(0), StartedAt = At(2.5), EndedAt = At(20), Steps = { steps },
    };

    private static Step Ended(string id, Action<Step> more)
    {
        var step = new Step
            { StepId = id, State = StepState.StepCompleted, Attempts = 1, QueuedAt = At(3), FirstStartedAt = At(4), StartedAt = At(6),
            EndedAt = At(10) };
        more(step);
        return step;
    }

    private static Timestamp At(double seconds) => Timestamp.FromDateTimeOffset(Noon.AddSeconds(seconds));
}
