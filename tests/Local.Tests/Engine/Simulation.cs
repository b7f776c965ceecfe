using DurableEngine;
using DurableEngine.Backends.Memory;
using DurableEngine.Dispatch;
using DurableEngine.Execution;
using DurableEngine.History;

namespace Local.Tests.Engine;

/// <summary>
/// The engine driven one step at a time in an order drawn from a seed, with crashes between any two steps. A crash loses
/// everything that was not committed; what was acknowledged before it must be there after it.
/// </summary>
internal sealed class Simulation(int seed, long historyBudget) : IDisposable
{
    private const string App = "app";
    private const int Events = 3;

    private readonly Random random = new(seed);
    private readonly ManualClock clock = new();
    private readonly MemoryInstanceStore store = new();
    private readonly Queue<CommitBatch> uncommitted = new();
    private readonly List<WorkItem> held = [];
    private readonly List<WorkItem> orphaned = [];
    private readonly List<(string Id, TaskCompletionSource<InstanceSnapshot> Answer)> starting = [];
    private readonly List<(string Id, int Number, TaskCompletionSource Answer)> raising = [];
    private readonly List<(string Key, TaskCompletionSource Answer)> answering = [];
    private readonly HashSet<string> acknowledgedActivities = [];
    private readonly Dictionary<string, int> raised = [];
    private readonly HashSet<string> acknowledged = [];
    private EngineCore core = null!;
    private WorkerStream stream = null!;
    private int incarnation;
    private int nextId;

    public int Crashes { get; private set; }

    /// <summary>Runs the steps, then lets everything finish; returns the outputs of all acknowledged runs.</summary>
    public Dictionary<string, string?> Run(int steps)
    {
        Boot();
        for (var i = 0; i < steps; i++)
        {
            Step();
        }

        Drain();
        return acknowledged.ToDictionary(id => id, id => core.Table.Find(new InstanceKey(App, id))?.State.Completed?.Result);
    }

    public void Dispose() => store.Dispose();

    private void Boot()
    {
        core = new EngineCore(store, clock, $"t{++incarnation}", historyBudget, (_, error) => throw error);
        core.Resume();
        Connect();
    }

    private void Connect()
    {
        stream = core.Pool.Connect(App, random.Next(2) == 0);
        core.Turns.RetryStalled(App);
    }

    private void Step()
    {
        switch (random.Next(100))
        {
            case < 8:
                Start();
                break;
            case < 20:
                Raise();
                break;
            case < 58:
                Work();
                break;
            case < 60:
                AnswerOrphan();
                break;
            case < 75:
                Collect();
                break;
            case < 90:
                Commit();
                break;
            case < 95:
                clock.Advance(TimeSpan.FromSeconds(random.Next(20)));
                core.FireTimers();
                break;
            case < 98:
                Reconnect();
                break;
            default:
                Crash();
                break;
        }

        Settle();
    }

    private void Start()
    {
        if (starting.Count + acknowledged.Count > 30)
        {
            return;
        }

        var id = $"run{nextId++}";
        var answer = new TaskCompletionSource<InstanceSnapshot>();
        starting.Add((id, answer));
        core.Clients.Start(App, new StartRequest(id, "job", "first") { ScheduledStart = Instant.From(clock.GetUtcNow()) }, answer);
    }

    private void Raise()
    {
        if (acknowledged.Count == 0)
        {
            return;
        }

        var id = acknowledged.ElementAt(random.Next(acknowledged.Count));
        var number = raised.GetValueOrDefault(id);
        if (number < Events && !raising.Exists(one => one.Id == id))
        {
            var answer = new TaskCompletionSource();
            raising.Add((id, number, answer));
            core.Clients.Raise(new InstanceKey(App, id), "go", $"{number}", answer);
        }
    }

    private void Work()
    {
        while (stream.Items.TryRead(out var item))
        {
            held.Add(item);
        }

        if (held.Count == 0)
        {
            return;
        }

        var chosen = held[random.Next(held.Count)];
        held.Remove(chosen);
        var answer = new TaskCompletionSource();
        if (chosen is TurnItem turn)
        {
            // A worker without a cache asks for the history that it is believed to have.
            var known = core.Histories.Read(core.Table.Find(new InstanceKey(App, turn.InstanceId))!, 0).Take(turn.CachedEvents);
            HistoryEvent[] history = [.. known, .. turn.PastEvents, .. turn.NewEvents];
            core.Turns.Complete(App, new TurnResult(turn.InstanceId, turn.Token, Decide(history), null), answer);
        }
        else if (chosen is ActivityItem activity)
        {
            var key = $"{activity.InstanceId}/{activity.ExecutionId}/{activity.Task.EventId}";
            Assert.DoesNotContain(key, acknowledgedActivities);
            Assert.True(IsOnDisk(activity), "an activity was started before its scheduling was on disk");
            answering.Add((key, answer));
            core.Turns.CompleteActivity(
                App, new ActivityResult(activity.InstanceId, activity.Task.EventId, activity.Token, "done", null), answer);
        }
    }

    private void Orphan()
    {
        orphaned.AddRange(held);
        held.Clear();
    }

    /// <summary>A worker that was believed dead answers after all: whatever it says must not count.</summary>
    private void AnswerOrphan()
    {
        if (orphaned.Count == 0)
        {
            return;
        }

        var chosen = orphaned[random.Next(orphaned.Count)];
        orphaned.Remove(chosen);
        if (chosen is TurnItem turn)
        {
            core.Turns.Complete(
                App, new TurnResult(turn.InstanceId, turn.Token, Script.Complete("wrong"), null), new TaskCompletionSource());
        }
        else if (chosen is ActivityItem activity)
        {
            var result = new ActivityResult(activity.InstanceId, activity.Task.EventId, activity.Token, "wrong", null);
            core.Turns.CompleteActivity(App, result, new TaskCompletionSource());
        }
    }

    private bool IsOnDisk(ActivityItem activity) =>
        store.Load(new InstanceKey(App, activity.InstanceId)) is { } stored
        && stored.Log.Select(row => LogEntry.Decode(row)).OfType<TurnEntry>().SelectMany(turn => turn.Events).OfType<TaskScheduled>()
            .Any(task => task.EventId == activity.Task.EventId);

    private void Collect()
    {
        if (core.Changes.Take() is { } batch)
        {
            uncommitted.Enqueue(batch);
        }
    }

    private void Commit()
    {
        if (uncommitted.TryDequeue(out var batch))
        {
            store.Commit(batch.Changes);
            core.Changes.MarkDurable(batch.Position);
        }
    }

    private void Reconnect()
    {
        core.Turns.Disconnect(stream);
        Orphan();
        Connect();
    }

    private void Crash()
    {
        Crashes++;
        Orphan();
        uncommitted.Clear();
        starting.Clear();
        answering.Clear();

        // A client that got no answer asks again: the event may or may not have been taken.
        raising.Clear();
        Boot();
        foreach (var id in acknowledged)
        {
            Assert.NotNull(core.Table.Find(new InstanceKey(App, id)));
        }
    }

    /// <summary>Notes what has been acknowledged by now.</summary>
    private void Settle()
    {
        acknowledged.UnionWith(starting.Where(one => one.Answer.Task.IsCompletedSuccessfully).Select(one => one.Id));
        starting.RemoveAll(one => one.Answer.Task.IsCompleted);
        foreach (var (id, number, _) in raising.Where(one => one.Answer.Task.IsCompletedSuccessfully))
        {
            raised[id] = number + 1;
        }

        raising.RemoveAll(one => one.Answer.Task.IsCompleted);
        acknowledgedActivities.UnionWith(answering.Where(one => one.Answer.Task.IsCompletedSuccessfully).Select(one => one.Key));
        answering.RemoveAll(one => one.Answer.Task.IsCompleted);
    }

    private void Drain()
    {
        for (var quiet = 0; quiet < 5;)
        {
            var before = store.LastNumber() + uncommitted.Count;
            Work();
            Collect();
            var worked = uncommitted.Count > 0 || held.Count > 0;
            Commit();
            clock.Advance(TimeSpan.FromSeconds(30));
            core.FireTimers();
            Settle();
            foreach (var id in acknowledged.Where(id => raised.GetValueOrDefault(id) < Events && !raising.Exists(one => one.Id == id))
                .ToArray())
            {
                var answer = new TaskCompletionSource();
                raising.Add((id, raised.GetValueOrDefault(id), answer));
                core.Clients.Raise(new InstanceKey(App, id), "go", $"{raised.GetValueOrDefault(id)}", answer);
                worked = true;
            }

            quiet = worked || before != store.LastNumber() + uncommitted.Count ? 0 : quiet + 1;
        }
    }

    /// <summary>Two tasks at once, a timer, a child, another generation, three different events, one more task.</summary>
    private static IReadOnlyList<WorkflowAction> Decide(HistoryEvent[] history)
    {
        var started = history.OfType<ExecutionStarted>().Single();
        if (started.Name == "leaf")
        {
            return history.Has<TaskCompleted>() ? Script.Complete("leaf") : [.. history.Unconfirmed(Script.Task(0))];
        }

        return started.Input == "first" ? First(history, started) : Second(history);
    }

    private static IReadOnlyList<WorkflowAction> First(HistoryEvent[] history, ExecutionStarted started)
    {
        if (history.OfType<TaskCompleted>().Count() < 2)
        {
            return [.. history.Unconfirmed(Script.Task(0), Script.Task(1))];
        }

        if (!history.Has<TimerFired>())
        {
            var due = history.OfType<WorkflowStarted>().Last().Timestamp.ToDateTimeOffset().AddSeconds(10);
            return [.. history.Unconfirmed(new CreateTimer(2, Instant.From(due), null, new TimerOrigin(TimerOriginKind.Plain, null)))];
        }

        return history.Has<ChildCompleted>()
            ? [new CompleteWorkflow(4, WorkflowStatus.ContinuedAsNew, "second", null) { CarryOver = [.. history.OfType<EventRaised>()] }]
            : [.. history.Unconfirmed(new CreateChild(3, $"{started.InstanceId}-leaf", "leaf", null, null, null))];
    }

    private static WorkflowAction[] Second(HistoryEvent[] history)
    {
        var events = history.OfType<EventRaised>().Select(raised => raised.Input).Distinct().ToArray();
        return events.Length < Events ? []
            : history.Has<TaskCompleted>() ? Script.Complete(string.Join(",", events))
            : [.. history.Unconfirmed(Script.Task(0))];
    }
}

public class SimulationTests
{
    [Fact]
    public void Engine_AnyOrderAndCrashesAnywhere_LosesNothingAcknowledged()
    {
        var crashes = 0;
        for (var seed = 1; seed <= 300; seed++)
        {
            // Half of them keep no history in memory that is on disk.
            using var simulation = new Simulation(seed, seed % 2 == 0 ? 0 : long.MaxValue);
            var outputs = simulation.Run(400);
            Assert.All(outputs, output =>
                Assert.True(output.Value == "0,1,2", $"seed {seed}, {output.Key}: {output.Value ?? "not finished"}"));
            crashes += simulation.Crashes;
        }

        Assert.True(crashes > 300);
    }
}
