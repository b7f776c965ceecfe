namespace Dapr.Client;

/// <summary>An event of a bulk publish.</summary>
public class BulkPublishEntry<TValue>(
    string entryId, TValue eventData, string contentType, IReadOnlyDictionary<string, string>? metadata = null)
{
    /// <summary>Its id within the call.</summary>
    public string EntryId { get; } = entryId;

    /// <summary>Its data.</summary>
    public TValue EventData { get; } = eventData;

    /// <summary>Content type of the data.</summary>
    public string ContentType { get; } = contentType;

    /// <summary>Passed to the component.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; } = metadata;
}

/// <summary>An event of a bulk publish that failed.</summary>
public class BulkPublishResponseFailedEntry<TValue>(BulkPublishEntry<TValue> entry, string errorMessage)
{
    /// <summary>The event.</summary>
    public BulkPublishEntry<TValue> Entry { get; } = entry;

    /// <summary>Why.</summary>
    public string ErrorMessage { get; } = errorMessage;
}

/// <summary>Outcome of a bulk publish.</summary>
public class BulkPublishResponse<TValue>(List<BulkPublishResponseFailedEntry<TValue>> failedEntries)
{
    /// <summary>What failed; empty when everything is published.</summary>
    public List<BulkPublishResponseFailedEntry<TValue>> FailedEntries { get; } = failedEntries;
}
