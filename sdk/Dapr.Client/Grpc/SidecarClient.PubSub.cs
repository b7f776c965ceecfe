using System.Globalization;
using System.Text.Json;
using Dapr.Common.Connection;
using Google.Protobuf;
using Wire = Dapr.Client.Autogen.Grpc.v1;

namespace Dapr.Client;

internal sealed partial class SidecarClient
{
    private const string Json = "application/json";
    private const string CloudEventJson = "application/cloudevents+json";

    private readonly RenamedMethods _bulkPublish = new();

    public override Task PublishEventAsync<TData>(
        string pubsubName, string topicName, TData data, CancellationToken cancellationToken = default) =>
        PublishJsonAsync(pubsubName, topicName, data, null, cancellationToken);

    public override Task PublishEventAsync<TData>(
        string pubsubName, string topicName, TData data, Dictionary<string, string> metadata, CancellationToken cancellationToken = default) =>
        PublishJsonAsync(pubsubName, topicName, data, metadata, cancellationToken);

    public override Task PublishEventAsync(string pubsubName, string topicName, CancellationToken cancellationToken = default) =>
        PublishAsync(pubsubName, topicName, ByteString.Empty, "", null, cancellationToken);

    public override Task PublishEventAsync(
        string pubsubName, string topicName, Dictionary<string, string> metadata, CancellationToken cancellationToken = default) =>
        PublishAsync(pubsubName, topicName, ByteString.Empty, "", metadata, cancellationToken);

    public override Task PublishByteEventAsync(
        string pubsubName,
        string topicName,
        ReadOnlyMemory<byte> data,
        string dataContentType = Json,
        Dictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default) =>
        PublishAsync(pubsubName, topicName, ByteString.CopyFrom(data.Span), dataContentType, metadata, cancellationToken);

    public override async Task<BulkPublishResponse<TValue>> BulkPublishEventAsync<TValue>(
        string pubsubName,
        string topicName,
        IReadOnlyList<TValue> events,
        Dictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        var entries = events.Select((e, i) => new BulkPublishEntry<TValue>(i.ToString(CultureInfo.InvariantCulture), e, ContentType(e))).ToList();
        var request = new Wire.BulkPublishRequest { PubsubName = Required(pubsubName), Topic = Required(topicName) };
        Add(request.Metadata, metadata);
        request.Entries.AddRange(entries.Select(e => new Wire.BulkPublishRequestEntry
        {
            EntryId = e.EntryId,
            ContentType = e.ContentType,
            Event = e.EventData is byte[] bytes ? ByteString.CopyFrom(bytes) : ToEventJson(e.EventData),
        }));
        var response = await _bulkPublish.CallAsync(
            "Publishing",
            () => _sidecar.BulkPublishEventAsync(request, cancellationToken: cancellationToken),
            () => _sidecar.BulkPublishEventAlpha1Async(request, cancellationToken: cancellationToken));
        return new BulkPublishResponse<TValue>(
            [.. response.FailedEntries.Select(f => new BulkPublishResponseFailedEntry<TValue>(entries.First(e => e.EntryId == f.EntryId), f.Error))]);
    }

    private Task PublishJsonAsync<TData>(
        string pubsubName, string topicName, TData data, Dictionary<string, string>? metadata, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        return PublishAsync(pubsubName, topicName, ToEventJson(data), data is CloudEvent ? CloudEventJson : Json, metadata, cancellationToken);
    }

    private async Task PublishAsync(
        string pubsubName,
        string topicName,
        ByteString data,
        string contentType,
        Dictionary<string, string>? metadata,
        CancellationToken cancellationToken)
    {
        var request = new Wire.PublishEventRequest
        {
            PubsubName = Required(pubsubName),
            Topic = Required(topicName),
            Data = data,
            DataContentType = contentType,
        };
        Add(request.Metadata, metadata);
        await CallAsync("Publishing", _sidecar.PublishEventAsync(request, cancellationToken: cancellationToken));
    }

    // By its own type, so that an envelope is written with its data.
    private ByteString ToEventJson(object? data) => data is null
        ? ByteString.Empty
        : UnsafeByteOperations.UnsafeWrap(JsonSerializer.SerializeToUtf8Bytes(data, data.GetType(), _json));

    private static string ContentType(object? data) => data switch
    {
        byte[] => "application/octet-stream",
        CloudEvent => CloudEventJson,
        _ => Json,
    };
}
