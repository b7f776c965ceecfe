using System.Threading.Channels;
using DurableEngine.Execution;

namespace DurableEngine.Dispatch;

/// <summary>One connected worker. What it was given and has not answered goes to another when it disconnects.</summary>
public sealed class WorkerStream
{
    private readonly Channel<WorkItem> items = Channel.CreateUnbounded<WorkItem>(new UnboundedChannelOptions { SingleReader = true });

    internal WorkerStream(string app, string id, bool stateful)
    {
        App = app;
        Id = id;
        Stateful = stateful;
    }

    public string App { get; }
    public string Id { get; }

    /// <summary>The worker keeps the history it was sent, so that a later turn needs only what is new.</summary>
    public bool Stateful { get; }

    public ChannelReader<WorkItem> Items => items.Reader;

    internal HashSet<Instance> Turns { get; } = [];
    internal HashSet<ActivityCall> Activities { get; } = [];

    /// <summary>How many committed events of an instance this stream has been sent.</summary>
    internal Dictionary<string, int> Known { get; } = [];

    internal void Send(WorkItem item) => items.Writer.TryWrite(item);

    internal void Close() => items.Writer.TryComplete();
}
