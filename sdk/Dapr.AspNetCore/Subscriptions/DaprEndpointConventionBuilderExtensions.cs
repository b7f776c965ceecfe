using Dapr;
using Dapr.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Subscribes endpoints to topics.</summary>
public static class DaprEndpointConventionBuilderExtensions
{
    /// <summary>Subscribes to a topic.</summary>
    public static T WithTopic<T>(this T builder, string pubsubName, string name) where T : IEndpointConventionBuilder =>
        builder.With(new TopicAttribute(pubsubName, name));

    /// <summary>Subscribes to a topic, with metadata for the component.</summary>
    public static T WithTopic<T>(this T builder, string pubsubName, string name, IDictionary<string, string> metadata)
        where T : IEndpointConventionBuilder =>
        builder.With(new TopicAttribute(pubsubName, name)).WithMetadata(metadata);

    /// <summary>Subscribes to a topic and says whether its messages are raw.</summary>
    public static T WithTopic<T>(this T builder, string pubsubName, string name, bool enableRawPayload)
        where T : IEndpointConventionBuilder =>
        builder.With(new TopicAttribute(pubsubName, name, enableRawPayload));

    /// <summary>Subscribes to a topic, with metadata for the component, and says whether its messages are raw.</summary>
    public static T WithTopic<T>(this T builder, string pubsubName, string name, bool enableRawPayload, IDictionary<string, string> metadata)
        where T : IEndpointConventionBuilder =>
        builder.With(new TopicAttribute(pubsubName, name, enableRawPayload)).WithMetadata(metadata);

    /// <summary>Subscribes to a topic.</summary>
    public static T WithTopic<T>(this T builder, TopicOptions topicOptions) where T : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(topicOptions);
        var topic = new TopicAttribute(
            topicOptions.PubsubName ?? "", topicOptions.Name ?? "", topicOptions.OwnedMetadatas, topicOptions.MetadataSeparator)
        {
            EnableRawPayload = topicOptions.EnableRawPayload,
            Match = topicOptions.Match,
            Priority = topicOptions.Priority,
            DeadLetterTopic = topicOptions.DeadLetterTopic,
        };
        return builder.With(topic).WithMetadata(topicOptions.Metadata);
    }

    /// <summary>Takes the events of a subscription in batches.</summary>
    public static T WithBulkSubscribe<T>(this T builder, BulkSubscribeTopicOptions bulkSubscribeTopicOptions)
        where T : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(bulkSubscribeTopicOptions);
        return builder.With(new BulkSubscribeAttribute(
            bulkSubscribeTopicOptions.TopicName ?? "", bulkSubscribeTopicOptions.MaxMessagesCount, bulkSubscribeTopicOptions.MaxAwaitDurationMs));
    }

    private static T WithMetadata<T>(this T builder, IDictionary<string, string>? metadata) where T : IEndpointConventionBuilder
    {
        foreach (var (name, value) in metadata ?? new Dictionary<string, string>())
        {
            builder.With(new TopicMetadataAttribute(name, value));
        }

        return builder;
    }

    private static T With<T>(this T builder, object metadata) where T : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(metadata));
        return builder;
    }
}
