using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Local.Tests.Sidecars;

public sealed class PubSubTests : IAsyncLifetime
{
    private const string Components = RunningSidecar.LocalComponents + $$"""

        ---
        {{SidecarFolder.PubSub}}
        """;

    // Only a failing test waits that long.
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(5);

    private readonly TestApp publisher = new("publisher");
    private readonly TestApp subscriber = new("subscriber", FreePort.Next(), "h2c");
    private readonly RunningSidecar sidecar;
    private readonly Inbox inbox = new();

    public PubSubTests() => sidecar = new RunningSidecar([publisher, subscriber], Components);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await sidecar.StartAsync();

    public ValueTask DisposeAsync() => sidecar.DisposeAsync();

    [Fact]
    public async Task Publish_JsonData_ArrivesInOrderAsCloudEvents()
    {
        await using var app = await StartSubscriberAsync();
        for (var i = 0; i < 20; i++)
        {
            await PublishAsync($$"""{"n":{{i}}}""");
        }

        var events = await inbox.TakeAsync(20);

        Assert.Equal(Enumerable.Range(0, 20), events.Select(e => (int)e["data"]!["n"]!));
        Assert.All(events, e => Assert.Equal("publisher", (string?)e["source"]));
        Assert.All(events, e => Assert.Equal("1.0", (string?)e["specversion"]));
        Assert.All(events, e => Assert.Equal("topic", (string?)e["topic"]));
    }

    [Fact]
    public async Task Publish_SubscriberNotUpYet_ArrivesWhenItComes()
    {
        await PublishAsync("""{"n":1}""");

        await using var app = await StartSubscriberAsync();

        Assert.Single(await inbox.TakeAsync(1));
    }

    [Fact]
    public async Task Publish_SidecarStoppedBeforeDelivery_ArrivesAfterRestart()
    {
        await PublishAsync("""{"n":1}""");
        await sidecar.StopAsync();
        await sidecar.StartAsync();

        await using var app = await StartSubscriberAsync();

        Assert.Equal(1, (int)(await inbox.TakeAsync(1))[0]["data"]!["n"]!);
    }

    [Fact]
    public async Task Deliver_FailingSubscriber_GetsItAgain()
    {
        inbox.Answer = seen => seen == 1 ? Results.StatusCode(500) : Results.Ok();
        await using var app = await StartSubscriberAsync();
        await PublishAsync("""{"n":1}""");

        var events = await inbox.TakeAsync(2);

        Assert.Equal((string?)events[0]["id"], (string?)events[1]["id"]);
    }

    [Theory]
    [InlineData("DROP")]
    [InlineData("RETRY")]
    public async Task Deliver_DeadLetterTopic_GetsWhatCannotBeProcessed(string status)
    {
        inbox.Answer = _ => Results.Json(new { status });
        var dead = new Inbox();
        await using var app = await StartSubscriberAsync("\"deadLetterTopic\":\"dead\",", dead);
        await PublishAsync("""{"n":9}""");

        Assert.Equal(9, (int)(await dead.TakeAsync(1))[0]["data"]!["n"]!);
    }

    [Theory]
    [InlineData("{\"datacontenttype\":1,\"traceparent\":\"a\",\"traceparent\":\"b\"}")]
    [InlineData("{\"a\":1,\"a\":2}")]
    public async Task Deliver_EventThatCannotBeSent_DoesNotHoldUpTheNext(string poison)
    {
        await using var app = await StartSubscriberAsync();
        var request = new PublishEventRequest
        {
            PubsubName = "pubsub",
            Topic = "topic",
            Data = ByteString.CopyFromUtf8(poison),
            DataContentType = "application/json",
            Metadata = { ["rawPayload"] = "true" },
        };
        await sidecar.Dapr(publisher).PublishEventAsync(request, cancellationToken: Token);
        await PublishAsync("""{"n":7}""");

        Assert.Equal(7, (int)(await inbox.TakeAsync(1).WaitAsync(Enough, Token))[0]["data"]!["n"]!);
    }

    [Fact]
    public async Task Deliver_BulkSubscription_GetsSeveralAtOnce()
    {
        for (var i = 0; i < 10; i++)
        {
            await PublishAsync($$"""{"n":{{i}}}""");
        }

        var bulk = new ConcurrentQueue<JsonNode>();
        var done = new TaskCompletionSource();
        await using var app = await EchoApp.StartAsync(subscriber.AppPort, map: routes =>
        {
            routes.MapGet("/dapr/subscribe", () => Results.Text(
                """[{"pubsubname":"pubsub","topic":"topic","route":"bulk","bulkSubscribe":{"enabled":true,"maxMessagesCount":100}}]""", "application/json"));
            routes.MapPost("/bulk", async (HttpContext context) =>
            {
                var body = (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!;
                bulk.Enqueue(body);
                done.TrySetResult();
                return Results.Json(new
                {
                    statuses = body["entries"]!.AsArray().Select(entry => new { entryId = (string?)entry!["entryId"], status = "SUCCESS" }),
                });
            });
        });

        await done.Task.WaitAsync(Token);

        Assert.Equal(10, bulk.Single()["entries"]!.AsArray().Count);
    }

    [Fact]
    public async Task Deliver_MetadataAndTrace_AreHeadersUnlessTheyAreNotThePublishersToSet()
    {
        var seen = new TaskCompletionSource<Dictionary<string, string>>();
        await using var app = await EchoApp.StartAsync(subscriber.AppPort, map: routes =>
        {
            routes.MapGet("/dapr/subscribe", () =>
                Results.Text("""[{"pubsubname":"pubsub","topic":"topic","route":"in"}]""", "application/json"));
            routes.MapPost("/in", (HttpContext context) =>
            {
                seen.TrySetResult(context.Request.Headers.ToDictionary(
                    header => header.Key.ToLowerInvariant(), header => header.Value.ToString()));
                return Results.Ok();
            });
        });
        var request = new PublishEventRequest
        {
            PubsubName = "pubsub",
            Topic = "topic",
            Data = ByteString.CopyFromUtf8("{}"),
            DataContentType = "application/json",
            Metadata =
            {
                ["partitionKey"] = "k1",
                ["cloudevent.traceparent"] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                ["cloudevent.tracestate"] = "vendor=1",
                ["dapr-api-token"] = "forged",
                ["Content-Type"] = "text/html",
                ["no header"] = "x",
                ["split"] = "a\r\nb: c",
            },
        };

        await sidecar.Dapr(publisher).PublishEventAsync(request, cancellationToken: Token);
        var headers = await seen.Task.WaitAsync(Token);

        Assert.Equal(("k1", "vendor=1"), (headers["partitionkey"], headers["tracestate"]));
        Assert.Equal("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", headers["traceparent"]);
        Assert.Equal("application/cloudevents+json", headers["content-type"]);
        Assert.NotEqual("forged", headers.GetValueOrDefault("dapr-api-token"));
        Assert.DoesNotContain(headers.Keys, name => name is "split" or "b" or "no header");
    }

    [Fact]
    public async Task BulkPublish_RawAndEnvelope_AllArrive()
    {
        await using var app = await StartSubscriberAsync();
        var request = new BulkPublishRequest { PubsubName = "pubsub", Topic = "topic" };
        request.Entries.Add(
            new BulkPublishRequestEntry { EntryId = "1", Event = ByteString.CopyFromUtf8("text"), ContentType = "text/plain" });
        request.Entries.Add(
            new BulkPublishRequestEntry { EntryId = "2", Event = ByteString.CopyFrom(1, 2, 3), ContentType = "application/octet-stream" });

        var response = await sidecar.Dapr(publisher).BulkPublishEventAsync(request, cancellationToken: Token);
        var events = await inbox.TakeAsync(2);

        Assert.Empty(response.FailedEntries);
        Assert.Equal("text", (string?)events[0]["data"]);
        Assert.Equal("AQID", (string?)events[1]["data_base64"]);
    }

    private Task<WebApplication> StartSubscriberAsync(string options = "", Inbox? dead = null) =>
        EchoApp.StartAsync(subscriber.AppPort, map: routes =>
        {
            routes.MapGet("/dapr/subscribe", () => Results.Text(
                $$"""[{"pubsubname":"pubsub","topic":"topic",{{options}}"route":"/in"},{"pubsubname":"pubsub","topic":"dead","route":"/dead"}]""",
                "application/json"));
            routes.MapPost("/in", (Delegate)inbox.ReceiveAsync);
            routes.MapPost("/dead", (Delegate)(dead ?? inbox).ReceiveAsync);
        });

    private async Task PublishAsync(string json) => await sidecar.Dapr(publisher).PublishEventAsync(
        new PublishEventRequest
        {
            PubsubName = "pubsub",
            Topic = "topic",
            Data = ByteString.CopyFromUtf8(json),
            DataContentType = "application/json",
        },
        cancellationToken: Token);
}
