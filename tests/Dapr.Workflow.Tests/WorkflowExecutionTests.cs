using Dapr.DurableTask.Protobuf;
using Xunit;
using static Dapr.Workflow.Tests.WorkflowSimulation;
using Action = Dapr.DurableTask.Protobuf.WorkflowAction;

namespace Dapr.Workflow.Tests;

/// <summary>Every scenario gives the same answers however the executor gets at what happened before.</summary>
public sealed class WorkflowExecutionTests
{
    public static TheoryData<Memory> Memories => [.. Enum.GetValues<Memory>()];

    [Theory]
    [MemberData(nameof(Memories))]
    public async Task Activity_Completed_ContinuesWithItsResult(Memory memory)
    {
        var run = new WorkflowSimulation(memory, f => f.RegisterWorkflow<string, string>("W", async (context, input) =>
            await context.CallActivityAsync<string>("A", input) + "|" + await context.CallActivityAsync<string>("B")));

        var first = await run.StartAsync("w", "\"in\"");
        var scheduled = Assert.Single(first.Actions);
        Assert.Equal(0, scheduled.Id);
        Assert.Equal("A", scheduled.ScheduleTask.Name);
        Assert.Equal("\"in\"", scheduled.ScheduleTask.Input);
        Assert.Equal(32, scheduled.ScheduleTask.TaskExecutionId.Length);
        Assert.Equal("token", first.CompletionToken);

        var second = Assert.Single((await run.TurnAsync(TaskCompleted(0, "\"a\""))).Actions);
        Assert.Equal((1, "B", ""), (second.Id, second.ScheduleTask.Name, second.ScheduleTask.Input));

        var last = Assert.Single((await run.TurnAsync(TaskCompleted(1, "\"b\""))).Actions);
        Assert.Equal(0, last.Id);
        Assert.Equal(OrchestrationStatus.Completed, last.CompleteWorkflow.WorkflowStatus);
        Assert.Equal("\"a|b\"", last.CompleteWorkflow.Result);
    }

    [Theory]
    [MemberData(nameof(Memories))]
    public async Task FanOut_AnswersInAnyOrder_CollectsInCallOrder(Memory memory)
    {
        var run = new WorkflowSimulation(memory, f => f.RegisterWorkflow<object?, int[]>("W", (context, _) =>
            context.ProcessInParallelAsync(Enumerable.Range(0, 5), i => context.CallActivityAsync<int>("Square", i), maxConcurrency: 2)));

        var open = (await run.StartAsync("W")).Actions.ToDictionary(a => a.Id, a => int.Parse(a.ScheduleTask.Input));
        Assert.Equal([0, 1], open.Keys);
        WorkflowResponse response;
        do
        {
            var (id, input) = open.Last();
            open.Remove(id);
            response = await run.TurnAsync(TaskCompleted(id, $"{input * input}"));
            foreach (var action in response.Actions.Where(a => a.ScheduleTask is not null))
            {
                open.Add(action.Id, int.Parse(action.ScheduleTask.Input));
            }
        }
        while (response.Actions is not [.., { CompleteWorkflow: not null }]);

        Assert.Equal("[0,1,4,9,16]", response.Actions[^1].CompleteWorkflow.Result);
    }

    [Theory]
    [MemberData(nameof(Memories))]
    public async Task Timer_Fired_ContinuesAtTheTimeOfItsTurn(Memory memory)
    {
        var run = new WorkflowSimulation(memory, f => f.RegisterWorkflow<object?, DateTime>("W", async (context, _) =>
        {
            await context.CreateTimer(TimeSpan.FromMinutes(5));
            return context.CurrentUtcDateTime;
        }));

        var timer = Assert.Single((await run.StartAsync("W")).Actions).CreateTimer;
        Assert.Equal(Start.AddMinutes(5), timer.FireAt.ToDateTime());
        Assert.NotNull(timer.CreateTimer);
        var fired = run.NextTurn;

        Assert.Equal($"\"{fired:yyyy-MM-ddTHH:mm:ssZ}\"", Ending(await run.TurnAsync(TimerFired(0))).Result);
    }

    [Theory]
    [MemberData(nameof(Memories))]
    public async Task ExternalEvents_RaisedEarlyAndInOtherCase_AreKeptInOrder(Memory memory)
    {
        var run = new WorkflowSimulation(memory, f => f.RegisterWorkflow<object?, string>("W", async (context, _) =>
        {
            await context.CallActivityAsync("A");
            return await context.WaitForExternalEventAsync<string>("Go") + await context.WaitForExternalEventAsync<string>("go");
        }));

        await run.StartAsync("W");
        Assert.Empty((await run.TurnAsync(EventRaised("gO", "\"1\""))).Actions);
        Assert.Empty((await run.TurnAsync(TaskCompleted(0, ""))).Actions);

        Assert.Equal("\"12\"", Ending(await run.TurnAsync(EventRaised("GO", "\"2\""))).Result);
    }

    [Theory]
    [MemberData(nameof(Memories))]
    public async Task ExternalEvent_TimeoutFirst_ThrowsAndLeavesTheEvent(Memory memory)
    {
        var run = new WorkflowSimulation(memory, f => f.RegisterWorkflow<object?, string>("W", async (context, _) =>
        {
            try
            {
                return await context.WaitForExternalEventAsync<string>("Go", TimeSpan.FromSeconds(9));
            }
            catch (TaskCanceledException)
            {
                return "late " + await context.WaitForExternalEventAsync<string>("Go");
            }
        }));

        var timer = Assert.Single((await run.StartAsync("W")).Actions).CreateTimer;
        Assert.Equal("Go", timer.ExternalEvent.Name);
        Assert.Equal(Start.AddSeconds(9), timer.FireAt.ToDateTime());
        Assert.Empty((await run.TurnAsync(TimerFired(0))).Actions);

        Assert.Equal("\"late x\"", Ending(await run.TurnAsync(EventRaised("Go", "\"x\""))).Result);
    }

    [Theory]
    [MemberData(nameof(Memories))]
    public async Task ExternalEvent_EventFirst_IgnoresTheTimer(Memory memory)
    {
        var run = new WorkflowSimulation(memory, f => f.RegisterWorkflow<object?, string>("W", async (context, _) =>
        {
            var answer = await context.WaitForExternalEventAsync<string>("Go", TimeSpan.FromSeconds(9));
            await context.CallActivityAsync("A");
            return answer;
        }));

        await run.StartAsync("W");
        await run.TurnAsync(EventRaised("Go", "\"x\""));
        Assert.Empty((await run.TurnAsync(TimerFired(0))).Actions);

        Assert.Equal("\"x\"", Ending(await run.TurnAsync(TaskCompleted(1, ""))).Result);
    }

    [Theory]
    [MemberData(nameof(Memories))]
    public async Task Retry_FailsTwice_WaitsLongerAndUsesNewIds(Memory memory)
    {
        var policy = new WorkflowRetryPolicy(3, TimeSpan.FromSeconds(10), 3);
        var run = new WorkflowSimulation(memory, f => f.RegisterWorkflow<object?, string>("W", (context, _) =>
            context.CallActivityAsync<string>("A", null, new WorkflowTaskOptions(policy))));

        var first = Assert.Single((await run.StartAsync("W")).Actions).ScheduleTask.TaskExecutionId;
        var failedAt = run.NextTurn;
        var timer = Assert.Single((await run.TurnAsync(TaskFailed(0))).Actions);
        Assert.Equal((1, first), (timer.Id, timer.CreateTimer.ActivityRetry.TaskExecutionId));
        Assert.Equal(failedAt.AddSeconds(10), timer.CreateTimer.FireAt.ToDateTime());
        var second = Assert.Single((await run.TurnAsync(TimerFired(1))).Actions);
        Assert.Equal(2, second.Id);
        Assert.NotEqual(first, second.ScheduleTask.TaskExecutionId);
        failedAt = run.NextTurn;
        timer = Assert.Single((await run.TurnAsync(TaskFailed(2))).Actions);
        Assert.Equal(failedAt.AddSeconds(30), timer.CreateTimer.FireAt.ToDateTime());
        Assert.Equal(first, timer.CreateTimer.ActivityRetry.TaskExecutionId);
        await run.TurnAsync(TimerFired(3));

        var failure = Ending(await run.TurnAsync(TaskFailed(4, message: "third"))).FailureDetails;
        Assert.Equal(typeof(WorkflowTaskFailedException).FullName, failure.ErrorType);
        Assert.True(failure.IsNonRetriable);
        Assert.Equal("third", failure.InnerFailure.ErrorMessage);
    }

    [Theory]
    [MemberData(nameof(Memories))]
    public async Task ActivityFailure_Caught_TellsTypeAndMessage(Memory memory)
    {
        var run = new WorkflowSimulation(memory, f => f.RegisterWorkflow<object?, string>("W", async (context, _) =>
        {
            try
            {
                return await context.CallActivityAsync<string>("A");
            }
            catch (WorkflowTaskFailedException e)
            {
                return $"{e.FailureDetails.IsCausedBy<SystemException>()} {e.FailureDetails.ErrorMessage}";
            }
        }));

        await run.StartAsync("W");

        Assert.Equal("\"True broken\"", Ending(await run.TurnAsync(TaskFailed(0))).Result);
    }

    [Theory]
    [MemberData(nameof(Memories))]
    public async Task Children_OneGivenAndOneMadeId_AnswerAndFail(Memory memory)
    {
        var run = new WorkflowSimulation(memory, f => f.RegisterWorkflow<object?, string>("W", async (context, _) =>
        {
            var given = context.CallChildWorkflowAsync<string>("C", 1, new ChildWorkflowTaskOptions("child-1"));
            var made = context.CallChildWorkflowAsync<string>("C", 2);
            try
            {
                await made;
            }
            catch (WorkflowTaskFailedException e)
            {
                return await given + e.FailureDetails.ErrorType;
            }

            return "";
        }));

        var actions = (await run.StartAsync("W")).Actions;
        Assert.Equal("child-1", actions[0].CreateChildWorkflow.InstanceId);
        Assert.Equal("5d0cc9ff-1d7f-5365-bd3a-1ef82c54aff0", actions[1].CreateChildWorkflow.InstanceId);
        await run.TurnAsync(ChildCompleted(0, "\"ok \""));

        Assert.Equal("\"ok Boom\"", Ending(await run.TurnAsync(ChildFailed(1))).Result);
    }

    [Theory]
    [MemberData(nameof(Memories))]
    public async Task ContinueAsNew_UnclaimedEvents_AreCarriedOver(Memory memory)
    {
        var run = new WorkflowSimulation(memory, f => f.RegisterWorkflow<int, int>("W", async (context, input) =>
        {
            await context.CallActivityAsync("A");
            context.ContinueAsNew(input + 1);
            return 0;
        }));

        await run.StartAsync("W", "7");
        await run.TurnAsync(EventRaised("Later", "\"x\""));

        var action = Assert.Single((await run.TurnAsync(TaskCompleted(0, ""))).Actions);
        Assert.Equal((1, OrchestrationStatus.ContinuedAsNew, "8"), (action.Id, action.CompleteWorkflow.WorkflowStatus, action.CompleteWorkflow.Result));
        Assert.Equal("Later", Assert.Single(action.CompleteWorkflow.CarryoverEvents).EventRaised.Name);
    }

    [Theory]
    [MemberData(nameof(Memories))]
    public async Task Suspended_EventsArrive_AreActedOnAfterResume(Memory memory)
    {
        var run = new WorkflowSimulation(memory, f => f.RegisterWorkflow<object?, string>("W", async (context, _) =>
            await context.CallActivityAsync<string>("A") + await context.CallActivityAsync<string>("B")));

        await run.StartAsync("W");
        Assert.Empty((await run.TurnAsync(Suspended())).Actions);
        Assert.Empty((await run.TurnAsync(TaskCompleted(0, "\"a\""))).Actions);
        Assert.Equal("B", Assert.Single((await run.TurnAsync(Resumed())).Actions).ScheduleTask.Name);

        Assert.Equal("\"ab\"", Ending(await run.TurnAsync(TaskCompleted(1, "\"b\""))).Result);
    }

    [Theory]
    [MemberData(nameof(Memories))]
    public async Task Suspended_InTheTurnOfAnAnswer_HoldsItsActionsBack(Memory memory)
    {
        var run = new WorkflowSimulation(memory, f => f.RegisterWorkflow<object?, string>("W", async (context, _) =>
            await context.CallActivityAsync<string>("A") + await context.CallActivityAsync<string>("B")));

        await run.StartAsync("W");
        Assert.Empty((await run.TurnAsync(TaskCompleted(0, "\"a\""), Suspended())).Actions);

        Assert.Equal("B", Assert.Single((await run.TurnAsync(Resumed())).Actions).ScheduleTask.Name);
    }

    [Theory]
    [MemberData(nameof(Memories))]
    public async Task Terminated_AmongOtherEvents_EndsWithItsOutput(Memory memory)
    {
        var run = new WorkflowSimulation(memory, f => f.RegisterWorkflow<object?, string>("W", async (context, _) =>
            await context.CallActivityAsync<string>("A") + await context.CallActivityAsync<string>("B")));

        await run.StartAsync("W");
        await run.TurnAsync(Suspended());
        var ending = Ending(await run.TurnAsync(TaskCompleted(0, "\"a\""), Terminated("\"stop\""), EventRaised("x", "")));

        Assert.Equal((OrchestrationStatus.Terminated, "\"stop\""), (ending.WorkflowStatus, ending.Result));
    }

    [Theory]
    [MemberData(nameof(Memories))]
    public async Task CustomStatusAndPatches_SetOnce_AreToldEveryTurn(Memory memory)
    {
        var run = new WorkflowSimulation(memory, f => f.RegisterWorkflow<object?, bool>("W", async (context, _) =>
        {
            context.SetCustomStatus("started");
            var before = context.IsPatched("p1");
            await context.CallActivityAsync("A");
            return before && context.IsPatched("p1");
        }));

        var first = await run.StartAsync("W");
        Assert.Equal("\"started\"", first.CustomStatus);
        Assert.Equal(["p1"], first.Version.Patches);
        var last = await run.TurnAsync(TaskCompleted(0, ""));

        Assert.Equal("\"started\"", last.CustomStatus);
        Assert.Equal(["p1", "p1"], last.Version.Patches);
        Assert.Equal("true", Ending(last).Result);
    }

    private static CompleteWorkflowAction Ending(WorkflowResponse response)
    {
        var action = Assert.Single(response.Actions);
        Assert.Equal(Action.WorkflowActionTypeOneofCase.CompleteWorkflow, action.WorkflowActionTypeCase);
        return action.CompleteWorkflow;
    }
}
