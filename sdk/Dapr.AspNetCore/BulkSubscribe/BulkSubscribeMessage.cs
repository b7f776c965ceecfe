namespace Dapr.AspNetCore;

/// <summary>A batch of events.</summary>
public class BulkSubscribeMessage<TValue>
{
    /// <summary>An empty batch.</summary>
    public BulkSubscribeMessage()
    {
    }

    /// <summary>A batch.</summary>
    public BulkSubscribeMessage(List<BulkSubscribeMessageEntry<TValue>> entries, string topic, Dictionary<string, string> metadata)
    {
        Entries = entries;
        Topic = topic;
        Metadata = metadata;
    }

    /// <summary>The events.</summary>
    public List<BulkSubscribeMessageEntry<TValue>> Entries { get; set; } = [];

    /// <summary>Their topic.</summary>
    public string? Topic { get; set; }

    /// <summary>Metadata of the batch.</summary>
    public Dictionary<string, string>? Metadata { get; set; }
}

/// <summary>An event of a batch.</summary>
public class BulkSubscribeMessageEntry<TValue>
{
    /// <summary>An empty entry.</summary>
    public BulkSubscribeMessageEntry()
    {
    }

    /// <summary>An entry.</summary>
    public BulkSubscribeMessageEntry(string entryId, string contentType, Dictionary<string, string> metadata, TValue eventData)
    {
        EntryId = entryId;
        ContentType = contentType;
        Metadata = metadata;
        Event = eventData;
    }

    /// <summary>Its id, to answer it.</summary>
    public string? EntryId { get; set; }

    /// <summary>Content type of the event.</summary>
    public string? ContentType { get; set; }

    /// <summary>Metadata of the event.</summary>
    public Dictionary<string, string>? Metadata { get; set; }

    /// <summary>The event: a <see cref="BulkMessageModel{TValue}"/> unless the topic is raw.</summary>
    public TValue? Event { get; set; }
}

/// <summary>A CloudEvent of a batch.</summary>
public class BulkMessageModel<TValue>
{
    /// <summary>An empty event.</summary>
    public BulkMessageModel()
    {
    }

    /// <summary>An event.</summary>
    public BulkMessageModel(string id, string source, string type, string specversion, string datacontenttype, TValue data)
    {
        Id = id;
        Source = source;
        Type = type;
        Specversion = specversion;
        Datacontenttype = datacontenttype;
        Data = data;
    }

    /// <summary>CloudEvents id.</summary>
    public string? Id { get; set; }

    /// <summary>CloudEvents source.</summary>
    public string? Source { get; set; }

    /// <summary>CloudEvents type.</summary>
    public string? Type { get; set; }

    /// <summary>CloudEvents version.</summary>
    public string? Specversion { get; set; }

    /// <summary>Content type of the data.</summary>
    public string? Datacontenttype { get; set; }

    /// <summary>The data.</summary>
    public TValue? Data { get; set; }
}
