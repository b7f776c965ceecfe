namespace Dapr;

/// <summary>An endpoint takes the events of a topic.</summary>
public interface ITopicMetadata
{
    /// <summary>The topic.</summary>
    string Name { get; }

    /// <summary>The pub/sub component.</summary>
    string PubsubName { get; }

    /// <summary>CEL expression over the event that must hold; null takes every event that no other endpoint of the topic matches.</summary>
    string? Match { get; }

    /// <summary>Order of the expressions of a topic, the lowest first.</summary>
    int Priority { get; }
}

/// <summary>An endpoint takes messages that are not CloudEvents.</summary>
public interface IRawTopicMetadata
{
    /// <summary>Whether the messages of the topic are not CloudEvents; null leaves it to <see cref="SubscribeOptions"/>.</summary>
    bool? EnableRawPayload { get; }
}

/// <summary>An endpoint names where events go that it cannot process.</summary>
public interface IDeadLetterTopicMetadata
{
    /// <summary>The topic for them.</summary>
    string? DeadLetterTopic { get; }
}

/// <summary>An endpoint's subscription has metadata.</summary>
public interface IOwnedOriginalTopicMetadata
{
    /// <summary>Ids of the <see cref="IOriginalTopicMetadata"/> entries that belong to this subscription; those without an id belong to each.</summary>
    string[]? OwnedMetadatas { get; }

    /// <summary>What joins values of the same name; a comma when null.</summary>
    string? MetadataSeparator { get; }
}

/// <summary>One entry of metadata for subscriptions.</summary>
public interface IOriginalTopicMetadata
{
    /// <summary>Its id; null belongs to every subscription of the endpoint.</summary>
    string? Id { get; }

    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>Its value.</summary>
    string Value { get; }
}
