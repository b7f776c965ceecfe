using DurableEngine;
using DurableEngine.Dispatch;
using DurableEngine.History;

namespace Local.Tests.Engine;

/// <summary>A worker on the engine's own interface: a workflow is a function from its history to the actions of a turn.</summary>
internal sealed class ScriptedWorker : IAsyncDisposable
{
    private readonly Dictionary<string, Func<IReadOnlyList<HistoryEvent>, IEnumerable<WorkflowAction>>> workflows = [];
    private readonly Dictionary<string, List<HistoryEvent>> kept = [];
    private readonly WorkflowEngine engine;
    private readonly string app;
    private Task loop = Task.CompletedTask;
    private WorkerStream? stream;

    public ScriptedWorker(WorkflowEngine engine, string app = "app")
    {
        this.engine = engine;
        this.app = app;
    }

    public Func<ActivityItem, ActivityResult?> Activity { get; set; } = item =>
        new ActivityResult(item.InstanceId, item.Task.EventId, item.Token, item.Task.Input, null);

    public Func<TurnItem, string?> CustomStatus { get; set; } = _ => null;

    public List<TurnItem> Turns { get; } = [];

    public ScriptedWorker Add(string name, Func<IReadOnlyList<HistoryEvent>, IEnumerable<WorkflowAction>> workflow)
    {
        workflows[name] = workflow;
        return this;
    }

    public async Task<ScriptedWorker> ConnectAsync(bool stateful = false)
    {
        kept.Clear();
        stream = await engine.ConnectAsync(app, stateful, TestContext.Current.CancellationToken);
        loop = RunAsync(stream);
        return this;
    }

    public async Task DisconnectAsync()
    {
        engine.Disconnect(stream!);
        await loop;
    }

    public async ValueTask DisposeAsync()
    {
        if (stream is not null)
        {
            await DisconnectAsync();
        }
    }

    private async Task RunAsync(WorkerStream from)
    {
        await foreach (var item in from.Items.ReadAllAsync())
        {
            if (item is TurnItem turn)
            {
                await engine.CompleteTurnAsync(app, Answer(turn), CancellationToken.None);
            }
            else if (Activity((ActivityItem)item) is { } result)
            {
                await engine.CompleteActivityAsync(app, result, CancellationToken.None);
            }
        }
    }

    private TurnResult Answer(TurnItem turn)
    {
        Turns.Add(turn);
        List<HistoryEvent> past = turn.CachedEvents > 0
            ? [.. kept[turn.InstanceId].Take(turn.CachedEvents), .. turn.PastEvents]
            : [.. turn.PastEvents];
        kept[turn.InstanceId] = past;
        HistoryEvent[] history = [.. past, .. turn.NewEvents];
        var started = history.OfType<ExecutionStarted>().First();
        var actions = history[^1] is ExecutionSuspended ? [] : workflows[started.Name](history).ToArray();
        return new TurnResult(turn.InstanceId, turn.Token, actions, CustomStatus(turn));
    }
}

/// <summary>Short forms for scripts.</summary>
internal static class Script
{
    public static IEnumerable<WorkflowAction> Nothing { get; } = [];

    public static WorkflowAction[] Complete(string result) => [new CompleteWorkflow(99, WorkflowStatus.Completed, result, null)];

    public static ScheduleTask Task(int id, string name = "task", TaskRouter? router = null) =>
        new(id, name, null, $"{id}", $"x{id}", router);

    public static bool Has<T>(this IEnumerable<HistoryEvent> history) where T : HistoryEvent => history.OfType<T>().Any();

    /// <summary>Actions of these that history does not confirm yet.</summary>
    public static IEnumerable<WorkflowAction> Unconfirmed(this IEnumerable<HistoryEvent> history, params WorkflowAction[] actions)
    {
        var confirmed = history.Select(value => value.EventId).Where(id => id >= 0).ToHashSet();
        return actions.Where(action => !confirmed.Contains(action.Id));
    }
}
