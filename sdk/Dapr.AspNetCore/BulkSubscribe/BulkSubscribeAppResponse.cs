namespace Dapr.AspNetCore;

/// <summary>Answer to a batch of events. An entry that it leaves out is delivered again.</summary>
/// <param name="statuses">What became of each event.</param>
public class BulkSubscribeAppResponse(List<BulkSubscribeAppResponseEntry> statuses)
{
    /// <summary>What became of each event.</summary>
    public List<BulkSubscribeAppResponseEntry> Statuses { get; } = statuses;
}

/// <summary>What became of an event.</summary>
/// <param name="entryId">The event.</param>
/// <param name="status">What became of it.</param>
public class BulkSubscribeAppResponseEntry(string entryId, BulkSubscribeAppResponseStatus status)
{
    /// <summary>The event.</summary>
    public string EntryId { get; } = entryId;

    /// <summary>SUCCESS, RETRY or DROP.</summary>
    public string Status { get; } = status.ToString();
}

/// <summary>What became of an event.</summary>
public enum BulkSubscribeAppResponseStatus
{
    /// <summary>Processed.</summary>
    SUCCESS,

    /// <summary>To be delivered again.</summary>
    RETRY,

    /// <summary>To be dropped, or moved to the dead letter topic.</summary>
    DROP,
}
