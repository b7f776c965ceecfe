using System.Collections.Immutable;
using Dapr.Workflow;
using Dapr.Workflow.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestration.Domain.Execution;
using Orchestration.Domain.Failures;
using Orchestration.Domain.Plans;
using Orchestrator.Activities;
using Orchestrator.Blobs;
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
        await system.Services.GetRequiredService<DaprWorkflowClient>().ScheduleNewWorkflowAsync(ExecutePlanWorkflow.Name, "broken-run", start);
        var result = await system.WaitAsync("broken-run");
        Assert.Equal((RunOutcome.Failed, FailureCode.Internal), (result.Outcome, result.Failure!.Code));
        var events = await system.EventsOfAsync("broken-run");
        Assert.Equal(["run:accepted", "run:failed"], events.Select(happened => happened.Type).Distinct());
        Assert.Equal(2, events[^1].Sequence);
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
        var input = new AttemptInput(run, 0, 0, 1, AttemptTarget.Primary, new Bindings(), 1000, 60_000, 0, ImmutableArray<string>.Empty, null);
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
        Assert.True(await publishing);
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
