using System.Collections.ObjectModel;

namespace Sidecar.PubSub;

/// <summary>A message to be kept. <paramref name="Raw"/> bytes are not a CloudEvent by the publisher's own wish.</summary>
internal sealed record NewMessage(string Topic, byte[] Data, bool Raw, DateTimeOffset? Expires)
{
    /// <summary>What the publisher said besides; kept with the message.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}

/// <summary>A kept message; ids grow in the order of publishing.</summary>
internal sealed record TopicMessage(long Id, byte[] Data, bool Raw)
{
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}

/// <summary>A message that a group has failed to process and will be given again.</summary>
internal sealed record ParkedMessage(TopicMessage Message, int Attempts, DateTimeOffset Due);

/// <summary>A group of consumers of a topic: each message goes to one of them.</summary>
internal readonly record struct ConsumerGroup(string Name, string Topic);

/// <summary>How far a group has come: everything up to <paramref name="Position"/> is done or parked.</summary>
internal sealed record GroupProgress(ConsumerGroup Group, long Position, IReadOnlyList<ParkedMessage> Parked, IReadOnlyList<long> Done);

/// <summary>Where published messages live until every group has them.</summary>
internal interface ITopicLog
{
    /// <summary>All messages or none; durable when it returns.</summary>
    Task PublishAsync(IReadOnlyList<NewMessage> messages, CancellationToken cancellationToken);

    /// <summary>The group's position. A new group starts before the oldest message still kept.</summary>
    Task<long> JoinAsync(ConsumerGroup group, CancellationToken cancellationToken);

    /// <summary>The next messages after a position that have not expired.</summary>
    IReadOnlyList<TopicMessage> Read(string topic, long after, int count);

    /// <summary>Parked messages by due time, whether they are due or not.</summary>
    IReadOnlyList<ParkedMessage> ReadParked(ConsumerGroup group, int count);

    Task AdvanceAsync(GroupProgress progress, CancellationToken cancellationToken);

    /// <summary>Removes what every group has, what has expired, and of a topic without groups all but the newest.</summary>
    Task TrimAsync(CancellationToken cancellationToken);
}
