using Dapr.DurableTask.Protobuf;
using Xunit;
using static Dapr.Workflow.Tests.WorkflowSimulation;

namespace Dapr.Workflow.Tests;

/// <summary>Lost turns, author errors, and what a turn costs.</summary>
public sealed class WorkflowRobustnessTests
{
    [Fact]
    public async Task KeptExecution_NewTurns_RunsTheCodeOnlyOnce()
    {
        var starts = 0;
        var run = new WorkflowSimulation(Memory.Stateful, f => f.RegisterWorkflow<object?, int>("W", async (context, _) =>
        {
            starts++;
            var sum = 0;
            for (var i = 0; i < 10; i++)
            {
                sum += await context.CallActivityAsync<int>("A");
            }

            return sum;
        }));

        var response = await run.StartAsync("W");
        for (var i = 0; i < 10; i++)
        {
            response = await run.TurnAsync(TaskCompleted(i, "1"));
        }

        Assert.Equal("10", response.Actions[^1].CompleteWorkflow.Result);
        Assert.Equal(1, starts);
        Assert.Equal(0, run.Fetches);
    }

    [Theory]
    [InlineData(Memory.Kept)]
    [InlineData(Memory.Stateful)]
    public async Task KeptExecution_ItsLastAnswerWasLost_ReplaysWhatReallyHappened(Memory memory)
    {
        var run = new WorkflowSimulation(memory, f => f.RegisterWorkflow<object?, string>("W", async (context, _) =>
        {
            var first = await Task.WhenAny(context.CallActivityAsync<string>("A"), context.CallActivityAsync<string>("B"));
            return await first + await context.CallActivityAsync<string>("C");
        }));

        await run.StartAsync("W");
        await run.LoseTurnAsync(TaskCompleted(0, "\"a\""));
        var answer = await run.TurnAsync(TaskCompleted(1, "\"b\""), TaskCompleted(0, "\"a\""));
        Assert.Equal("C", Assert.Single(answer.Actions).ScheduleTask.Name);

        Assert.Equal("\"bc\"", (await run.TurnAsync(TaskCompleted(2, "\"c\""))).Actions[^1].CompleteWorkflow.Result);
    }

    [Fact]
    public async Task CachedHistory_ExecutionForgotten_FetchesTheHistory()
    {
        var run = new WorkflowSimulation(Memory.StatefulAndForgotten, f => f.RegisterWorkflow<object?, string>("W", async (context, _) =>
            await context.CallActivityAsync<string>("A") + await context.CallActivityAsync<string>("B")));

        await run.StartAsync("W");
        await run.TurnAsync(TaskCompleted(0, "\"a\""));
        await run.TurnAsync(TaskCompleted(1, "\"b\""));

        Assert.Equal(1, run.Fetches);
    }

    [Fact]
    public async Task Replay_PastTurns_SaysSo()
    {
        var seen = new List<bool>();
        var run = new WorkflowSimulation(Memory.Replayed, f => f.RegisterWorkflow<object?, int>("W", async (context, _) =>
        {
            seen.Add(context.IsReplaying);
            await context.CallActivityAsync("A");
            seen.Add(context.IsReplaying);
            return 0;
        }));

        await run.StartAsync("W");
        await run.TurnAsync(TaskCompleted(0, ""));

        Assert.Equal([false, true, false], seen);
    }

    [Fact]
    public async Task UnknownWorkflow_Started_FailsAsNotFound()
    {
        var run = new WorkflowSimulation(Memory.Kept, _ => { });

        var ending = Assert.Single((await run.StartAsync("Nothing")).Actions).CompleteWorkflow;

        Assert.Equal((OrchestrationStatus.Failed, "WorkflowNotFound"), (ending.WorkflowStatus, ending.FailureDetails.ErrorType));
    }

    [Fact]
    public async Task Code_DiffersFromHistory_FailsInsteadOfMixingUpAnswers()
    {
        var name = "A";
        var run = new WorkflowSimulation(Memory.Replayed, f => f.RegisterWorkflow<object?, string>("W", (context, _) =>
            context.CallActivityAsync<string>(name)));

        await run.StartAsync("W");
        name = "B";
        var ending = Assert.Single((await run.TurnAsync(TaskCompleted(0, "\"a\""))).Actions).CompleteWorkflow;

        Assert.Equal("NonDeterministicWorkflow", ending.FailureDetails.ErrorType);
    }

    [Fact]
    public async Task Code_AwaitsSomethingOfItsOwn_FailsWithAnExplanation()
    {
        var never = new TaskCompletionSource();
        var run = new WorkflowSimulation(Memory.Kept, f => f.RegisterWorkflow<object?, int>("W", async (_, _) =>
        {
            await never.Task;
            return 0;
        }));

        var ending = Assert.Single((await run.StartAsync("W")).Actions).CompleteWorkflow;

        Assert.Equal("ForeignTaskAwaited", ending.FailureDetails.ErrorType);
    }

    [Fact]
    public async Task Code_LeavesItsContext_StaysOnTheTurn()
    {
        var threads = new HashSet<int>();
        var run = new WorkflowSimulation(Memory.Kept, f => f.RegisterWorkflow<object?, int>("W", async (context, _) =>
        {
            await context.CallActivityAsync<int>("A").ConfigureAwait(false);
            threads.Add(Environment.CurrentManagedThreadId);
            await Task.WhenAll(context.CallActivityAsync<int>("B"), context.CallActivityAsync<int>("C")).ConfigureAwait(false);
            return 1;
        }));

        await run.StartAsync("W");
        await run.TurnAsync(TaskCompleted(0, "1"));
        Assert.Single(threads);

        Assert.Equal("1", (await run.TurnAsync(TaskCompleted(1, "1"), TaskCompleted(2, "1"))).Actions[^1].CompleteWorkflow.Result);
    }

    [Fact]
    public async Task Code_Throws_FailsWithTheException()
    {
        var run = new WorkflowSimulation(Memory.Kept, f => f.RegisterWorkflow<object?, int>("W", (_, _) => throw new OperationCanceledException("no")));

        var failure = Assert.Single((await run.StartAsync("W")).Actions).CompleteWorkflow.FailureDetails;

        Assert.Equal((typeof(OperationCanceledException).FullName, "no", true), (failure.ErrorType, failure.ErrorMessage, failure.IsNonRetriable));
    }

    [Fact]
    public async Task Input_OfAnotherType_FailsTheRun()
    {
        var run = new WorkflowSimulation(Memory.Kept, f => f.RegisterWorkflow<int, int>("W", (_, input) => Task.FromResult(input)));

        var failure = Assert.Single((await run.StartAsync("W", "\"text\"")).Actions).CompleteWorkflow.FailureDetails;

        Assert.Equal("System.Text.Json.JsonException", failure.ErrorType);
    }

    [Fact]
    public async Task DuplicateAnswers_Arrive_AreIgnored()
    {
        var run = new WorkflowSimulation(Memory.Kept, f => f.RegisterWorkflow<object?, string>("W", async (context, _) =>
            await context.CallActivityAsync<string>("A") + await context.CallActivityAsync<string>("B")));

        await run.StartAsync("W");
        await run.TurnAsync(TaskCompleted(0, "\"a\""));
        Assert.Empty((await run.TurnAsync(TaskCompleted(0, "\"again\""), TimerFired(99))).Actions);

        Assert.Equal("\"ab\"", (await run.TurnAsync(TaskCompleted(1, "\"b\""))).Actions[^1].CompleteWorkflow.Result);
    }

    [Fact]
    public void RetryDelay_ManyFailures_StaysBelowTheLongest()
    {
        var policy = new WorkflowRetryPolicy(1000, TimeSpan.FromSeconds(1), 10, TimeSpan.FromMinutes(2));

        Assert.Equal(TimeSpan.FromSeconds(10), global::Dapr.Workflow.Execution.RetryLoop.Delay(policy, 2));
        Assert.Equal(TimeSpan.FromMinutes(2), global::Dapr.Workflow.Execution.RetryLoop.Delay(policy, 900));
    }
}
