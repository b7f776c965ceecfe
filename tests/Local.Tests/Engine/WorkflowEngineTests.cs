using DurableEngine;
using DurableEngine.Backends;
using DurableEngine.Backends.Memory;
using DurableEngine.Backends.Sqlite;
using DurableEngine.History;

namespace Local.Tests.Engine;

/// <summary>The engine's semantics, on every store.</summary>
public abstract class WorkflowEngineTests : IAsyncLifetime
{
    private readonly ManualClock clock = new();
    private WorkflowEngine engine = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        engine = Open();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        Cleanup();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Start_ReturnsAfterFirstTurn_WithCustomStatus()
    {
        await using var worker = await Worker("wait", _ => Script.Nothing).ConnectAsync();
        worker.CustomStatus = _ => "thinking";

        var started = await engine.StartAsync("app", new StartRequest("i", "wait", "in"), Token);

        Assert.Equal(WorkflowStatus.Running, started.Status);
        Assert.Equal("thinking", started.CustomStatus);
        Assert.Equal("in", started.Input);
    }

    [Fact]
    public async Task Start_ActiveId_IsRefused_FinishedIdIsRecreated()
    {
        await using var worker =
            await Worker("flow", history => history.Has<EventRaised>() ? Script.Complete("done") : Script.Nothing).ConnectAsync();
        var first = await StartAsync("i", "flow");

        var refused = await Assert.ThrowsAsync<RefusedException>(() => StartAsync("i", "flow"));
        await engine.RaiseEventAsync(Key("i"), "go", null, Token);
        await engine.WaitForCompletionAsync(Key("i"), Token);
        var second = await StartAsync("i", "flow");
        var unique = await Assert.ThrowsAsync<RefusedException>(() =>
            engine.StartAsync("app", new StartRequest("i", "flow", null) { Unique = true }, Token));

        Assert.Equal("an active workflow with ID 'i' already exists", refused.Message);
        Assert.NotEqual(first.ExecutionId, second.ExecutionId);
        Assert.Equal(RefusalReason.AlreadyExists, unique.Reason);
    }

    [Fact]
    public async Task Start_Scheduled_AnswersAtOnceAndRunsAtItsTime()
    {
        await using var worker = await Worker("flow", _ => Script.Complete("done")).ConnectAsync();
        var at = Instant.From(clock.GetUtcNow().AddMinutes(5));

        var pending = await engine.StartAsync("app", new StartRequest("i", "flow", null) { ScheduledStart = at }, Token);
        clock.Advance(TimeSpan.FromMinutes(6));
        var ended = await engine.WaitForCompletionAsync(Key("i"), Token);

        Assert.Equal(WorkflowStatus.Pending, pending.Status);
        Assert.Equal(WorkflowStatus.Completed, ended.Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Activities_FanOut_AllResultsComeBack(bool stateful)
    {
        await using var worker = await Worker("fan", history => history.OfType<TaskCompleted>().Count() == 50
            ? Script.Complete("all")
            : history.Unconfirmed([.. Enumerable.Range(0, 50).Select(i => Script.Task(i))])).ConnectAsync(stateful);
        await StartAsync("i", "fan");

        var ended = await engine.WaitForCompletionAsync(Key("i"), Token);
        var history = await engine.GetHistoryAsync(Key("i"), Token);

        Assert.Equal("all", ended.Output);
        Assert.Equal(50, history.OfType<TaskCompleted>().Select(done => done.TaskId).Distinct().Count());
        Assert.All(history.OfType<TaskCompleted>(), done => Assert.Equal($"{done.TaskId}", done.Result));
        Assert.Equal(stateful, worker.Turns[^1].CachedEvents > 0);
    }

    [Fact]
    public async Task Turn_FirstEvent_IsAFreshStartAndTheClockNeverGoesBack()
    {
        await using var worker = await Worker("flow", history => history.OfType<TaskCompleted>().Count() == 3
            ? Script.Complete("x")
            : history.Unconfirmed(Script.Task(history.OfType<TaskCompleted>().Count()))).ConnectAsync();
        await StartAsync("i", "flow");
        await engine.WaitForCompletionAsync(Key("i"), Token);

        var history = await engine.GetHistoryAsync(Key("i"), Token);

        Assert.All(worker.Turns, turn => Assert.IsType<WorkflowStarted>(turn.NewEvents[0]));
        var clocks = history.OfType<WorkflowStarted>().Select(started => started.Timestamp).ToArray();
        Assert.Equal(clocks.Distinct().Order(), clocks);
        Assert.IsType<ExecutionStarted>(history[1]);
        Assert.Equal(-1, history[1].EventId);
        Assert.IsType<ExecutionCompleted>(history[^1]);
    }

    [Fact]
    public async Task Activity_Failure_IsGivenToTheWorkflow()
    {
        await using var worker = await Worker("flow", history => history.OfType<TaskFailed>().FirstOrDefault() is { } failed
            ? [new CompleteWorkflow(9, WorkflowStatus.Failed, null, failed.Failure)]
            : history.Unconfirmed(Script.Task(0))).ConnectAsync();
        worker.Activity = item =>
            new ActivityResult(item.InstanceId, item.Task.EventId, "", null, new FailureDetails("Bad", "no", null, null, false));
        await StartAsync("i", "flow");

        var ended = await engine.WaitForCompletionAsync(Key("i"), Token);

        Assert.Equal(WorkflowStatus.Failed, ended.Status);
        Assert.Equal("Bad", ended.Failure!.ErrorType);
    }

    [Fact]
    public async Task Activity_WorkerLost_RunsOnTheNext()
    {
        var silent = Worker("flow", OneTask);
        silent.Activity = _ => null;
        await silent.ConnectAsync();
        await StartAsync("i", "flow");
        await silent.DisconnectAsync();

        await using var other = await Worker("flow", OneTask).ConnectAsync();
        var ended = await engine.WaitForCompletionAsync(Key("i"), Token);

        Assert.Equal("0", ended.Output);
    }

    [Fact]
    public async Task Activity_AnsweredTwiceOrWithAnOldToken_CountsOnce()
    {
        await using var worker =
            Worker("flow", history => history.Has<EventRaised>() ? OneTask(history) : history.Unconfirmed(Script.Task(0)));
        var token = "";
        worker.Activity = item =>
        {
            token = item.Token;
            return new ActivityResult(item.InstanceId, 0, item.Token, "first", null);
        };
        await worker.ConnectAsync();
        await StartAsync("i", "flow");
        await engine.RaiseEventAsync(Key("i"), "go", null, Token);
        var ended = await engine.WaitForCompletionAsync(Key("i"), Token);
        await engine.CompleteActivityAsync("app", new ActivityResult("i", 0, token, "second", null), Token);
        await engine.CompleteActivityAsync("app", new ActivityResult("i", 0, "", "third", null), Token);

        Assert.Equal("first", ended.Output);
        Assert.Single((await engine.GetHistoryAsync(Key("i"), Token)).OfType<TaskCompleted>());
    }

    [Fact]
    public async Task Timer_FiresAtItsTimeAndLateOnesAfterARestart()
    {
        var due = Instant.From(clock.GetUtcNow().AddHours(1));
        IEnumerable<WorkflowAction> Flow(IReadOnlyList<HistoryEvent> history) => history.Has<TimerFired>()
            ? Script.Complete("rang")
            : history.Unconfirmed(new CreateTimer(0, due, null, new TimerOrigin(TimerOriginKind.Plain, null)));
        var worker = await Worker("flow", Flow).ConnectAsync();
        await StartAsync("i", "flow");
        await worker.DisposeAsync();

        await RestartAsync();
        clock.Advance(TimeSpan.FromHours(2));
        await RestartAsync();
        await using var next = await Worker("flow", Flow).ConnectAsync();
        var ended = await engine.WaitForCompletionAsync(Key("i"), Token);

        Assert.Equal("rang", ended.Output);
        Assert.Equal(due, (await engine.GetHistoryAsync(Key("i"), Token)).OfType<TimerFired>().Single().FireAt);
    }

    [Fact]
    public async Task Restart_InTheMiddle_GoesOnWithWhatWasAcknowledged()
    {
        IEnumerable<WorkflowAction> Flow(IReadOnlyList<HistoryEvent> history) => history.OfType<EventRaised>().Count() == 2
            ? Script.Complete(string.Join(",", history.OfType<EventRaised>().Select(raised => raised.Input)))
            : Script.Nothing;
        var worker = await Worker("flow", Flow).ConnectAsync();
        await StartAsync("i", "flow");
        await worker.DisposeAsync();
        await engine.RaiseEventAsync(Key("i"), "go", "a", Token);
        await RestartAsync();
        await engine.RaiseEventAsync(Key("i"), "go", "b", Token);
        await RestartAsync();

        await using var next = await Worker("flow", Flow).ConnectAsync();

        Assert.Equal("a,b", (await engine.WaitForCompletionAsync(Key("i"), Token)).Output);
    }

    [Theory]
    [InlineData(WorkflowStatus.Completed)]
    [InlineData(WorkflowStatus.Failed)]
    public async Task Child_End_IsToldToTheParent(WorkflowStatus status)
    {
        await using var worker = await Worker("parent", history => history switch
            {
                _ when history.OfType<ChildCompleted>().FirstOrDefault() is { } done => Script.Complete($"ok {done.Result}"),
                _ when history.OfType<ChildFailed>().FirstOrDefault() is { } failed => Script.Complete($"failed {failed.Failure.Message}"),
                _ => history.Unconfirmed(new CreateChild(0, "", "child", null, "in", null)),
            })
            .Add("child", _ =>
                [new CompleteWorkflow(
                    0, status, "out", status == WorkflowStatus.Failed ? new FailureDetails("T", "why", null, null, false) : null)])
            .ConnectAsync();
        await StartAsync("i", "parent");

        var ended = await engine.WaitForCompletionAsync(Key("i"), Token);
        var child = await engine.GetAsync(Key("i:0000"), Token);

        Assert.Equal(status == WorkflowStatus.Completed ? "ok out" : "failed why", ended.Output);
        Assert.Equal("i", child!.Parent!.InstanceId);
    }

    [Fact]
    public async Task Child_IdInUse_FailsTheTaskOfTheParent()
    {
        await using var worker = await Worker("parent", history => history.OfType<ChildFailed>().FirstOrDefault() is { } failed
                ? Script.Complete(failed.Failure.ErrorType)
                : history.Unconfirmed(new CreateChild(0, "taken", "idle", null, null, null)))
            .Add("idle", _ => Script.Nothing).ConnectAsync();
        await StartAsync("taken", "idle");
        await StartAsync("i", "parent");

        Assert.Equal("WorkflowInstanceAlreadyExists", (await engine.WaitForCompletionAsync(Key("i"), Token)).Output);
    }

    [Fact]
    public async Task ContinueAsNew_KeepsEventsAndForgetsHistory()
    {
        await using var worker = await Worker("loop", history =>
        {
            var raised = history.OfType<EventRaised>().ToArray();
            return history.OfType<ExecutionStarted>().Single().Input == "second"
                ? raised.Length == 2 ? Script.Complete(string.Join(",", raised.Select(e => e.Input))) : Script.Nothing
                : raised.Length == 0 ? Script.Nothing
                : [Script.Task(0), new CompleteWorkflow(1, WorkflowStatus.ContinuedAsNew, "second", null) { CarryOver = raised }];
        }).ConnectAsync(stateful: true);
        var first = await StartAsync("i", "loop");
        await engine.RaiseEventAsync(Key("i"), "go", "a", Token);
        await engine.RaiseEventAsync(Key("i"), "go", "b", Token);

        var ended = await engine.WaitForCompletionAsync(Key("i"), Token);
        var history = await engine.GetHistoryAsync(Key("i"), Token);

        Assert.Equal("a,b", ended.Output);
        Assert.NotEqual(first.ExecutionId, ended.ExecutionId);
        Assert.Single(history.OfType<ExecutionStarted>());
        Assert.False(history.Has<TaskScheduled>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ContinueAsNew_AnswerOfTheOldGenerationWithoutToken_CompletesNothing(bool oldFirst)
    {
        var calls = System.Threading.Channels.Channel.CreateUnbounded<DurableEngine.Dispatch.ActivityItem>();
        await using var worker = Worker("loop", history => history.OfType<ExecutionStarted>().Single().Input == "second" ? OneTask(history)
            : history.Has<EventRaised>() ? [new CompleteWorkflow(1, WorkflowStatus.ContinuedAsNew, "second", null)]
            : history.Unconfirmed(Script.Task(0)));
        worker.Activity = item =>
        {
            calls.Writer.TryWrite(item);
            return null;
        };
        await worker.ConnectAsync();
        await StartAsync("i", "loop");
        await calls.Reader.ReadAsync(Token);
        await engine.RaiseEventAsync(Key("i"), "go", null, Token);
        await calls.Reader.ReadAsync(Token);

        await AnswerAsync(oldFirst ? "old" : "new");
        await AnswerAsync(oldFirst ? "new" : "old");
        await calls.Reader.ReadAsync(Token).AsTask().WaitAsync(TimeSpan.FromMinutes(5), Token);
        await AnswerAsync("again");

        Assert.Equal("again", (await engine.WaitForCompletionAsync(Key("i"), Token)).Output);

        Task AnswerAsync(string result) => engine.CompleteActivityAsync("app", new ActivityResult("i", 0, "", result, null), Token);
    }

    [Fact]
    public async Task Terminate_Recursive_EndsChildrenToo()
    {
        await using var worker = await Worker("parent", history => history.Unconfirmed(new CreateChild(0, "kid", "idle", null, null, null)))
            .Add("idle", _ => Script.Nothing).ConnectAsync();
        await StartAsync("i", "parent");
        await engine.WaitForStartAsync(Key("kid"), Token);

        var ended = await engine.TerminateAsync(Key("i"), "enough", true, Token);
        var child = await engine.WaitForCompletionAsync(Key("kid"), Token);

        Assert.Equal((WorkflowStatus.Terminated, "enough"), (ended.Status, ended.Output));
        Assert.Equal(WorkflowStatus.Terminated, child.Status);
    }

    [Fact]
    public async Task Suspend_HoldsEventsUntilResume()
    {
        await using var worker =
            await Worker("flow", history => history.Has<EventRaised>() && !IsSuspended(history) ? Script.Complete("go") : Script.Nothing)
            .ConnectAsync();
        await StartAsync("i", "flow");
        var suspended = await engine.SuspendAsync(Key("i"), "wait", Token);
        await engine.RaiseEventAsync(Key("i"), "go", null, Token);
        var before = await engine.GetAsync(Key("i"), Token);
        await engine.ResumeAsync(Key("i"), null, Token);

        Assert.Equal(WorkflowStatus.Suspended, suspended.Status);
        Assert.Equal(WorkflowStatus.Suspended, before!.Status);
        Assert.Equal("go", (await engine.WaitForCompletionAsync(Key("i"), Token)).Output);
    }

    [Fact]
    public async Task Purge_OnlyWhatHasEnded_ChildrenWhenAsked()
    {
        await using var worker = await Worker("parent", history => history.Has<ChildCompleted>()
                ? Script.Complete("x")
                : history.Unconfirmed(new CreateChild(0, "kid", "leaf", null, null, null)))
            .Add("leaf", _ => Script.Complete("y")).Add("idle", _ => Script.Nothing).ConnectAsync();
        await StartAsync("i", "parent");
        await StartAsync("busy", "idle");
        await engine.WaitForCompletionAsync(Key("i"), Token);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => engine.PurgeAsync(Key("busy"), false, false, Token));
        var unknown = await Assert.ThrowsAsync<RefusedException>(() => engine.PurgeAsync(Key("nobody"), false, false, Token));
        var purged = await engine.PurgeAsync(Key("i"), true, false, Token);
        var forced = await engine.PurgeAsync(Key("busy"), false, true, Token);

        Assert.Equal(RefusalReason.NotTerminal, refused.Reason);
        Assert.Equal(RefusalReason.NotFound, unknown.Reason);
        Assert.Equal((2, 1), (purged, forced));
        Assert.Empty(engine.ListIds("app", null, 10));
        Assert.Null(await engine.GetAsync(Key("i"), Token));
    }

    [Fact]
    public async Task Stall_VersionNotAvailable_EndsWithAWorkerThatHasIt()
    {
        var old = await Worker("flow", history => history.Has<EventRaised>() ? [new VersionNotAvailable(0)] : Script.Nothing)
            .ConnectAsync();
        await StartAsync("i", "flow");
        await engine.RaiseEventAsync(Key("i"), "go", null, Token);
        await engine.SuspendedOrStalledAsync(Key("i"), Token);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => engine.RaiseEventAsync(Key("i"), "go", null, Token));
        await old.DisposeAsync();

        await using var next =
            await Worker("flow", history => history.Has<EventRaised>() ? Script.Complete("new") : Script.Nothing).ConnectAsync();

        Assert.Equal(RefusalReason.Stalled, refused.Reason);
        Assert.Equal("new", (await engine.WaitForCompletionAsync(Key("i"), Token)).Output);
    }

    [Fact]
    public async Task Start_FirstTurnStalls_AnswersThatItIsStalled()
    {
        var old = await Worker("flow", _ => [new VersionNotAvailable(0)]).ConnectAsync();
        var stalled = await StartAsync("i", "flow").WaitAsync(TimeSpan.FromMinutes(5), Token);
        await old.DisposeAsync();
        await RestartAsync();
        var kept = await engine.GetAsync(Key("i"), Token);

        await using var next = await Worker("flow", _ => Script.Complete("new")).ConnectAsync();

        Assert.Equal((WorkflowStatus.Stalled, WorkflowStatus.Stalled), (stalled.Status, kept!.Status));
        Assert.Equal("new", (await engine.WaitForCompletionAsync(Key("i"), Token)).Output);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Terminate_StalledInstance_EndsWithoutAWorker(bool connected)
    {
        await using var worker =
            await Worker("flow", history => history.Has<EventRaised>() ? [new VersionNotAvailable(0)] : Script.Nothing).ConnectAsync();
        await StartAsync("i", "flow");
        await engine.RaiseEventAsync(Key("i"), "go", null, Token);
        await engine.SuspendedOrStalledAsync(Key("i"), Token);
        if (!connected)
        {
            await worker.DisconnectAsync();
        }

        var waiting = engine.WaitForCompletionAsync(Key("i"), Token);
        var ended = await engine.TerminateAsync(Key("i"), "enough", true, Token).WaitAsync(TimeSpan.FromMinutes(5), Token);
        var seen = await waiting;
        await worker.DisconnectAsync();
        await RestartAsync();
        var kept = await engine.GetAsync(Key("i"), Token);

        Assert.Equal((WorkflowStatus.Terminated, "enough"), (ended.Status, ended.Output));
        Assert.Equal(WorkflowStatus.Terminated, seen.Status);
        Assert.Equal((WorkflowStatus.Terminated, "enough"), (kept!.Status, kept.Output));
    }

    [Fact]
    public async Task Apps_ShareNothingButWhatIsRouted()
    {
        await using var worker = await Worker("flow", history => history.OfType<TaskCompleted>().FirstOrDefault() is { } done
            ? Script.Complete(done.Result!)
            : history.Unconfirmed(Script.Task(0, "there", new TaskRouter("app", "other")))).ConnectAsync();
        await using var other = new ScriptedWorker(engine, "other")
        {
            Activity = item => new ActivityResult(item.InstanceId, item.Task.EventId, item.Token, "from other", null),
        };
        await other.ConnectAsync();
        await StartAsync("i", "flow");

        Assert.Equal("from other", (await engine.WaitForCompletionAsync(Key("i"), Token)).Output);
        Assert.Null(await engine.GetAsync(new InstanceKey("other", "i"), Token));
    }

    protected abstract IInstanceStore OpenStore();

    protected virtual void Cleanup()
    {
    }

    private static InstanceKey Key(string id) => new("app", id);

    private static IEnumerable<WorkflowAction> OneTask(IReadOnlyList<HistoryEvent> history) =>
        history.OfType<TaskCompleted>().FirstOrDefault() is { } done ? Script.Complete(done.Result!) : history.Unconfirmed(Script.Task(0));

    private static bool IsSuspended(IReadOnlyList<HistoryEvent> history) =>
        history.LastOrDefault(value => value is ExecutionSuspended or ExecutionResumed) is ExecutionSuspended;

    protected virtual long HistoryBudget => WorkflowEngine.HistoryBudget;

    private WorkflowEngine Open() => new(OpenStore(), clock, error => throw error, (_, error) => throw error, HistoryBudget);

    private async Task RestartAsync()
    {
        await engine.DisposeAsync();
        engine = Open();
    }

    private ScriptedWorker Worker(string name, Func<IReadOnlyList<HistoryEvent>, IEnumerable<WorkflowAction>> workflow) =>
        new ScriptedWorker(engine).Add(name, workflow);

    private Task<InstanceSnapshot> StartAsync(string id, string name) => engine.StartAsync("app", new StartRequest(id, name, null), Token);
}

internal static class EngineWaits
{
    /// <summary>Reads until the instance has come to a halt.</summary>
    public static async Task SuspendedOrStalledAsync(this WorkflowEngine engine, InstanceKey key, CancellationToken cancellationToken)
    {
        while ((await engine.GetAsync(key, cancellationToken))!.Status is not (WorkflowStatus.Suspended or WorkflowStatus.Stalled))
        {
            await Task.Yield();
        }
    }
}

public sealed class MemoryWorkflowEngineTests : WorkflowEngineTests
{
    // Disposing it does nothing: what it holds survives the engine.
    private readonly MemoryInstanceStore store = new();

    protected override IInstanceStore OpenStore() => store;
}

public class SqliteWorkflowEngineTests : WorkflowEngineTests
{
    private readonly string folder = Directory.CreateTempSubdirectory("engine-test-").FullName;

    protected override IInstanceStore OpenStore() => new SqliteInstanceStore(Path.Combine(folder, "workflows.db"));

    protected override void Cleanup() => Directory.Delete(folder, recursive: true);
}

/// <summary>As above, but no history stays in memory that is on disk and not in use.</summary>
public sealed class SmallMemoryWorkflowEngineTests : SqliteWorkflowEngineTests
{
    protected override long HistoryBudget => 0;
}
