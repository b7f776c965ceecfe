using System.Collections.Concurrent;
using Sidecar.Resources;

namespace Sidecar.PubSub;

/// <summary>A pub/sub component: a log, and a bell per topic for those who wait for messages.</summary>
internal sealed class PubSubComponent(Component definition, ITopicLog log)
{
    private readonly ConcurrentDictionary<string, Bell> bells = new();

    public Component Definition { get; } = definition;
    public ITopicLog Log { get; } = log;

    public string GroupOf(string appId) => Definition["consumerID"] is { Length: > 0 } id ? id : appId;

    public async Task PublishAsync(IReadOnlyList<NewMessage> messages, CancellationToken cancellationToken)
    {
        await Log.PublishAsync(messages, cancellationToken);
        foreach (var topic in messages.Select(message => message.Topic).Distinct())
        {
            BellOf(topic).Ring();
        }
    }

    /// <summary>Take the task first, look for messages, then await it: a message in between rings too.</summary>
    public Task NextMessage(string topic) => BellOf(topic).Next;

    /// <summary>Waits for a bell, but no longer than this.</summary>
    public static async Task WaitAsync(Task bell, TimeSpan longest, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(bell, Task.Delay(longest, clock, enough.Token));
        await enough.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Whether the component lets this app publish to the topic.</summary>
    public bool MayPublish(string appId, string topic) => IsInScope("publishingScopes", appId, topic) && IsAllowed(topic);

    public bool MaySubscribe(string appId, string topic) => IsInScope("subscriptionScopes", appId, topic) && IsAllowed(topic);

    private bool IsAllowed(string topic) => Definition["allowedTopics"] is not { Length: > 0 } allowed
        || Split(allowed, ',').Contains(topic);

    // app1=topicA,topicB;app2=   — an app that is not named may use every topic that is not protected.
    private bool IsInScope(string scopes, string appId, string topic)
    {
        var own = Split(Definition[scopes] ?? "", ';').Select(part => part.Split('=', 2)).FirstOrDefault(part => part[0].Trim() == appId);
        return own is null
            ? !Split(Definition["protectedTopics"] ?? "", ',').Contains(topic)
            : own.Length == 2 && Split(own[1], ',').Contains(topic);
    }

    private static string[] Split(string text, char separator) =>
        text.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private Bell BellOf(string topic) => bells.GetOrAdd(topic, _ => new Bell());

    private sealed class Bell
    {
        private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Next => Volatile.Read(ref next).Task;

        public void Ring() =>
            Interlocked.Exchange(ref next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }
}

/// <summary>Why a publish request is refused.</summary>
internal enum PublishProblem
{
    NotConfigured,
    NotFound,
    Forbidden,
    BadRequest,

    /// <summary>The events themselves, not what is said about them.</summary>
    BadEvents,
}

internal sealed class PublishException(PublishProblem problem, string message) : Exception(message)
{
    public PublishProblem Problem { get; } = problem;
}

/// <summary>The pub/sub components of the resource folders.</summary>
internal sealed class PubSubComponents(IReadOnlyDictionary<string, PubSubComponent> components)
{
    public IEnumerable<PubSubComponent> All => components.Values;

    public PubSubComponent? Find(string name) => components.GetValueOrDefault(name);

    /// <exception cref="PublishException">There is no such component for this app, or the topic is not its to publish to.</exception>
    public PubSubComponent FindForPublish(string appId, string name, string topic)
    {
        if (!components.TryGetValue(name, out var found) || !found.Definition.IsFor(appId))
        {
            throw components.Values.Any(one => one.Definition.IsFor(appId))
                ? new PublishException(PublishProblem.NotFound, $"pubsub {name} is not found")
                : new PublishException(PublishProblem.NotConfigured, $"no pubsub is configured for {appId}");
        }

        if (topic.Length == 0)
        {
            throw new PublishException(PublishProblem.BadRequest, $"topic is empty in pubsub {name}");
        }

        return found.MayPublish(appId, topic)
            ? found
            : throw new PublishException(PublishProblem.Forbidden, $"topic {topic} is not allowed for app id {appId}");
    }
}
