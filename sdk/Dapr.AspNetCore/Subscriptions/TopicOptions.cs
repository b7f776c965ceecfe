namespace Dapr;

/// <summary>A subscription to a topic.</summary>
public class TopicOptions
{
    /// <summary>Metadata of the subscription, passed to the component.</summary>
    public IDictionary<string, string> Metadata = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The topic.</summary>
    public string? Name { get; set; }

    /// <summary>The pub/sub component.</summary>
    public string? PubsubName { get; set; }

    /// <summary>Whether the messages of the topic are not CloudEvents.</summary>
    public bool EnableRawPayload { get; set; }

    /// <summary>CEL expression over the event that must hold.</summary>
    public string? Match { get; set; }

    /// <summary>Order of the expressions of a topic, the lowest first.</summary>
    public int Priority { get; set; }

    /// <summary>Ids of the metadata entries of the endpoint that belong to this subscription.</summary>
    public string[]? OwnedMetadatas { get; set; }

    /// <summary>What joins values of the same name; a comma when null.</summary>
    public string? MetadataSeparator { get; set; }

    /// <summary>Where events go that the endpoint cannot process.</summary>
    public string? DeadLetterTopic { get; set; }
}
