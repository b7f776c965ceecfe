using System.Collections.Immutable;
using Sidecar.Apps;
using Sidecar.Resources;

namespace Sidecar.PubSub;

/// <summary>The subscribers of a group: each message goes to one; the apps, their replicas and their streams take turns.</summary>
internal sealed class SubscriberTurns(AppDirectory apps, TimeProvider clock)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private ImmutableSortedDictionary<string, Subscription> subscriptions = ImmutableSortedDictionary<string, Subscription>.Empty;
    private TaskCompletionSource changed = NewSignal();
    private uint turn;

    /// <summary>How many events at a time a subscriber has asked for, if one has.</summary>
    public BulkOptions? Bulk =>
        Volatile.Read(ref subscriptions).Values.Select(subscription => subscription.Bulk).FirstOrDefault(options => options is not null);

    /// <summary>A key is an app id, or that of a stream.</summary>
    public void Set(string key, Subscription subscription) => Change(current => current.SetItem(key, subscription));

    public void Remove(string key) => Change(current => current.Remove(key));

    /// <summary>Waits for a subscriber that can be reached.</summary>
    public async Task<(AppReplica Replica, Subscription Subscription)> PickAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var change = Volatile.Read(ref changed).Task;
            var current = Volatile.Read(ref subscriptions);
            for (var i = 0; i < current.Count; i++)
            {
                var (key, subscription) = current.ElementAt((int)(turn++ % current.Count));
                if ((subscription.Stream?.Replica ?? (apps.Candidates(key) is [var first, ..] ? first : null)) is { } replica)
                {
                    return (replica, subscription);
                }
            }

            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var replicas = current.Keys.SelectMany(apps.Of).Where(replica => replica.HasChannel);
            await Task.WhenAny([.. replicas.Select(replica => replica.WhenReachableAsync(enough.Token)), change, Task.Delay(
                LongestWait, clock, enough.Token)]);
            await enough.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private void Change(Func<ImmutableSortedDictionary<string, Subscription>, ImmutableSortedDictionary<string, Subscription>> change)
    {
        lock (gate)
        {
            subscriptions = change(subscriptions);
            changed.TrySetResult();
            changed = NewSignal();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
