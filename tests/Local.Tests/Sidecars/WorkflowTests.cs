using Dapr.DurableTask.Protobuf;

namespace Local.Tests.Sidecars;

public class WorkflowTests
{
    private static readonly TestApp App = new("orchestrator");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Worker_SequenceOfActivities_RunsToCompletion(bool stateful)
    {
        await using var sidecar = await RunningSidecar.StartAsync(App);
        var client = sidecar.Workflows(App);
        await using var worker = new TestWorker(client, stateful) { Workflow = history => Sequence(history, 5) };

        var started = await client.StartInstanceAsync(
            new CreateInstanceRequest { InstanceId = "one", Name = "sequence", Input = "\"in\"" }, cancellationToken: Token);
        var ended = await client.WaitForInstanceCompletionAsync(
            new GetInstanceRequest { InstanceId = "one", GetInputsAndOutputs = true }, cancellationToken: Token);

        Assert.Equal("one", started.InstanceId);
        Assert.Equal(OrchestrationStatus.Completed, ended.WorkflowState.WorkflowStatus);
        Assert.Equal("done 5", ended.WorkflowState.Output);
        Assert.Equal("\"in\"", ended.WorkflowState.Input);
        Assert.Equal(stateful, worker.Turns[^1].Cached > 0);
        Assert.All(worker.Turns.Skip(1), turn => Assert.True(!stateful || turn.Sent <= 3));
    }

    internal static IEnumerable<WorkflowAction> Sequence(IReadOnlyList<HistoryEvent> history, int length)
    {
        var done = history.Count(e => e.TaskCompleted is not null);
        var scheduled = history.Count(e => e.TaskScheduled is not null);
        return done == length ? [TestWorker.Complete($"done {length}")]
            : scheduled == done ? [TestWorker.Task(done, "step", $"\"{done}\"")]
            : [];
    }
}
