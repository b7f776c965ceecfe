using System.Collections.Immutable;
using System.Text.Json;
using Dapr.Workflow;
using Dapr.Workflow.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestration.Domain.Execution;
using Orchestration.Domain.Failures;
using Orchestration.Domain.Planning;
using Orchestration.Domain.Plans;
using Orchestrator.Activities;
using Orchestrator.Blobs;
using Orchestrator.Dispatch;
using Orchestrator.Workflows;

namespace Orchestrator.Tests.Workflows;

/// <summary>What becomes of a run when the engine itself, or what it stands on, is broken.</summary>
public class EngineTroubleTests
{
    private const string Text = "{ id: p, steps: [ { id: a, agent: test, action: echo } ] }";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Workflow_Bug_EndsTheRunWithItsLastEvent(bool evicts)
    {
        await using var system = await RunningOrchestrator.StartAsync(evicts, Answers.Echo);
        var plan = PlanReader.Read(Text).Plan!;
        var outline = OutlineBuilder.Build(plan);
        outline = outline with { Steps = [outline.Steps[0] with { After = [99] }] };
        var run = await RunOf(system, plan);
        var start = new RunStart(run, outline, RunValue.Null, RunLimits.Default, null, "tester", null);
        await system.Services.GetRequiredService<DaprWorkflowClient>()
            .ScheduleNewWorkflowAsync(ExecutePlanWorkflow.Name, "broken-run", start);
        var result = await system.WaitAsync("broken-run");
        Assert.Equal((RunOutcome.Failed, FailureCode.Internal), (result.Outcome, result.Failure!.Code));
        var events = await system.EventsOfAsync("broken-run");
        Assert.Equal(["run:accepted", "run:failed"], events.Select(happened => happened.Type).Distinct());
        Assert.Equal(2, events[^1].Sequence);
    }

    [Fact]
    public async Task Workflow_BugInALaterHistory_EndsTheRunWithTheNextNumber()
    {
        await using var system = await RunningOrchestrator.StartAsync(false, Answers.Echo);
        var plan = PlanReader.Read(Text).Plan!;
        var outline = OutlineBuilder.Build(plan);
        outline = outline with { Steps = [outline.Steps[0] with { After = [99] }] };
        var run = await RunOf(system, plan);
        var ticks = DateTimeOffset.FromUnixTimeMilliseconds(run.StartedMs).UtcTicks;
        var snapshot = new RunSnapshot(ticks, ticks, 41, 3, 10, false, [], [], [], [], []);
        var start = new RunStart(run, outline, RunValue.Null, RunLimits.Default, null, "tester", null, Resume: snapshot);
        await system.Services.GetRequiredService<DaprWorkflowClient>()
            .ScheduleNewWorkflowAsync(ExecutePlanWorkflow.Name, "broken-later", start);
        Assert.Equal(RunOutcome.Failed, (await system.WaitAsync("broken-later")).Outcome);
        var last = Assert.Single(await system.EventsOfAsync("broken-later"));
        Assert.Equal(("run:failed", 42), (last.Type, last.Sequence));
    }

    [Fact]
    public async Task PackOutputs_FailsForGood_ReturnsTheOutputsAsTheyWere()
    {
        await using var system = await RunningOrchestrator.StartAsync(false, Answers.Echo);
        var run = await RunOf(system, PlanReader.Read(Text).Plan!) with { Root = "no name of a collection" };
        var values = new RunValue.List([RunValue.Of(JsonSerializer.SerializeToElement(new string('x', 1000)))]);
        var activity = ActivatorUtilities.CreateInstance<PackOutputs>(system.Services);
        var output = await activity.RunAsync(new Call(), new PackInput(run, [new PackedRange(0, 3, 1, values)]));
        Assert.Same(values, Assert.Single(output.Ranges).Values);
    }

    [Fact]
    public async Task FinishRun_ItsEventsAreLost_ReturnsWhatItMade()
    {
        await using var system = await RunningOrchestrator.StartAsync(false, Answers.Echo);
        var run = await RunOf(system, PlanReader.Read(Text).Plan!);
        var made = RunValue.Of(JsonSerializer.SerializeToElement(42));
        var lost = new RunValue.Blob(new string('A', 43), 5);
        var activity = ActivatorUtilities.CreateInstance<FinishRun>(system.Services);
        var output = await activity.RunAsync(
            new Call(), new FinishInput(
                run, new RunResult(RunOutcome.Completed, made, null, 1), null, 100, 9, new FactBatch(1, []), 0, lost));
        Assert.Equal((made, null), (output.Output, output.Failure));
    }

    [Fact]
    public async Task EvaluateExpression_Bug_IsAFailureAndNotRepeated()
    {
        await using var system = await RunningOrchestrator.StartAsync(false, Answers.Echo);
        var run = await RunOf(system, PlanReader.Read(Text).Plan!);
        var activity = new EvaluateExpression(system.Services.GetRequiredService<RunMaterial>(), NullLogger<EvaluateExpression>.Instance);
        var entry = await activity.RunAsync(new Call(), new EntryInput(run, 99, new Bindings(), 1000, 0));
        Assert.Equal(FailureCode.Internal, entry.Failure!.Code);
    }

    [Fact]
    public async Task Attempt_StateAwayAfterTheAnswer_IsSpentWithItsReport()
    {
        RunningOrchestrator? running = null;
        await using var system = await RunningOrchestrator.StartAsync(false, async (_, _) =>
        {
            await running!.StopSidecarAsync();
            return Answers.Of(new string('y', 9000));
        });
        running = system;
        var run = await RunOf(system, PlanReader.Read(Text).Plan!);
        var input = new AttemptInput(
            run, 0, 0, 1, AttemptTarget.Primary, new Bindings(), 1000, 60_000, 0, ImmutableArray<string>.Empty, null);
        var activity = ActivatorUtilities.CreateInstance<InvokeAgent>(system.Services);
        var output = await activity.RunAsync(new Call(), input);
        Assert.Equal((FailureCode.Unavailable, true), (output.Failure!.Code, output.Failure.Retryable));
        Assert.Equal("test", output.Report!.AgentId);
    }

    [Fact]
    public async Task Publish_BrokerAwayForAMoment_IsRepeatedWithinTheActivity()
    {
        await using var system = await RunningOrchestrator.StartAsync(false, Answers.Echo);
        var run = await RunOf(system, PlanReader.Read(Text).Plan!);
        await system.StopSidecarAsync();
        var activity = ActivatorUtilities.CreateInstance<PublishEvents>(system.Services);
        var publishing = activity.RunAsync(new Call(), new PublishInput(run, new FactBatch(1, [new RunFact(1, 0, FactType.RunStarted)])));
        await system.StartSidecarAsync();
        Assert.Null((await publishing).Kept);
    }

    [Fact]
    public async Task Publish_BrokerRefuses_FactsAreLeftBehindAndPublishedFromThere()
    {
        await using var system = await RunningOrchestrator.StartWithoutBrokerAsync(false, Answers.Echo);
        var run = await RunOf(system, PlanReader.Read(Text).Plan!);
        var facts = new FactBatch(3, [.. Enumerable.Range(1, 20).Select(n => new RunFact(n, 0, FactType.StepQueued, 1))]);
        var activity = ActivatorUtilities.CreateInstance<PublishEvents>(system.Services);
        var input = new PublishInput(run, facts);
        var refused = await activity.RunAsync(new Call(), input);
        Assert.IsType<RunValue.Blob>(refused.Kept);
        Assert.Equal(refused, await activity.RunAsync(new Call(), input.Later(refused.Kept)));
        await system.AddBrokerAsync();
        Assert.Null((await activity.RunAsync(new Call(), input.Later(refused.Kept))).Kept);
        await system.WhenAsync(events => events.Count(happened => happened.RunId == "run-1") == 20);
    }

    [Fact]
    public async Task StopWork_ChildThatCannotBeTold_DoesNotKeepTheOthersFromIt()
    {
        var started = new TaskCompletionSource();
        await using var system = await RunningOrchestrator.StartAsync(false, async (_, stop) =>
        {
            started.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, stop);
            return Answers.Of(null);
        });
        var child = await system.SubmitAsync(Text);
        await started.Task.WaitAsync(Token);
        var activity = ActivatorUtilities.CreateInstance<StopWork>(system.Services);
        Assert.True(await activity.RunAsync(new Call(), new StopInput(["", "nobody", child], WholeRun: false)));
        system.Services.GetRequiredService<LiveAttempts>().Cancel(child);
        Assert.Equal(RunOutcome.Cancelled, (await system.WaitAsync(child)).Outcome);
    }

    [Fact]
    public async Task Workflow_RulesOfANewerOrchestrator_AreNotGuessed()
    {
        await using var system = await RunningOrchestrator.StartAsync(false, Answers.Echo);
        var plan = PlanReader.Read(Text).Plan!;
        var start = new RunStart(
            await RunOf(system, plan), OutlineBuilder.Build(plan), RunValue.Null, RunLimits.Default, null, "tester", null, ExecutionPlan.CurrentSchedulerVersion + 1);
        await system.Services.GetRequiredService<DaprWorkflowClient>()
            .ScheduleNewWorkflowAsync(ExecutePlanWorkflow.Name, "newer-run", start);
        var result = await system.WaitAsync("newer-run");
        Assert.Equal((RunOutcome.Failed, FailureCode.FailedPrecondition), (result.Outcome, result.Failure!.Code));
        Assert.DoesNotContain("step:queued", (await system.EventsOfAsync("newer-run")).Select(happened => happened.Type));
    }

    private static async Task<RunRef> RunOf(RunningOrchestrator system, Plan plan) =>
        new("acme", null, await system.Services.GetRequiredService<PlanStore>().KeepAsync("acme", plan, Token), null, 0, 1_700_000_000_000);

    private sealed class Call : WorkflowActivityContext
    {
        public override TaskIdentifier Identifier => new("activity");

        public override string TaskExecutionKey => "key";

        public override string InstanceId => "run-1";
    }
}
