using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sidecar.PubSub;

/// <summary>What the publisher said about an event, besides the event.</summary>
internal sealed record PublishContext(
    string AppId, string PubSub, string Topic, IReadOnlyDictionary<string, string> Metadata, string? TraceParent, string? TraceState)
{
    public string? this[string name] => Metadata.FirstOrDefault(item => item.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    public bool IsRaw => this["rawPayload"] is { } text && Resources.YamlMap.IsTrue(text);
}

/// <summary>The envelope every subscriber gets: CloudEvents 1.0 as JSON.</summary>
internal static class CloudEvent
{
    public const string ContentType = "application/cloudevents+json";
    private const string OrdinaryType = "com.dapr.event.sent";

    /// <summary>Wraps a payload, or fills in what a CloudEvent given as such lacks.</summary>
    /// <exception cref="JsonException">It claims to be a CloudEvent and is not JSON.</exception>
    public static byte[] Wrap(ReadOnlyMemory<byte> data, string contentType, PublishContext context, DateTimeOffset now)
    {
        var type = contentType.Length == 0 ? "text/plain" : contentType;
        var envelope = IsCloudEvent(type) ? Parse(data) : new JsonObject();
        Default(envelope, "id", context["cloudevent.id"] ?? Guid.NewGuid().ToString());
        Default(envelope, "specversion", "1.0");
        Default(envelope, "source", context["cloudevent.source"] ?? context.AppId);
        Default(envelope, "type", context["cloudevent.type"] ?? OrdinaryType);
        Default(envelope, "time", now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        Default(envelope, "subject", context["cloudevent.subject"]);
        envelope["topic"] = context.Topic;
        envelope["pubsubname"] = context.PubSub;
        var parent = context["cloudevent.traceparent"] ?? context.TraceParent;
        Default(envelope, "traceparent", parent);
        Default(envelope, "traceid", context["cloudevent.traceid"] ?? parent);
        Default(envelope, "tracestate", context["cloudevent.tracestate"] ?? context.TraceState);
        if (!IsCloudEvent(type))
        {
            envelope["datacontenttype"] = type;
            SetData(envelope, data, type);
        }

        return JsonSerializer.SerializeToUtf8Bytes(envelope);
    }

    /// <summary>Raw bytes as a subscriber that asked for them gets them.</summary>
    public static byte[] WrapRaw(ReadOnlyMemory<byte> data, string pubSub, string topic) =>
        JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["id"] = Guid.NewGuid().ToString(),
        ["specversion"] = "1.0",
        ["source"] = "Dapr",
        ["type"] = OrdinaryType,
        ["datacontenttype"] = "application/octet-stream",
        ["topic"] = topic,
        ["pubsubname"] = pubSub,
        ["data_base64"] = Convert.ToBase64String(data.Span),
    });

    /// <summary>Null when the bytes are no JSON object.</summary>
    public static JsonObject? TryParse(ReadOnlyMemory<byte> data)
    {
        try
        {
            return JsonNode.Parse(data.Span) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static bool IsJson(string contentType)
    {
        var bare = contentType.Split(';')[0].Trim();
        return bare.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || bare.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsCloudEvent(string contentType) =>
        contentType.Split(';')[0].Trim().Equals(ContentType, StringComparison.OrdinalIgnoreCase);

    private static JsonObject Parse(ReadOnlyMemory<byte> data) =>
        TryParse(data) ?? throw new JsonException("the event is not a CloudEvent in JSON");

    private static void SetData(JsonObject envelope, ReadOnlyMemory<byte> data, string contentType)
    {
        if (contentType.StartsWith("application/octet-stream", StringComparison.OrdinalIgnoreCase))
        {
            envelope["data_base64"] = Convert.ToBase64String(data.Span);
        }
        else if (IsJson(contentType) && TryParseValue(data, out var value))
        {
            envelope["data"] = value;
        }
        else
        {
            envelope["data"] = System.Text.Encoding.UTF8.GetString(data.Span);
        }
    }

    private static bool TryParseValue(ReadOnlyMemory<byte> data, out JsonNode? value)
    {
        try
        {
            value = JsonNode.Parse(data.Span);
            return true;
        }
        catch (JsonException)
        {
            value = null;
            return false;
        }
    }

    private static void Default(JsonObject envelope, string name, string? value)
    {
        if (value is not null && envelope[name] is null)
        {
            envelope[name] = value;
        }
    }
}
