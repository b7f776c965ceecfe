using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Dapr.AspNetCore;

/// <summary>Makes subscriptions of the topics of endpoints, one for each topic of a component.</summary>
internal static class SubscriptionList
{
    public static IReadOnlyList<Subscription> Of(IEnumerable<Endpoint> endpoints, SubscribeOptions options) =>
    [
        .. endpoints.OfType<RouteEndpoint>()
            .SelectMany(e => e.Metadata.GetOrderedMetadata<ITopicMetadata>().Select(t => new Entry(e, t)))
            .GroupBy(e => (e.Topic.PubsubName, e.Topic.Name))
            .OrderBy(g => g.Key.PubsubName, StringComparer.Ordinal)
            .ThenBy(g => g.Key.Name, StringComparer.Ordinal)
            .Select(g => Of([.. g], options)),
    ];

    private static Subscription Of(List<Entry> entries, SubscribeOptions options)
    {
        var topic = entries[0].Topic;
        var rules = entries.Where(e => !string.IsNullOrEmpty(e.Topic.Match)).OrderBy(e => e.Topic.Priority).ToList();
        var others = entries.Where(e => string.IsNullOrEmpty(e.Topic.Match)).Select(e => Path(e.Endpoint)).Distinct(StringComparer.Ordinal).ToList();
        if (others.Count > 1)
        {
            throw new InvalidOperationException(
                $"Topic '{topic.Name}' of '{topic.PubsubName}' has several endpoints without a match: {string.Join(", ", others)}.");
        }

        return new Subscription
        {
            Topic = topic.Name,
            PubsubName = topic.PubsubName,
            Route = rules.Count == 0 ? others[0] : null,
            Routes = rules.Count == 0
                ? null
                : new Routes([.. rules.Select(r => new Rule(r.Topic.Match!, Path(r.Endpoint)))], others.FirstOrDefault()),
            Metadata = Metadata(entries, options) is { Count: > 0 } metadata ? metadata : null,
            DeadLetterTopic = entries.Select(e => (e.Topic as IDeadLetterTopicMetadata)?.DeadLetterTopic).FirstOrDefault(d => !string.IsNullOrEmpty(d)),
            BulkSubscribe = Bulk(entries),
        };
    }

    private static Dictionary<string, string> Metadata(List<Entry> entries, SubscribeOptions options)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var owner = entry.Topic as IOwnedOriginalTopicMetadata;
            var owned = entry.Endpoint.Metadata.GetOrderedMetadata<IOriginalTopicMetadata>()
                .Where(m => m.Id is null || owner?.OwnedMetadatas?.Contains(m.Id, StringComparer.Ordinal) is true);
            foreach (var group in owned.GroupBy(m => m.Name, StringComparer.Ordinal))
            {
                metadata[group.Key] = string.Join(owner?.MetadataSeparator ?? ",", group.Select(m => m.Value).Distinct(StringComparer.Ordinal));
            }
        }

        if (entries.Exists(e => (e.Topic as IRawTopicMetadata)?.EnableRawPayload ?? options.EnableRawPayload))
        {
            metadata["rawPayload"] = "true";
        }

        return metadata;
    }

    private static BulkSubscribe? Bulk(List<Entry> entries) => entries
        .SelectMany(e => e.Endpoint.Metadata.GetOrderedMetadata<IBulkSubscribeMetadata>().Where(b => b.TopicName == e.Topic.Name))
        .Select(b => new BulkSubscribe(true, b.MaxMessagesCount, b.MaxAwaitDurationMs))
        .FirstOrDefault();

    private static string Path(RouteEndpoint endpoint) => string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment =>
        segment is { IsSimple: true, Parts: [RoutePatternLiteralPart { Content: var text }] }
            ? text
            : throw new InvalidOperationException($"The route '{endpoint.RoutePattern.RawText}' of a topic must not have parameters.")));

    private sealed record Entry(RouteEndpoint Endpoint, ITopicMetadata Topic);
}
