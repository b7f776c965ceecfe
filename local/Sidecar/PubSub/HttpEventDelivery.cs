using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sidecar.Apps;
using Sidecar.Invocation;

namespace Sidecar.PubSub;

/// <summary>Events by POST, on HTTP/1.1 or cleartext HTTP/2.</summary>
internal sealed class HttpEventDelivery(SidecarTokens tokens) : IEventDelivery
{
    public async Task<DeliveryOutcome[]> DeliverAsync(AppReplica replica, Delivery delivery, CancellationToken cancellationToken)
    {
        var body = delivery.Bulk ? BulkBody(delivery) : delivery.Events[0].Json;
        using var request = Request(replica, delivery.Path, body, delivery.Bulk ? "application/json" : CloudEvent.ContentType);
        if (!delivery.Bulk)
        {
            AddHeaders(request, delivery.Events[0]);
        }

        try
        {
            using var response = await replica.Invoker.SendAsync(request, cancellationToken);
            var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return delivery.Bulk ? BulkOutcomes(response, answer, delivery) : [Outcome(response, answer)];
        }
        catch (HttpRequestException error) when (error.HttpRequestError is HttpRequestError.ConnectionError)
        {
            return All(delivery, DeliveryOutcome.Unreachable);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return All(delivery, DeliveryOutcome.Retry);
        }
    }

    private HttpRequestMessage Request(AppReplica replica, string path, JsonNode body, string contentType)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        var target = ForwardedTarget.Create(replica, path.StartsWith('/') ? path : $"/{path}", "")
            ?? throw new UriFormatException($"{path} is not a path of the app");
        var request = new HttpRequestMessage(HttpMethod.Post, target)
        {
            Version = replica.HttpVersion,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        if (tokens.App(replica) is { } token)
        {
            request.Headers.TryAddWithoutValidation(ForwardedHeaders.Token, token);
        }

        return request;
    }

    private static void AddHeaders(HttpRequestMessage request, Envelope envelope)
    {
        foreach (var (name, value) in MessageHeaders.Of(envelope.Message.Metadata).Concat(envelope.Trace()))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private static DeliveryOutcome Outcome(HttpResponseMessage response, byte[] answer)
    {
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return DeliveryOutcome.Drop;
        }

        return response.IsSuccessStatusCode ? FromStatus(CloudEvent.TryParse(answer)?["status"]) : DeliveryOutcome.Retry;
    }

    private static DeliveryOutcome FromStatus(JsonNode? status) =>
        (status is JsonValue value && value.TryGetValue<string>(out var text) ? text : "") switch
        {
            "" or "SUCCESS" => DeliveryOutcome.Done,
            "DROP" => DeliveryOutcome.Drop,
            _ => DeliveryOutcome.Retry,
        };

    private static DeliveryOutcome[] BulkOutcomes(HttpResponseMessage response, byte[] answer, Delivery delivery)
    {
        if (!response.IsSuccessStatusCode)
        {
            return All(delivery, Outcome(response, answer));
        }

        if (CloudEvent.TryParse(answer)?["statuses"] is not JsonArray statuses)
        {
            return All(delivery, DeliveryOutcome.Retry);
        }

        var byEntry = statuses.OfType<JsonObject>()
            .ToLookup(status => status["entryId"]?.ToString() ?? "", status => status["status"]?.ToString());
        return [.. delivery.Events.Select(envelope => byEntry[EntryId(envelope)].FirstOrDefault() switch
        {
            "SUCCESS" => DeliveryOutcome.Done,
            "DROP" => DeliveryOutcome.Drop,
            _ => DeliveryOutcome.Retry,
        })];
    }

    private static JsonObject BulkBody(Delivery delivery) => new()
    {
        ["id"] = Guid.NewGuid().ToString(),
        ["entries"] = new JsonArray([.. delivery.Events.Select(envelope => new JsonObject
        {
            ["entryId"] = EntryId(envelope),
            ["event"] = envelope.Json.DeepClone(),
            ["contentType"] = CloudEvent.ContentType,
            ["metadata"] = new JsonObject(
                envelope.Message.Metadata.Select(item => KeyValuePair.Create<string, JsonNode?>(item.Key, item.Value))),
        })]),
        ["metadata"] = new JsonObject(),
        ["pubsubname"] = delivery.PubSub,
        ["topic"] = delivery.Topic,
        ["type"] = "com.dapr.event.sent.bulk",
    };

    private static string EntryId(Envelope envelope) => envelope.Message.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static DeliveryOutcome[] All(Delivery delivery, DeliveryOutcome outcome) =>
        [.. Enumerable.Repeat(outcome, delivery.Events.Count)];
}
