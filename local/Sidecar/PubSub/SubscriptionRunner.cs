using Grpc.Core;
using Microsoft.Data.Sqlite;
using Sidecar.Apps;
using Sidecar.Resources;

namespace Sidecar.PubSub;

/// <summary>Finds out who subscribes to what and keeps one consumer running per group and topic.</summary>
internal sealed partial class SubscriptionRunner(
    AppDirectory apps, PubSubComponents components, ResourceSet resources, SubscriptionFeed feed, EventDeliveries deliveries, ILogger<SubscriptionRunner> logger)
    : BackgroundService
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TrimInterval = TimeSpan.FromSeconds(30);

    private readonly TimeProvider clock = TimeProvider.System;
    private readonly Lock gate = new();
    private readonly Dictionary<(string PubSub, ConsumerGroup Group), TopicConsumer> consumers = [];
    private readonly Dictionary<string, IReadOnlyList<Subscription>> current = [];
    private readonly Dictionary<string, (string AppId, Subscription Subscription)> streams = [];
    private readonly TaskCompletionSource<CancellationToken> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Task> running = [];

    /// <summary>What an app is subscribed to, as its metadata tells.</summary>
    public IReadOnlyList<Subscription> Of(string appId)
    {
        lock (gate)
        {
            return [.. current.GetValueOrDefault(appId)
                ?? [], .. streams.Values.Where(stream => stream.AppId == appId).Select(stream => stream.Subscription)];
        }
    }

    /// <exception cref="RpcException">The app may not subscribe to it.</exception>
    public void Check(string appId, Subscription subscription)
    {
        if (!IsPossible(appId, subscription))
        {
            throw new RpcException(
                new Status(StatusCode.InvalidArgument,
                $"{appId} cannot subscribe to topic {subscription.Topic} of pubsub {subscription.PubSub}"));
        }
    }

    /// <summary>Lets a stream take part until it is closed.</summary>
    public async Task OpenAsync(string key, string appId, Subscription subscription, CancellationToken cancellationToken)
    {
        var stopping = await started.Task.WaitAsync(cancellationToken);
        lock (gate)
        {
            streams[key] = (appId, subscription);
            Consumer(appId, subscription, stopping).Subscribe(key, subscription);
        }
    }

    public void Close(string key)
    {
        lock (gate)
        {
            if (streams.Remove(key, out var stream))
            {
                Consumer(stream.AppId, stream.Subscription, CancellationToken.None).Unsubscribe(key);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        started.TrySetResult(stoppingToken);
        foreach (var appId in apps.AppIds)
        {
            Update(appId, [], stoppingToken);
        }

        try
        {
            await Task.WhenAll([.. apps.Replicas.Where(replica => replica.HasChannel)
                .Select(replica => FollowAsync(replica, stoppingToken)), TrimAsync(stoppingToken)]);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }

        Task[] all;
        lock (gate)
        {
            all = [.. running];
        }

        await Task.WhenAll(all);
    }

    /// <summary>Asks each time the app comes up: it may have come up as another version.</summary>
    private async Task FollowAsync(AppReplica replica, CancellationToken cancellationToken)
    {
        while (true)
        {
            await replica.WhenReachableAsync(cancellationToken);
            if (!replica.TryUse(out var alive))
            {
                continue;
            }

#pragma warning disable CA1031 // Whatever an app answers, it is asked again: giving up would silently lose its subscriptions.
            try
            {
                Update(replica.AppId, await AskAsync(replica, alive, cancellationToken), cancellationToken);
                await replica.WhenLostAsync(cancellationToken);
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                LogAskFailed(replica.Name, error.Message);
                await Task.Delay(AskAgain, clock, cancellationToken);
            }
#pragma warning restore CA1031
        }
    }

    private async Task<IReadOnlyList<Subscription>> AskAsync(
        AppReplica replica, CancellationToken alive, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, alive);
        enough.CancelAfter(AskTimeout);
        return await feed.AskAsync(replica, enough.Token);
    }

    private void Update(string appId, IReadOnlyList<Subscription> programmatic, CancellationToken cancellationToken)
    {
        var declared = resources.Subscriptions.Where(one => one.Scopes.Count == 0 || one.Scopes.Contains(appId));
        Subscription[] wanted =
            [.. programmatic.Concat(declared).DistinctBy(one => (one.PubSub, one.Topic)).Where(one => IsPossible(appId, one))];
        lock (gate)
        {
            foreach (var old in (current.GetValueOrDefault(appId) ?? [])
                .Where(old => !wanted.Any(one => one.PubSub == old.PubSub && one.Topic == old.Topic)))
            {
                Consumer(appId, old, cancellationToken).Unsubscribe(appId);
            }

            foreach (var subscription in wanted)
            {
                Consumer(appId, subscription, cancellationToken).Subscribe(appId, subscription);
            }

            current[appId] = wanted;
        }
    }

    private bool IsPossible(string appId, Subscription subscription)
    {
        if (components.Find(subscription.PubSub) is not { } component || !component.Definition.IsFor(appId))
        {
            LogUnknown(appId, subscription.PubSub, subscription.Topic);
            return false;
        }

        if (RouteMatcher.FindUnsupported(subscription) is { } match)
        {
            LogNotUnderstood(appId, subscription.Topic, match);
            return false;
        }

        return component.MaySubscribe(appId, subscription.Topic);
    }

    private TopicConsumer Consumer(string appId, Subscription subscription, CancellationToken cancellationToken)
    {
        var component = components.Find(subscription.PubSub)!;
        var group = new ConsumerGroup(component.GroupOf(appId), subscription.Topic);
        if (!consumers.TryGetValue((subscription.PubSub, group), out var consumer))
        {
            LogStarted(group.Name, group.Topic);
            consumers[(subscription.PubSub, group)] = consumer = new TopicConsumer(component, group, apps, deliveries, clock, logger);
            running.Add(Task.Run(() => RunAsync(consumer, cancellationToken), CancellationToken.None));
        }

        return consumer;
    }

    private async Task RunAsync(TopicConsumer consumer, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
#pragma warning disable CA1031 // A consumer that stops silently would be worse than any error it can meet.
            try
            {
                await consumer.RunAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                LogConsumerFailed(error);
                await Task.Delay(AskAgain, clock, CancellationToken.None);
            }
#pragma warning restore CA1031
        }
    }

    private async Task TrimAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TrimInterval, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                await Task.WhenAll(components.All.Select(component => component.Log.TrimAsync(cancellationToken)));
            }
            catch (SqliteException error)
            {
                LogTrimFailed(error);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Group {Group} is subscribed to topic {Topic}")]
    private partial void LogStarted(string group, string topic);

    [LoggerMessage(2, LogLevel.Warning, "App {App} could not say what it subscribes to: {Reason}")]
    private partial void LogAskFailed(string app, string reason);

    [LoggerMessage(3, LogLevel.Error, "App {App} subscribes to topic {Topic} of pub/sub component '{PubSub}', which it does not have")]
    private partial void LogUnknown(string app, string pubSub, string topic);

    [LoggerMessage(4, LogLevel.Error,
        "App {App}, topic {Topic}: the route rule '{Match}' is not understood; comparisons joined by && and || are")]
    private partial void LogNotUnderstood(string app, string topic, string match);

    [LoggerMessage(6, LogLevel.Warning, "Old events could not be removed; tried again later")]
    private partial void LogTrimFailed(Exception error);

    [LoggerMessage(5, LogLevel.Error, "A consumer failed and is started again")]
    private partial void LogConsumerFailed(Exception error);
}
