using System.Collections.Concurrent;
using Dapr.Client.Autogen.Grpc.v1;
using DurableEngine;
using Sidecar.Apps;
using Sidecar.PubSub;
using Sidecar.Resources;

namespace Sidecar.Api;

/// <summary>What a sidecar says about itself, and the labels apps put on it.</summary>
internal sealed class DaprMetadata(
    LoadedComponents components, SubscriptionRunner subscriptions, WorkflowEngine engine, IHostApplicationLifetime lifetime)
{
    private const string Version = "1.18.5";
    private readonly ConcurrentDictionary<(string Replica, string Key), string> labels = new();

    public void Set(AppReplica replica, string key, string value) => labels[(replica.Name, key)] = value;

    /// <summary>Stops the whole process: it is the sidecar of all.</summary>
    public void Stop() => lifetime.StopApplication();

    public async Task<GetMetadataResponse> GetAsync(AppReplica replica, CancellationToken cancellationToken)
    {
        var workers = await engine.ConnectedWorkersAsync(replica.AppId, cancellationToken);
        var response = new GetMetadataResponse
        {
            Id = replica.AppId,
            RuntimeVersion = Version,
            AppConnectionProperties = new AppConnectionProperties
            {
                Port = replica.Entry.AppPort,
                Protocol = replica.Entry.Protocol.ToString().ToLowerInvariant(),
                ChannelAddress = replica.Entry.Host,
            },
            Workflows = new MetadataWorkflows { ConnectedWorkers = workers },
        };
        response.ExtendedMetadata["daprRuntimeVersion"] = Version;
        foreach (var ((name, key), value) in labels.Where(label => label.Key.Replica == replica.Name))
        {
            response.ExtendedMetadata[key] = value;
        }

        response.RegisteredComponents.Add(
            components.Definitions.Where(one => one.IsFor(replica.AppId)).Select(one => new RegisteredComponents
        {
            Name = one.Name,
            Type = one.Type,
            Version = "v1",
            Capabilities = { Capabilities(one.Type) },
        }));
        response.Subscriptions.Add(subscriptions.Of(replica.AppId).Select(Describe));
        return response;
    }

    private static PubsubSubscription Describe(Subscription subscription) => new()
    {
        PubsubName = subscription.PubSub,
        Topic = subscription.Topic,
        DeadLetterTopic = subscription.DeadLetterTopic ?? "",
        Type = subscription.Stream is not null ? PubsubSubscriptionType.Streaming
            : subscription.Declarative ? PubsubSubscriptionType.Declarative : PubsubSubscriptionType.Programmatic,
        Rules = new PubsubSubscriptionRules
        {
            Rules = { subscription.Routes.Select(rule => new PubsubSubscriptionRule { Match = rule.Match ?? "", Path = rule.Path }) },
        },
    };

    private static string[] Capabilities(string type) => type switch
    {
        _ when type.StartsWith("state.", StringComparison.Ordinal) => ["ETAG", "TRANSACTIONAL", "TTL", "ACTOR"],
        _ when type.StartsWith("pubsub.", StringComparison.Ordinal) => ["MESSAGE_TTL"],
        _ => [],
    };
}
