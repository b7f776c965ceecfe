using Monitor.Projection;
using Monitor.Storage;
using Orchestration.Contracts;

namespace Monitor.Tests.Projection;

/// <summary>What single events do to the rows (STA-01, API-11).</summary>
public sealed class ProjectedRunTests
{
    private readonly RunStory story = new("r1");
    private readonly ProjectedRun run = new(new RunKey("acme", "r1"), null, [], []);
    private readonly List<RunEvent> applied = [];

    public ProjectedRunTests() => Take(story.Accepted("s", "t"), story.Started());

    private StepRow Step => run.ChangedSteps.Single(step => step.StepId == "s");

    [Fact]
    public void Accepted_Steps_ArePending()
    {
        Assert.Equal((RunState.RunRunning, 2, 0), (run.Run!.State, run.Run.StepsTotal, run.Run.StepsEnded));
        Assert.Equal(StepState.StepPending, Step.State);
    }

    [Fact]
    public void Queued_WithReason_ShowsIt()
    {
        Take(story.Queued("s", 1, "all agents are busy"));

        Assert.Equal((StepState.StepQueued, "all agents are busy"), (Step.State, Step.Message));
        Assert.NotNull(Step.QueuedAt);
    }

    [Fact]
    public void LiveStart_OfTheCurrentAttempt_ShowsTheAgent()
    {
        Take(story.Queued("s", 1, "busy"), story.LiveStarted("s", 1, "app-2"));

        Assert.Equal((StepState.StepRunning, 1, "app-2", ""), (Step.State, Step.Attempts, Step.AppId, Step.Message));
    }

    [Fact]
    public void LiveStart_OvertakesItsQueueing_KeepsRunning()
    {
        var queued = story.Queued("s");
        Take(story.LiveStarted("s"), queued);

        Assert.Equal((StepState.StepRunning, "invoice"), (Step.State, Step.AgentId));
    }

    [Fact]
    public void Queued_AfterTheAgentRefused_IsQueuedAgain()
    {
        Take(story.Queued("s"), story.LiveStarted("s"), story.Queued("s", 1, "the agent is full"));

        Assert.Equal((StepState.StepQueued, "the agent is full"), (Step.State, Step.Message));
    }

    [Fact]
    public void Progress_OutOfOrder_NeverFallsWithinAnAttempt()
    {
        var (early, late) = (story.Progress("s", 20, "page 1"), story.Progress("s", 60, "page 3"));
        Take(late, early);
        Assert.Equal((60, "page 3"), (Step.Percent, Step.Message));

        Take(story.Progress("s", 250), story.Progress("s", double.NaN), story.Progress("s", -3));

        Assert.Equal(100, Step.Percent);
    }

    [Fact]
    public void Progress_OfANewAttempt_StartsAgain()
    {
        Take(story.Progress("s", 60), story.Retrying("s", 1, RunStory.Broken));
        Assert.Equal((StepState.StepQueued, 0, "malformed"), (Step.State, Step.Percent, Step.Failure!.Code));

        Take(story.Progress("s", 10, "again", attempt: 2));

        Assert.Equal((StepState.StepRunning, 10, 2), (Step.State, Step.Percent, Step.Attempts));
    }

    [Fact]
    public void Live_OfAnEarlierAttempt_IsDropped()
    {
        var late = story.Progress("s", 90);
        Take(story.Retrying("s", 1, RunStory.Broken));
        var before = applied.Count;

        Take(late, story.Token("s", "late"));

        Assert.Equal((StepState.StepQueued, 0, before), (Step.State, Step.Percent, applied.Count));
    }

    [Fact]
    public void Retrying_AfterTheNextAttemptWasHeardOf_KeepsIt()
    {
        var retrying = story.Retrying("s", 1, RunStory.Broken);
        Take(story.Progress("s", 30, attempt: 2), retrying);

        Assert.Equal((StepState.StepRunning, 30, 2), (Step.State, Step.Percent, Step.Attempts));
    }

    [Fact]
    public void Live_AfterTheStepHasEnded_IsDropped()
    {
        var late = story.Progress("s", 40);
        Take(story.Completed("s"));
        var before = applied.Count;

        Take(late);

        Assert.Equal((StepState.StepCompleted, 100, before), (Step.State, Step.Percent, applied.Count));
    }

    [Fact]
    public void Live_InsightAndToken_ReachWatchersAndChangeNothing()
    {
        Take(story.Queued("s"), story.LiveStarted("s"));
        var before = Step;

        Take(story.Token("s", "Hello"));

        Assert.Same(before, Step);
        Assert.Equal("Hello", applied[^1].Token.Text);
    }

    [Fact]
    public void Live_OfAnUnknownRun_IsDropped()
    {
        var unknown = new ProjectedRun(new RunKey("acme", "r2"), null, [], []);

        unknown.Take(story.Progress("s", 10), applied.Add);

        Assert.Null(unknown.Run);
        Assert.Equal(2, applied.Count);
    }

    [Fact]
    public void Ended_StepWithDuration_StartedThatLongBefore()
    {
        Take(story.Queued("s"), story.Completed("s"));

        Assert.Equal(TimeSpan.FromMilliseconds(4), Step.EndedAt - Step.StartedAt);
    }

    [Fact]
    public void FellBack_AfterRetries_KeepsWhyAndSaysWhoAnswered()
    {
        Take(story.Queued("s"), story.LiveStarted("s"));
        Take(story.Retrying("s", 1, RunStory.Broken), story.LiveStarted("s", 2), story.FellBack("s", 2, RunStory.Broken));
        Assert.Equal((true, "", "malformed"), (Step.ByFallback, Step.AgentId, Step.Setback!.Code));

        Take(story.Completed("s", 3));

        Assert.Equal((StepState.StepCompleted, 3, "invoice", true), (Step.State, Step.Attempts, Step.AgentId, Step.ByFallback));
        Assert.Equal((null, "malformed", TimeSpan.FromMilliseconds(16)), (
            Step.Failure, Step.Setback!.Code, Step.FirstStartedAt - Step.QueuedAt));
    }

    /// <summary>Live starts may be lost; how long an attempt took is told with its end.</summary>
    [Fact]
    public void FirstStart_NotHeardOf_IsKnownFromTheEnd()
    {
        Take(story.Queued("s"), story.FellBack("s", 1, RunStory.Broken));
        Assert.Equal(TimeSpan.FromMilliseconds(6), Step.FirstStartedAt - Step.QueuedAt);

        Take(story.Queued("t"), story.Completed("t"));
        Assert.Equal(TimeSpan.FromMilliseconds(6),
            run.ChangedSteps.Single(step =>
                step.StepId == "t").FirstStartedAt - run.ChangedSteps.Single(step => step.StepId == "t").QueuedAt);
    }

    /// <summary>An attempt that was given up does not tell how long it took.</summary>
    [Fact]
    public void FirstStart_OfAnAttemptThatWasGivenUp_IsTheOneHeardLive()
    {
        var (queued, live) = (story.Queued("s"), story.LiveStarted("s"));
        Take(queued, live, GivenUp("s"), story.LiveStarted("s", 2), story.Completed("s", 2));

        Assert.Equal(live.Time.ToDateTimeOffset(), Step.FirstStartedAt);
    }

    [Fact]
    public void FirstStart_OfAnAttemptThatWasGivenUpUnheard_IsNotThatOfALaterOne()
    {
        Take(story.Queued("s"), GivenUp("s"), story.LiveStarted("s", 2), story.Retrying("s", 2, RunStory.Broken), story.Completed("s", 3));

        Assert.Null(Step.FirstStartedAt);
    }

    [Fact]
    public void Counters_ItemsOfARepeatedStep_DoNotCount()
    {
        Take(story.ChildStarted("s", "c"), story.Queued("s[0]"), story.Failed("s[0]", 1, RunStory.Broken), story.Completed("s"),
            story.Failed("t", 1, RunStory.Broken));

        Assert.Equal((2, 2, 1), (run.Run!.StepsTotal, run.Run.StepsEnded, run.Run.StepsFailed));
    }

    [Fact]
    public void Step_ThePlanDidNotName_CountsToo()
    {
        Take(story.Queued("surprise"));

        Assert.Equal(3, run.Run!.StepsTotal);
    }

    private RunEvent GivenUp(string step)
    {
        var retrying = story.Retrying(step, 1, RunStory.Broken);
        retrying.StepWaiting.DurationMs = 0;
        return retrying;
    }

    private void Take(params RunEvent[] events)
    {
        foreach (var happened in events)
        {
            run.Take(happened, applied.Add);
        }
    }
}
