namespace Dapr;

/// <summary>Adds metadata to subscriptions of an endpoint.</summary>
[AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
public class TopicMetadataAttribute : Attribute, IOriginalTopicMetadata
{
    /// <summary>For every subscription of the endpoint.</summary>
    public TopicMetadataAttribute(string name, string value)
    {
        Name = name;
        Value = value;
    }

    /// <summary>For the subscriptions that own this id.</summary>
    public TopicMetadataAttribute(string id, string name, string value) : this(name, value) => Id = id;

    /// <inheritdoc />
    public string? Id { get; }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public string Value { get; }
}
