using Sidecar.Resources;

namespace Sidecar.PubSub;

/// <summary>Reads what comes next in a topic. For a bulk subscription it waits as long as that says for the bulk to fill.</summary>
internal sealed class TopicReader(PubSubComponent component, string topic, TimeProvider clock)
{
    private const int PageSize = 100;
    private const int LargestBulk = 1000;

    /// <summary>The next messages after a position; none when there are none now.</summary>
    public async Task<IReadOnlyList<TopicMessage>> ReadAsync(long after, BulkOptions? bulk, CancellationToken cancellationToken)
    {
        var wanted = Math.Min(bulk?.MaxMessages ?? 1, LargestBulk);
        var first = component.Log.Read(topic, after, Math.Max(PageSize, wanted));
        if (bulk is null || first.Count == 0 || first.Count >= wanted)
        {
            return first;
        }

        var messages = new List<TopicMessage>(first);
        var until = clock.GetUtcNow() + bulk.MaxAwait;
        while (messages.Count < wanted && until - clock.GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            var bell = component.NextMessage(topic);
            var more = component.Log.Read(topic, messages[^1].Id, wanted - messages.Count);
            messages.AddRange(more);
            if (more.Count == 0)
            {
                await PubSubComponent.WaitAsync(bell, left, clock, cancellationToken);
            }
        }

        return messages;
    }
}
