using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Monitor.Storage;

namespace Monitor.Watching;

/// <summary>Hands events to those who watch. It never waits for one of them.</summary>
internal sealed class RunHub(IOptions<MonitorOptions> options)
{
    private readonly ConcurrentDictionary<Subject, HashSet<Subscription>> subscriptions = [];

    /// <summary>From now on, until disposed, receives the events of a run or of a whole tree of runs.</summary>
    public Subscription Subscribe(Subject subject)
    {
        var subscription = new Subscription(options.Value.WatchBuffer, leaving => Leave(subject, leaving));
        while (true)
        {
            var watchers = subscriptions.GetOrAdd(subject, _ => []);
            lock (watchers)
            {
                // The last one to leave removes the set; what is added to a removed set would hear nothing.
                if (subscriptions.TryGetValue(subject, out var current) && ReferenceEquals(current, watchers))
                {
                    watchers.Add(subscription);
                    return subscription;
                }
            }
        }
    }

    public void Publish(IEnumerable<StoredEvent> events)
    {
        foreach (var stored in events)
        {
            Publish(Subject.Run(new RunKey(stored.Event.Tenant, stored.Event.RunId)), stored);
            Publish(Subject.Tree(new RunKey(stored.Event.Tenant, stored.Event.RootRunId)), stored);
        }
    }

    private void Publish(Subject subject, StoredEvent stored)
    {
        if (!subscriptions.TryGetValue(subject, out var watchers))
        {
            return;
        }

        lock (watchers)
        {
            foreach (var watcher in watchers)
            {
                watcher.Offer(stored);
            }
        }
    }

    private void Leave(Subject subject, Subscription subscription)
    {
        if (!subscriptions.TryGetValue(subject, out var watchers))
        {
            return;
        }

        lock (watchers)
        {
            watchers.Remove(subscription);
            if (watchers.Count == 0)
            {
                subscriptions.TryRemove(KeyValuePair.Create(subject, watchers));
            }
        }
    }
}

/// <summary>What is watched.</summary>
internal readonly record struct Subject(RunKey Key, bool IsTree)
{
    public static Subject Run(RunKey run) => new(run, IsTree: false);

    public static Subject Tree(RunKey root) => new(root, IsTree: true);
}
