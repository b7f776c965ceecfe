using System.Text;
using System.Text.Json;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Sidecar.Apps;
using Sidecar.PubSub;

namespace Sidecar.Api;

/// <summary>Publishing on HTTP, one event or many.</summary>
internal static class HttpPublishApi
{
    private static readonly string[] Write = [HttpMethods.Post, HttpMethods.Put];

    public static void MapPublish(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/v1.0/publish/bulk/{pubsub}/{**topic}", Write, PublishBulk);
        routes.MapMethods("/v1.0-alpha1/publish/bulk/{pubsub}/{**topic}", Write, PublishBulk);
        routes.MapMethods("/v1.0/publish/{pubsub}/{**topic}", Write, Publish);
    }

    private static Task<IResult> Publish(HttpContext context, string pubsub, string? topic, Publisher publisher) =>
        HttpErrors.PublishAsync(async () =>
    {
        var headers = context.Request.Headers;
        var publish = new PublishContext(
            AppDirectory.Caller(context).AppId, pubsub, topic
                ?? "", Metadata(context.Request.Query), headers.TraceParent, headers.TraceState);
        var data = await ByteString.FromStreamAsync(context.Request.Body, context.RequestAborted);
        await publisher.PublishAsync(publish, data.Memory, context.Request.ContentType ?? "", context.RequestAborted);
        return Results.NoContent();
    });

    private static Task<IResult> PublishBulk(HttpContext context, string pubsub, string? topic, Publisher publisher) =>
        HttpErrors.PublishAsync(async () =>
    {
        var request = new BulkPublishRequest { PubsubName = pubsub, Topic = topic ?? "" };
        request.Metadata.Add(Metadata(context.Request.Query));
        publisher.Check(AppDirectory.Caller(context).AppId, pubsub, request.Topic);
        request.Entries.AddRange(
            (await JsonBody.ReadAsync<List<JsonEntry?>>(context)).Select(entry => entry?.ToWire() ?? new BulkPublishRequestEntry()));
        var answer = await publisher.PublishAsync(AppDirectory.Caller(context).AppId, request, context.RequestAborted);
        return answer.FailedEntries.Count == 0 ? Results.NoContent() : Results.Json(
            new
            {
                failedEntries = answer.FailedEntries.Select(entry => new { entryId = entry.EntryId, error = entry.Error }),
                errorCode = "ERR_PUBSUB_PUBLISH_MESSAGE",
                message = $"{answer.FailedEntries.Count} of {request.Entries.Count} events could not be published to topic {request.Topic} in pubsub {pubsub}",
            },
            statusCode: StatusCodes.Status500InternalServerError);
    });

    private static Dictionary<string, string> Metadata(IQueryCollection query) => query
        .Where(item => item.Key.StartsWith("metadata.", StringComparison.Ordinal))
        .ToDictionary(item => item.Key["metadata.".Length..], item => item.Value.ToString());

    private sealed record JsonEntry(string? EntryId, JsonElement Event, string? ContentType, Dictionary<string, string>? Metadata)
    {
        public BulkPublishRequestEntry ToWire()
        {
            var entry = new BulkPublishRequestEntry { EntryId = EntryId ?? "", ContentType = ContentType ?? "", Event = Bytes() };
            entry.Metadata.Add(Metadata ?? []);
            return entry;
        }

        // The content type says how the bytes are written in JSON: as the value itself, as text, or in base64.
        private ByteString Bytes() => Event.ValueKind switch
        {
            JsonValueKind.Undefined => ByteString.Empty,
            JsonValueKind.String when IsBinary => FromBase64(Event.GetString()!),
            JsonValueKind.String when !CloudEvent.IsJson(ContentType ?? "") => ByteString.CopyFromUtf8(Event.GetString()!),
            _ => ByteString.CopyFrom(Encoding.UTF8.GetBytes(Event.GetRawText())),
        };

        private bool IsBinary => ContentType?.StartsWith("application/octet-stream", StringComparison.OrdinalIgnoreCase) ?? false;

        private ByteString FromBase64(string text)
        {
            try
            {
                return ByteString.FromBase64(text);
            }
            catch (FormatException)
            {
                throw new PublishException(
                    PublishProblem.BadEvents, $"the event of entry '{EntryId}' is not base64, as its content type asks for");
            }
        }
    }
}
