namespace Dapr.AspNetCore;

/// <summary>A subscription as the sidecar reads it.</summary>
internal sealed record Subscription
{
    public required string Topic { get; init; }
    public required string PubsubName { get; init; }
    public string? Route { get; init; }
    public Routes? Routes { get; init; }
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
    public string? DeadLetterTopic { get; init; }
    public BulkSubscribe? BulkSubscribe { get; init; }
}

/// <summary>Where matching events go, and the rest.</summary>
internal sealed record Routes(IReadOnlyList<Rule> Rules, string? Default);

/// <summary>Where the events go that match an expression.</summary>
internal sealed record Rule(string Match, string Path);

/// <summary>Delivery in batches.</summary>
internal sealed record BulkSubscribe(bool Enabled, int MaxMessagesCount, int MaxAwaitDurationMs);
