using System.Text.Json.Nodes;
using Sidecar.Apps;

namespace Sidecar.PubSub;

/// <summary>What became of one event at the subscriber.</summary>
internal enum DeliveryOutcome
{
    Done,

    /// <summary>The subscriber could not process it now.</summary>
    Retry,

    /// <summary>The subscriber never wants to see it again.</summary>
    Drop,

    /// <summary>It did not get there.</summary>
    Unreachable,
}

/// <summary>An event in the form it is delivered in.</summary>
internal sealed record Envelope(TopicMessage Message, JsonObject Json)
{
    /// <summary>The trace it belongs to, as headers.</summary>
    public IEnumerable<KeyValuePair<string, string>> Trace() =>
        from name in (string[])["traceparent", "tracestate"]
        let value = Text(name)
        where value.Length > 0 && value.All(c => c is >= ' ' and <= '~')
        select KeyValuePair.Create(name, value);

    public string Text(string name) => Json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}

/// <summary>Events for one path of one app; more than one only where bulk delivery was asked for.</summary>
internal sealed record Delivery(string PubSub, string Topic, string Path, bool Bulk, IReadOnlyList<Envelope> Events);

/// <summary>Hands events to an app in its protocol.</summary>
internal interface IEventDelivery
{
    /// <summary>One outcome per event.</summary>
    Task<DeliveryOutcome[]> DeliverAsync(AppReplica replica, Delivery delivery, CancellationToken cancellationToken);
}
