using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Dapr.AppCallback.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Sidecar.Apps;
using Sidecar.Invocation;
using Status = Dapr.AppCallback.Autogen.Grpc.v1.TopicEventResponse.Types.TopicEventResponseStatus;

namespace Sidecar.PubSub;

/// <summary>Events by the app's callback service.</summary>
internal sealed class GrpcEventDelivery(SidecarTokens tokens) : IEventDelivery
{
    private static readonly string[] Attributes =
        ["id", "source", "type", "specversion", "datacontenttype", "topic", "pubsubname", "data", "data_base64"];

    public async Task<DeliveryOutcome[]> DeliverAsync(AppReplica replica, Delivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            return delivery.Bulk
                ? await DeliverBulkAsync(replica, delivery, cancellationToken)
                : [await DeliverOneAsync(replica, delivery, cancellationToken)];
        }
        catch (RpcException error) when (!cancellationToken.IsCancellationRequested)
        {
            var outcome = error.StatusCode switch
            {
                StatusCode.Unimplemented => DeliveryOutcome.Drop,
                // An app may answer "unavailable" too; then it was reached.
                StatusCode.Unavailable when error.Status.DebugException is HttpRequestException => DeliveryOutcome.Unreachable,
                _ => DeliveryOutcome.Retry,
            };
            return [.. Enumerable.Repeat(outcome, delivery.Events.Count)];
        }
    }

    /// <summary>One event as the message every gRPC subscriber gets.</summary>
    public static TopicEventRequest ToRequest(Delivery delivery, Envelope envelope) => new()
    {
        Id = envelope.Text("id"),
        Source = envelope.Text("source"),
        Type = envelope.Text("type"),
        SpecVersion = envelope.Text("specversion"),
        DataContentType = envelope.Text("datacontenttype"),
        Topic = delivery.Topic,
        PubsubName = delivery.PubSub,
        Path = delivery.Path,
        Data = Data(envelope),
        Extensions = Extensions(envelope),
    };

    public static DeliveryOutcome ToOutcome(Status status) => status switch
    {
        Status.Success => DeliveryOutcome.Done,
        Status.Drop => DeliveryOutcome.Drop,
        _ => DeliveryOutcome.Retry,
    };

    private async Task<DeliveryOutcome> DeliverOneAsync(AppReplica replica, Delivery delivery, CancellationToken cancellationToken)
    {
        var envelope = delivery.Events[0];
        var request = ToRequest(delivery, envelope);
        var client = new AppCallback.AppCallbackClient(replica.Grpc);
        var headers = Headers(replica);
        foreach (var (name, value) in envelope.Trace())
        {
            headers.Add(name, value);
        }

        var response = await client.OnTopicEventAsync(request, headers, cancellationToken: cancellationToken);
        return ToOutcome(response.Status);
    }

    private async Task<DeliveryOutcome[]> DeliverBulkAsync(AppReplica replica, Delivery delivery, CancellationToken cancellationToken)
    {
        var request = new TopicEventBulkRequest
        {
            Id = Guid.NewGuid().ToString(),
            Topic = delivery.Topic,
            PubsubName = delivery.PubSub,
            Path = delivery.Path,
            Type = "com.dapr.event.sent.bulk",
        };
        request.Entries.AddRange(delivery.Events.Select(envelope => new TopicEventBulkRequestEntry
        {
            EntryId = EntryId(envelope),
            ContentType = CloudEvent.ContentType,
            Metadata = { envelope.Message.Metadata.ToDictionary() },
            CloudEvent = new TopicEventCERequest
            {
                Id = envelope.Text("id"),
                Source = envelope.Text("source"),
                Type = envelope.Text("type"),
                SpecVersion = envelope.Text("specversion"),
                DataContentType = envelope.Text("datacontenttype"),
                Data = Data(envelope),
                Extensions = Extensions(envelope),
            },
        }));
        var response = await CallBulkAsync(replica, request, cancellationToken);
        var byEntry = response.Statuses.ToLookup(status => status.EntryId, status => status.Status);
        return [.. delivery.Events.Select(envelope => byEntry[EntryId(envelope)] is var found && found.Any()
            ? ToOutcome(found.First())
            : DeliveryOutcome.Retry)];
    }

    // Apps built before 1.17 have only the alpha method.
    private async Task<TopicEventBulkResponse> CallBulkAsync(
        AppReplica replica, TopicEventBulkRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await new AppCallback.AppCallbackClient(replica.Grpc)
                .OnBulkTopicEventAsync(request, Headers(replica), cancellationToken: cancellationToken);
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.Unimplemented)
        {
            var alpha = new AppCallbackAlpha.AppCallbackAlphaClient(replica.Grpc);
            return await alpha.OnBulkTopicEventAlpha1Async(request, Headers(replica), cancellationToken: cancellationToken);
        }
    }

    private Metadata Headers(AppReplica replica)
    {
        var headers = new Metadata();
        if (tokens.App(replica) is { } token)
        {
            headers.Add(ForwardedHeaders.Token, token);
        }

        return headers;
    }

    private static ByteString Data(Envelope envelope) => envelope.Json switch
    {
        { } json when json["data_base64"] is JsonValue value => ByteString.FromBase64(value.ToString()),
        { } json when json["data"] is { } data => ByteString.CopyFrom(Encoding.UTF8.GetBytes(
            CloudEvent.IsJson(envelope.Text("datacontenttype")) ? data.ToJsonString() : data.ToString())),
        _ => ByteString.Empty,
    };

    private static Struct Extensions(Envelope envelope)
    {
        var extensions = new Struct();
        foreach (var (name, value) in envelope.Json.Where(item => !Attributes.Contains(item.Key) && item.Value is JsonValue))
        {
            extensions.Fields[name] = Value.ForString(value!.ToString());
        }

        return extensions;
    }

    private static string EntryId(Envelope envelope) => envelope.Message.Id.ToString(CultureInfo.InvariantCulture);
}
