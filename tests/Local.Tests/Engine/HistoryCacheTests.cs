using DurableEngine;
using DurableEngine.Backends;
using DurableEngine.Backends.Memory;
using DurableEngine.Dispatch;
using DurableEngine.Execution;
using DurableEngine.History;

namespace Local.Tests.Engine;

public sealed class HistoryCacheTests : IDisposable
{
    private const string App = "app";
    private const int Budget = 20_000;

    private readonly ManualClock clock = new();
    private readonly FailingStore store = new();
    private readonly List<string> told = [];

    public void Dispose() => store.Dispose();

    [Fact]
    public void Instances_ManyAndIdle_KeepHistoriesWithinTheBudgetAndAllOfThemOnDisk()
    {
        var core = Open();
        var stream = core.Pool.Connect(App, stateful: true);
        RunMany(core, stream);

        var inMemory = core.Table.Active.Sum(instance => instance.State.HistoryCount - instance.State.OnDiskOnly);
        Assert.Equal(100, core.Table.Active.Count());
        Assert.InRange(inMemory, 1, 60);
        Assert.All(core.Table.Active, instance =>
            Assert.Equal(["WorkflowStarted", "ExecutionStarted"], Names(core.Histories.Read(instance, 0))));

        // So it is after a restart, which has read all of them.
        var again = Open();
        Assert.InRange(again.Table.Active.Sum(instance => instance.State.HistoryCount - instance.State.OnDiskOnly), 0, 60);
    }

    [Fact]
    public void Turn_HistoryIsOnDiskOnly_IsSentWithAllOfIt()
    {
        var core = Open();
        var stream = core.Pool.Connect(App, stateful: false);
        RunMany(core, stream);
        Assert.True(First(core).State.OnDiskOnly > 0);

        var turn = Raise(core, stream);

        Assert.Equal(["WorkflowStarted", "ExecutionStarted"], Names(turn!.PastEvents));
        Assert.Equal(["WorkflowStarted", "EventRaised"], Names(turn.NewEvents));
    }

    [Fact]
    public void Turn_StoreCannotBeReadNow_IsSentALittleLater()
    {
        var core = Open();
        var stream = core.Pool.Connect(App, stateful: false);
        RunMany(core, stream);
        store.Failure = new IOException("the disk does not answer");
        Assert.Null(Raise(core, stream));
        Assert.Equal(["run00: the disk does not answer"], told);
        Assert.Equal(WorkflowStatus.Running, First(core).State.Status);

        store.Failure = null;
        clock.Advance(TimeSpan.FromSeconds(2));
        core.FireTimers();
        Settle(core);

        Assert.Equal(["WorkflowStarted", "ExecutionStarted"], Names(Next(stream)!.PastEvents));
    }

    [Fact]
    public void Turn_HistoryIsDamaged_StallsTheInstanceWithTheReason()
    {
        var core = Open();
        var stream = core.Pool.Connect(App, stateful: false);
        RunMany(core, stream);
        store.Failure = new InvalidDataException("row 3 is cut off");

        Assert.Null(Raise(core, stream));

        Assert.Equal(["run00: row 3 is cut off"], told);
        Assert.Equal((WorkflowStatus.Stalled, "row 3 is cut off"), (First(core).State.Status, First(core).State.Stalled!.Description));

        // Mended by hand: the next worker to come continues it.
        store.Failure = null;
        core.Turns.Disconnect(stream);
        stream = core.Pool.Connect(App, stateful: false);
        core.Turns.RetryStalled(App);
        Assert.Equal(["WorkflowStarted", "EventRaised"], Names(Next(stream)!.NewEvents));
    }

    private EngineCore Open()
    {
        var core = new EngineCore(
            store, clock, Guid.NewGuid().ToString("N"), Budget, (key, error) => told.Add($"{key.Id}: {error.Message}"));
        core.Resume();
        return core;
    }

    /// <summary>A hundred instances of a kilobyte each, waiting for an event.</summary>
    private void RunMany(EngineCore core, WorkerStream stream)
    {
        for (var i = 0; i < 100; i++)
        {
            core.Clients.Start(App, new StartRequest($"run{i:00}", "job", new string('x', 1000)),
                new TaskCompletionSource<InstanceSnapshot>());
            Settle(core);
            var turn = Next(stream)!;
            core.Turns.Complete(App, new TurnResult(turn.InstanceId, turn.Token, [], null), new TaskCompletionSource());
            Settle(core);
        }
    }

    private TurnItem? Raise(EngineCore core, WorkerStream stream)
    {
        core.Clients.Raise(First(core).Key, "go", null, new TaskCompletionSource());
        Settle(core);
        return Next(stream);
    }

    private static Instance First(EngineCore core) => core.Table.FindHot(new InstanceKey(App, "run00"))!;

    private static TurnItem? Next(WorkerStream stream) => stream.Items.TryRead(out var item) ? (TurnItem)item : null;

    private static IEnumerable<string> Names(IEnumerable<HistoryEvent> history) => history.Select(value => value.GetType().Name);

    private void Settle(EngineCore core)
    {
        while (core.Changes.Take() is { } batch)
        {
            store.Commit(batch.Changes);
            core.Changes.MarkDurable(batch.Position);
        }
    }

    private sealed class FailingStore : IInstanceStore
    {
        private readonly MemoryInstanceStore store = new();

        public Exception? Failure { get; set; }

        public void Commit(IReadOnlyList<StoreChange> changes) => store.Commit(changes);

        public long LastNumber() => store.LastNumber();

        public IEnumerable<StoredInstance> LoadActive() => store.LoadActive();

        public StoredInstance? Load(InstanceKey key) => Failure is { } failure ? throw failure : store.Load(key);

        public IReadOnlyList<string> ListIds(string app, string? after, int count) => store.ListIds(app, after, count);

        public void Dispose() => store.Dispose();
    }
}
