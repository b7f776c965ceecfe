namespace Dapr.AspNetCore;

/// <summary>Takes the events of a topic in batches.</summary>
[AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
public class BulkSubscribeAttribute : Attribute, IBulkSubscribeMetadata
{
    /// <summary>Batches of up to 100 events within a second.</summary>
    public BulkSubscribeAttribute(string topicName) : this(topicName, 100, 1000)
    {
    }

    /// <summary>Batches of up to this many events within a second.</summary>
    public BulkSubscribeAttribute(string topicName, int maxMessagesCount) : this(topicName, maxMessagesCount, 1000)
    {
    }

    /// <summary>Batches of up to this many events within this time.</summary>
    public BulkSubscribeAttribute(string topicName, int maxMessagesCount, int maxAwaitDurationMs)
    {
        TopicName = topicName;
        MaxMessagesCount = maxMessagesCount;
        MaxAwaitDurationMs = maxAwaitDurationMs;
    }

    /// <inheritdoc />
    public string TopicName { get; }

    /// <inheritdoc />
    public int MaxMessagesCount { get; }

    /// <inheritdoc />
    public int MaxAwaitDurationMs { get; }
}

/// <summary>An endpoint takes the events of a topic in batches.</summary>
public interface IBulkSubscribeMetadata
{
    /// <summary>The topic.</summary>
    string TopicName { get; }

    /// <summary>Most events of a batch.</summary>
    int MaxMessagesCount { get; }

    /// <summary>Longest wait for a batch to fill, in milliseconds.</summary>
    int MaxAwaitDurationMs { get; }
}

/// <summary>Takes the events of a topic in batches.</summary>
public class BulkSubscribeTopicOptions
{
    /// <summary>The topic.</summary>
    public string? TopicName { get; set; }

    /// <summary>Most events of a batch.</summary>
    public int MaxMessagesCount { get; set; } = 100;

    /// <summary>Longest wait for a batch to fill, in milliseconds.</summary>
    public int MaxAwaitDurationMs { get; set; } = 1000;
}
