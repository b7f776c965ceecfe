using System.Text;
using DurableEngine.Execution;

namespace DurableEngine.Dispatch;

/// <summary>The connected workers of all apps, what waits for them and what they have.</summary>
internal sealed class WorkerPool(Action<Instance, WorkerStream> sendTurn, Func<string> newToken)
{
    private readonly Dictionary<string, AppWorkers> apps = [];
    private readonly Dictionary<string, ActivityCall> byToken = [];
    private readonly Dictionary<(string App, string Instance, int Task), List<ActivityCall>> byTask = [];
    private int connections;

    public int Connected(string app) => apps.TryGetValue(app, out var workers) ? workers.Streams.Count : 0;

    public WorkerStream Connect(string app, bool stateful)
    {
        var stream = new WorkerStream(app, $"{app}-{++connections}", stateful);
        var workers = Workers(app);
        workers.Streams.Add(stream);
        while (workers.Turns.TryDequeue(out var instance))
        {
            OfferTurn(instance);
        }

        foreach (var call in workers.TakeWaitingActivities())
        {
            OfferAgain(call);
        }

        return stream;
    }

    /// <summary>Takes a stream out and gives what it held to the others; returns the turns it did not answer.</summary>
    public IReadOnlyList<Instance> Disconnect(WorkerStream stream)
    {
        if (!Workers(stream.App).Streams.Remove(stream))
        {
            return [];
        }

        stream.Close();
        foreach (var call in stream.Activities.ToArray())
        {
            Take(call);
            OfferAgain(call);
        }

        Instance[] turns = [.. stream.Turns];
        stream.Turns.Clear();
        return turns;
    }

    public void OfferTurn(Instance instance)
    {
        var workers = Workers(instance.Key.App);
        if (workers.Preferred(instance.Key.Id) is { } stream)
        {
            stream.Turns.Add(instance);
            sendTurn(instance, stream);
        }
        else
        {
            workers.Turns.Enqueue(instance);
        }
    }

    /// <summary>An activity is started even if its workflow ended in the same turn: somebody may have meant that.</summary>
    public void Offer(ActivityCall call)
    {
        var workers = Workers(call.App);
        if (workers.LeastLoaded() is not { } stream)
        {
            workers.Activities.Enqueue(call);
            return;
        }

        call.Stream = stream;
        call.Token = newToken();
        stream.Activities.Add(call);
        byToken[call.Token] = call;
        if (!byTask.TryGetValue(TaskKey(call), out var same))
        {
            byTask[TaskKey(call)] = same = [];
        }

        same.Add(call);
        stream.Send(new ActivityItem(call.Token, call.Owner.Key.Id, call.Owner.Started.ExecutionId, call.Task));
    }

    /// <summary>The call a completion answers; null when it was answered or given to another worker meanwhile.</summary>
    public ActivityCall? TakeAnswered(string app, ActivityResult result)
    {
        var call = result.Token.Length > 0
            ? byToken.GetValueOrDefault(result.Token)
            : OldestSame((app, result.InstanceId, result.TaskId));
        if (call is null)
        {
            return null;
        }

        Take(call);
        if (result.Token.Length == 0 && call.Doubtful)
        {
            call.Doubtful = false;
            OfferAgain(call);
            return null;
        }

        return call;
    }

    /// <summary>
    /// Task ids begin anew after continue-as-new, and an answer without a token does not say which generation it is for.
    /// While two are out, no such answer is believed: when all have come, the activity that is still wanted runs again.
    /// </summary>
    private ActivityCall? OldestSame((string App, string Instance, int Task) key)
    {
        if (byTask.GetValueOrDefault(key) is not { } same)
        {
            return null;
        }

        foreach (var later in same.Skip(1))
        {
            later.Doubtful = true;
        }

        return same[0];
    }

    /// <summary>No stream may believe that it knows this instance's history any more.</summary>
    public void Forget(Instance instance)
    {
        foreach (var stream in Workers(instance.Key.App).Streams)
        {
            stream.Known.Remove(instance.Key.Id);
        }
    }

    private void OfferAgain(ActivityCall call)
    {
        if (call.IsWanted)
        {
            Offer(call);
        }
    }

    private void Take(ActivityCall call)
    {
        call.Stream?.Activities.Remove(call);
        call.Stream = null;
        byToken.Remove(call.Token);
        if (byTask.TryGetValue(TaskKey(call), out var same) && same.Remove(call) && same.Count == 0)
        {
            byTask.Remove(TaskKey(call));
        }
    }

    private static (string, string, int) TaskKey(ActivityCall call) => (call.App, call.Owner.Key.Id, call.Task.EventId);

    private AppWorkers Workers(string app)
    {
        if (!apps.TryGetValue(app, out var workers))
        {
            apps[app] = workers = new AppWorkers();
        }

        return workers;
    }

    private sealed class AppWorkers
    {
        public List<WorkerStream> Streams { get; } = [];
        public Queue<Instance> Turns { get; } = new();
        public Queue<ActivityCall> Activities { get; } = new();

        public ActivityCall[] TakeWaitingActivities()
        {
            var waiting = Activities.ToArray();
            Activities.Clear();
            return waiting;
        }

        /// <summary>
        /// The same stream for the same instance as long as the streams stay (rendezvous hashing), so that it finds its history there.
        /// </summary>
        public WorkerStream? Preferred(string instanceId) =>
            Streams.Count < 2 ? Streams.FirstOrDefault() : Streams.MaxBy(stream => Hash(instanceId, stream.Id));

        public WorkerStream? LeastLoaded() => Streams.MinBy(stream => stream.Activities.Count);

        private static ulong Hash(string instanceId, string streamId)
        {
            var hash = 14695981039346656037UL;
            foreach (var part in Encoding.UTF8.GetBytes($"{instanceId}\0{streamId}"))
            {
                hash = (hash ^ part) * 1099511628211UL;
            }

            return hash;
        }
    }
}
