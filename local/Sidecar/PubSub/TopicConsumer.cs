using Sidecar.Apps;
using Sidecar.Resources;
using Sidecar.RunFiles;

namespace Sidecar.PubSub;

/// <summary>How events reach apps, by protocol.</summary>
internal sealed class EventDeliveries(SidecarTokens tokens)
{
    private readonly HttpEventDelivery http = new(tokens);
    private readonly GrpcEventDelivery grpc = new(tokens);

    public IEventDelivery For(AppReplica replica) => replica.Entry.Protocol == AppProtocol.Grpc ? grpc : http;
}

/// <summary>
/// Delivers one topic to one group, in order and one delivery at a time. An event that fails is tried again a few times,
/// then parked (or sent to the dead letter topic), so that it does not hold up the others for ever. An app that is not
/// there is waited for.
/// </summary>
internal sealed partial class TopicConsumer(
    PubSubComponent component, ConsumerGroup group, AppDirectory apps, EventDeliveries deliveries, TimeProvider clock, ILogger logger)
{
    private const int PageSize = 100;
    private static readonly TimeSpan[] QuickRetries =
        [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(400), TimeSpan.FromMilliseconds(1600)];

    private readonly TopicReader reader = new(component, group.Topic, clock);
    private readonly SubscriberTurns subscribers = new(apps, clock);
    private Task saving = Task.CompletedTask;
    private long position;
    private long saved;

    public void Subscribe(string key, Subscription subscription) => subscribers.Set(key, subscription);

    public void Unsubscribe(string key) => subscribers.Remove(key);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // A write that failed has ended the run before; what it said is told again from where the log stands.
        saving = Task.CompletedTask;
        saved = position = await component.Log.JoinAsync(group, cancellationToken);
        while (!cancellationToken.IsCancellationRequested)
        {
            var bell = component.NextMessage(group.Topic);
            var parked = component.Log.ReadParked(group, PageSize);
            var due = parked.Where(message => message.Due <= clock.GetUtcNow()).ToArray();
            var worked = await DeliverParkedAsync(due, cancellationToken) | await DeliverNextAsync(cancellationToken);
            if (!worked)
            {
                await SaveAsync([], [], cancellationToken);
                var wait = parked.Count > 0 ? parked[0].Due - clock.GetUtcNow() : Timeout.InfiniteTimeSpan;
                if (wait > TimeSpan.Zero || parked.Count == 0)
                {
                    await PubSubComponent.WaitAsync(bell, wait, clock, cancellationToken);
                }
            }
        }
    }

    private async Task<bool> DeliverNextAsync(CancellationToken cancellationToken)
    {
        var messages = await reader.ReadAsync(position, subscribers.Bulk, cancellationToken);
        while (messages.Count > 0)
        {
            var (replica, subscription) = await subscribers.PickAsync(cancellationToken);
            TopicMessage[] batch = [.. messages.Take(subscription.Bulk?.MaxMessages ?? 1)];
            var failed = await DeliverAsync(replica, subscription, batch, QuickRetries, cancellationToken);
            position = batch[^1].Id;
            if (failed.Count > 0)
            {
                await SaveAsync([.. failed.Select(message => Park(message, 1))], [], cancellationToken);
            }
            else
            {
                SaveLazily();
            }

            messages = [.. messages.Skip(batch.Length)];
            if (messages.Count == 0)
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> DeliverParkedAsync(ParkedMessage[] due, CancellationToken cancellationToken)
    {
        foreach (var parked in due)
        {
            var (replica, subscription) = await subscribers.PickAsync(cancellationToken);
            var failed = await DeliverAsync(replica, subscription, [parked.Message], [], cancellationToken);
            await (failed.Count > 0
                ? SaveAsync([Park(parked.Message, parked.Attempts + 1)], [], cancellationToken)
                : SaveAsync([], [parked.Message.Id], cancellationToken));
        }

        return due.Length > 0;
    }

    /// <summary>Delivers until everything is settled or the retries are used up; what is left has failed.</summary>
    private async Task<IReadOnlyList<TopicMessage>> DeliverAsync(
        AppReplica replica, Subscription subscription, TopicMessage[] messages, TimeSpan[] retries, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var outcomes = await TryDeliverAsync(replica, subscription, messages, cancellationToken);
            foreach (var (message, _) in messages.Zip(outcomes).Where(pair => pair.Second == DeliveryOutcome.Drop))
            {
                await BuryAsync(subscription, message, "was dropped by its subscriber", cancellationToken);
            }

            messages = [.. messages.Zip(outcomes).Where(pair => pair.Second is DeliveryOutcome.Retry or DeliveryOutcome.Unreachable)
                .Select(pair => pair.First)];
            if (messages.Length == 0)
            {
                return [];
            }

            var unreachable = outcomes.Contains(DeliveryOutcome.Unreachable);
            if (!unreachable && attempt >= retries.Length)
            {
                return subscription.DeadLetterTopic is null ? messages : await BuryAllAsync(subscription, messages, cancellationToken);
            }

            attempt -= unreachable ? 1 : 0;
            await Task.Delay(unreachable ? QuickRetries[0] : retries[attempt], clock, cancellationToken);
            (replica, subscription) = await subscribers.PickAsync(cancellationToken);
        }
    }

    private async Task<DeliveryOutcome[]> TryDeliverAsync(
        AppReplica replica, Subscription subscription, TopicMessage[] messages, CancellationToken cancellationToken)
    {
        var outcomes = new DeliveryOutcome[messages.Length];
        var byPath = new Dictionary<string, List<(int Index, Envelope Envelope)>>();
        for (var i = 0; i < messages.Length; i++)
        {
            var (envelope, path, outcome) = Route(messages[i], subscription);
            if (envelope is null || path is null)
            {
                outcomes[i] = outcome;
                continue;
            }

            if (!byPath.TryGetValue(path, out var list))
            {
                byPath[path] = list = [];
            }

            list.Add((i, envelope));
        }

        foreach (var (path, events) in byPath)
        {
            var delivery = new Delivery(
                component.Definition.Name, group.Topic, path, subscription.Bulk is not null, [.. events.Select(one => one.Envelope)]);
            var results = await SendAsync(replica, subscription.Stream, delivery, cancellationToken);
            for (var i = 0; i < results.Length; i++)
            {
                outcomes[events[i].Index] = results[i];
            }
        }

        return outcomes;
    }

    private async Task<DeliveryOutcome[]> SendAsync(
        AppReplica replica, EventStream? stream, Delivery delivery, CancellationToken cancellationToken)
    {
        if (stream is not null)
        {
            return await stream.DeliverAsync(replica, delivery, cancellationToken);
        }

        if (!replica.TryUse(out var alive))
        {
            return [.. Enumerable.Repeat(DeliveryOutcome.Unreachable, delivery.Events.Count)];
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, alive);
        try
        {
            var outcomes = await deliveries.For(replica).DeliverAsync(replica, delivery, ended.Token);
            if (outcomes.Contains(DeliveryOutcome.Retry))
            {
                LogFailed(replica.Name, group.Topic, delivery.Events[0].Message.Id);
            }

            return outcomes;
        }
        catch (Exception error) when (
            !cancellationToken.IsCancellationRequested && error is OperationCanceledException or Grpc.Core.RpcException)
        {
            return [.. Enumerable.Repeat(DeliveryOutcome.Unreachable, delivery.Events.Count)];
        }
#pragma warning disable CA1031 // An event that cannot be put into the app's form must not hold up the events behind it.
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            LogUnsendable(delivery.Events[0].Message.Id, group.Topic, error.Message);
            return [.. Enumerable.Repeat(DeliveryOutcome.Retry, delivery.Events.Count)];
        }
    }

    /// <summary>The event and the path it goes to; without them, what becomes of it.</summary>
    private (Envelope? Envelope, string? Path, DeliveryOutcome Outcome) Route(TopicMessage message, Subscription subscription)
    {
        try
        {
            return Open(message, subscription) is { } envelope
                ? (envelope, RouteMatcher.Choose(subscription, envelope.Json), DeliveryOutcome.Done)
                : (null, null, DeliveryOutcome.Drop);
        }
        catch (Exception error)
        {
            LogUnsendable(message.Id, group.Topic, error.Message);
            return (null, null, DeliveryOutcome.Retry);
        }
#pragma warning restore CA1031
    }

    private Envelope? Open(TopicMessage message, Subscription subscription)
    {
        var data = message.Raw && subscription.RawPayload
            ? CloudEvent.WrapRaw(message.Data, component.Definition.Name, group.Topic)
            : message.Data;
        return CloudEvent.TryParse(data) is { } json ? new Envelope(message, json) : null;
    }

    private async Task<IReadOnlyList<TopicMessage>> BuryAllAsync(
        Subscription subscription, IReadOnlyList<TopicMessage> messages, CancellationToken cancellationToken)
    {
        foreach (var message in messages)
        {
            await BuryAsync(subscription, message, "kept failing", cancellationToken);
        }

        return [];
    }

    private async Task BuryAsync(Subscription subscription, TopicMessage message, string why, CancellationToken cancellationToken)
    {
        LogBuried(message.Id, group.Topic, why, subscription.DeadLetterTopic ?? "nowhere");
        if (subscription.DeadLetterTopic is { } topic)
        {
            await component.PublishAsync(
                [new NewMessage(topic, message.Data, message.Raw, null) { Metadata = message.Metadata }], cancellationToken);
        }
    }

    private ParkedMessage Park(TopicMessage message, int attempts)
    {
        var wait = TimeSpan.FromSeconds(Math.Min(60, 2.5 * Math.Pow(2, Math.Min(attempts, 10))));
        return new ParkedMessage(message, attempts, clock.GetUtcNow() + wait);
    }

    private async Task SaveAsync(IReadOnlyList<ParkedMessage> parked, IReadOnlyList<long> done, CancellationToken cancellationToken)
    {
        await saving;
        if (position > saved || parked.Count > 0 || done.Count > 0)
        {
            await component.Log.AdvanceAsync(new GroupProgress(group, position, parked, done), cancellationToken);
            saved = position;
        }
    }

    // The position may lag behind what was delivered: after a crash some events come twice, none is lost.
    private void SaveLazily()
    {
        if (saving.IsCompletedSuccessfully)
        {
            saved = position;
            saving = component.Log.AdvanceAsync(new GroupProgress(group, position, [], []), CancellationToken.None);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{App} did not accept event {Id} of topic {Topic}; it is tried again")]
    private partial void LogFailed(string app, string topic, long id);

    [LoggerMessage(3, LogLevel.Warning, "Event {Id} of topic {Topic} cannot be delivered as it is: {Reason}")]
    private partial void LogUnsendable(long id, string topic, string reason);

    [LoggerMessage(2, LogLevel.Warning, "Event {Id} of topic {Topic} {Why}; sent to {DeadLetter}")]
    private partial void LogBuried(long id, string topic, string why, string deadLetter);
}
