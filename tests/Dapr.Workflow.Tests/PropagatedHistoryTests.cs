using Dapr.DurableTask.Protobuf;
using Dapr.Workflow.Execution;
using Google.Protobuf;
using Xunit;
using Scope = Dapr.DurableTask.Protobuf.HistoryPropagationScope;

namespace Dapr.Workflow.Tests;

/// <summary>History that goes to other workflows and comes from them, and work for other apps.</summary>
public sealed class PropagatedHistoryTests
{
    [Fact]
    public async Task Tasks_WithScopeAndTarget_CarryThem()
    {
        var run = new WorkflowSimulation(Memory.Kept, f => f.RegisterWorkflow<object?, object?>("W", async (context, _) =>
        {
            Assert.Null(context.GetPropagatedHistory());
            var child = new ChildWorkflowTaskOptions("child").WithHistoryPropagation(HistoryPropagationScope.Lineage);
            var task = new WorkflowTaskOptions(TargetAppId: "other").WithHistoryPropagation(HistoryPropagationScope.OwnHistory);
            await Task.WhenAll(context.CallActivityAsync("A", null, task), context.CallChildWorkflowAsync("C", null, child));
            return null;
        }));

        var actions = (await run.StartAsync("W")).Actions;

        Assert.Equal((Scope.OwnHistory, "other"), (actions[0].ScheduleTask.HistoryPropagationScope, actions[0].Router.TargetAppID));
        Assert.Equal((Scope.Lineage, null), (actions[1].CreateChildWorkflow.HistoryPropagationScope, actions[1].Router?.TargetAppID));
    }

    [Fact]
    public void Chunks_OfCallers_AreReadAndFound()
    {
        var details = new TaskFailureDetails { ErrorType = "T", ErrorMessage = "m" };
        var history = PropagatedHistoryReader.Read(new DurableTask.Protobuf.PropagatedHistory
        {
            Chunks =
            {
                Chunk(
                    "shop",
                    "Order",
                    new HistoryEvent { EventId = 0, TaskScheduled = new TaskScheduledEvent { Name = "Pay", Input = "1" } },
                    new HistoryEvent { EventId = 1, TaskScheduled = new TaskScheduledEvent { Name = "Pay", Input = "2" } },
                    new HistoryEvent { EventId = 2, ChildWorkflowInstanceCreated = new() { Name = "Ship" } },
                    new HistoryEvent { EventId = 3, ChildWorkflowInstanceCreated = new() { Name = "Bill" } },
                    new HistoryEvent { TaskCompleted = new TaskCompletedEvent { TaskScheduledId = 0, Result = "paid" } },
                    new HistoryEvent { TaskFailed = new TaskFailedEvent { TaskScheduledId = 1, FailureDetails = details } },
                    new HistoryEvent { ChildWorkflowInstanceCompleted = new() { TaskScheduledId = 2, Result = "sent" } }),
                Chunk("depot", "Parcel"),
            },
        })!;

        Assert.Equal(["shop", "depot"], history.GetAppIds());
        Assert.Equal("Order", Assert.Single(history.GetByAppId("shop")).Name);
        Assert.Equal("Parcel", Assert.Single(history.GetByInstanceId("Parcel-1")).Name);
        Assert.Single(history.GetEventsByWorkflowName("order"));
        Assert.False(history.TryGetLastWorkflowEventByName("nothing", out _));
        Assert.True(history.TryGetLastWorkflowEventByName("order", out var order));
        Assert.Equal(
            [PropagatedHistoryStatus.Completed, PropagatedHistoryStatus.Failed], order.GetActivitiesByName("pay").Select(a => a.Status));
        Assert.True(order.TryGetLastActivityByName("pay", out var pay));
        Assert.Equal(("2", null, "T"), (pay.Input, pay.Output, pay.FailureDetails!.ErrorType));
        Assert.Equal("sent", Assert.Single(order.GetWorkflowsByName("ship")).Output);
        Assert.True(order.TryGetLastWorkflowByName("bill", out var bill));
        Assert.Equal((PropagatedHistoryStatus.Pending, null), (bill.Status, bill.FailureDetails));
        Assert.Equal(("Order-1", "shop"), (order.InstanceId, order.AppId));
    }

    private static PropagatedHistoryChunk Chunk(string app, string workflow, params HistoryEvent[] events)
    {
        var chunk = new PropagatedHistoryChunk { AppId = app, InstanceId = $"{workflow}-1", WorkflowName = workflow };
        chunk.RawEvents.AddRange(events.Select(e => e.ToByteString()));
        return chunk;
    }
}
