using System.Threading.Channels;
using Dapr.AppCallback.Autogen.Grpc.v1;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;

namespace Local.Tests.Sidecars;

public class GrpcSubscriberTests
{
    private const string Components = $$"""
        {{SidecarFolder.PubSub}}
        ---
        apiVersion: dapr.io/v2alpha1
        kind: Subscription
        metadata: { name: declared }
        spec:
          pubsubname: pubsub
          topic: declared
          routes:
            rules:
              - { match: 'event.type == "special"', path: /special }
            default: /plain
        scopes: [subscriber]
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GrpcApp_GetsDeclaredAndOwnSubscriptions_WithTheMatchingPath()
    {
        var publisher = new TestApp("publisher");
        var subscriber = new TestApp("subscriber", FreePort.Next());
        await using var sidecar = new RunningSidecar([publisher, subscriber], Components);
        await sidecar.StartAsync();
        await using var app = await EchoApp.StartAsync(subscriber.AppPort, map: routes => routes.MapGrpcService<Callback>());
        await PublishAsync(sidecar.Dapr(publisher), "declared", "special");
        await PublishAsync(sidecar.Dapr(publisher), "declared", "other");
        await PublishAsync(sidecar.Dapr(publisher), "own", "any");

        var events = new List<TopicEventRequest>();
        while (events.Count < 3)
        {
            events.Add(await Callback.Events.Reader.ReadAsync(Token));
        }

        var byTopic = events.ToLookup(request => request.Topic);
        Assert.Equal(["/special", "/plain"], byTopic["declared"].Select(request => request.Path));
        Assert.Equal("", byTopic["own"].Single().Path);
        Assert.All(events, request => Assert.Equal("""{"n":1}""", request.Data.ToStringUtf8()));
        Assert.All(events, request => Assert.Equal("application/json", request.DataContentType));
    }

    [Fact]
    public async Task GrpcApp_EventWithBrokenBase64_DoesNotHoldUpTheNext()
    {
        var publisher = new TestApp("publisher");
        var subscriber = new TestApp("subscriber", FreePort.Next());
        await using var sidecar = new RunningSidecar([publisher, subscriber], Components);
        await sidecar.StartAsync();
        await using var app = await EchoApp.StartAsync(subscriber.AppPort, map: routes => routes.MapGrpcService<Callback>());
        var poison = new PublishEventRequest
        {
            PubsubName = "pubsub",
            Topic = "own",
            Data = ByteString.CopyFromUtf8("""{"id":"poison","data_base64":"!!"}"""),
            DataContentType = "application/cloudevents+json",
        };
        await sidecar.Dapr(publisher).PublishEventAsync(poison, cancellationToken: Token);
        await PublishAsync(sidecar.Dapr(publisher), "own", "good");

        var next = await Callback.Events.Reader.ReadAsync(Token).AsTask().WaitAsync(TimeSpan.FromMinutes(5), Token);

        Assert.Equal("good", next.Type);
    }

    private static async Task PublishAsync(Dapr.Client.Autogen.Grpc.v1.Dapr.DaprClient client, string topic, string type) =>
        await client.PublishEventAsync(
        new PublishEventRequest
        {
            PubsubName = "pubsub",
            Topic = topic,
            Data = ByteString.CopyFromUtf8("""{"n":1}"""),
            DataContentType = "application/json",
            Metadata = { ["cloudevent.type"] = type },
        },
        cancellationToken: Token);

    private sealed class Callback : AppCallback.AppCallbackBase
    {
        public static Channel<TopicEventRequest> Events { get; } = Channel.CreateUnbounded<TopicEventRequest>();

        public override Task<ListTopicSubscriptionsResponse> ListTopicSubscriptions(Empty request, ServerCallContext context) =>
            Task.FromResult(new ListTopicSubscriptionsResponse
                { Subscriptions = { new TopicSubscription { PubsubName = "pubsub", Topic = "own" } } });

        public override Task<TopicEventResponse> OnTopicEvent(TopicEventRequest request, ServerCallContext context)
        {
            Events.Writer.TryWrite(request);
            return Task.FromResult(new TopicEventResponse());
        }
    }
}
