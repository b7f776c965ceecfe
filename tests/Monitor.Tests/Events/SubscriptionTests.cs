using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Grpc.Core;
using Monitor.Tests.Databases;
using Orchestration.Contracts;

namespace Monitor.Tests.Events;

/// <summary>What the sidecar asks and posts, over real HTTP/2.</summary>
public sealed class SubscriptionTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private MonitorService service = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => service = await MonitorService.StartAsync(folder.FullPath);

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Subscribe_Asked_NamesTopicAndRoute()
    {
        var answer = await service.Sidecar.GetStringAsync(new Uri("/dapr/subscribe", UriKind.Relative), Cancellation);

        var subscription = JsonNode.Parse(answer)!.AsArray().Single()!;
        Assert.Equal("pubsub", (string?)(subscription["pubsubName"] ?? subscription["pubsubname"]));
        Assert.Equal(("run-events", "run-events"), ((string?)subscription["topic"], (string?)subscription["route"]));
        Assert.True((bool?)subscription["bulkSubscribe"]!["enabled"]);
    }

    [Fact]
    public async Task Deliver_EventsOfSeveralRuns_AreStored()
    {
        var (one, two) = (new RunStory("r1"), new RunStory("r2", "globex"));

        await service.PublishAsync(one.Accepted("s"), two.Accepted(), one.Started());

        Assert.Equal(2, (await service.Acme.GetRunAsync(new GetRunRequest { RunId = "r1" }, cancellationToken: Cancellation)).Sequence);
        Assert.Equal(1, (await service.Globex.GetRunAsync(new GetRunRequest { RunId = "r2" }, cancellationToken: Cancellation)).Sequence);
    }

    [Fact]
    public async Task Deliver_FieldsOfANewerPublisher_AreIgnored()
    {
        var data = JsonNode.Parse(JsonFormatter.Default.Format(new RunEvents { Events = { new RunStory("r1").Accepted() } }))!;
        data["events"]![0]!["invented"] = 1;

        Assert.Equal("""{"status":"SUCCESS"}""", await service.DeliverAsync(data.ToJsonString()));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""[1]""")]
    [InlineData("null")]
    [InlineData("""{"events":[{"runId":"r1","sequence":"1","time":"2026-11-20T12:00:00Z"}]}""")]
    [InlineData("""{"events":[{"tenant":"../x","runId":"r1","sequence":"1","time":"2026-11-20T12:00:00Z"}]}""")]
    [InlineData("""{"events":[{"tenant":"acme","sequence":"1","time":"2026-11-20T12:00:00Z"}]}""")]
    [InlineData("""{"events":[{"tenant":"acme","runId":"r1","sequence":"-1","time":"2026-11-20T12:00:00Z"}]}""")]
    [InlineData("""{"events":[{"tenant":"acme","runId":"r1","sequence":"x","time":"2026-11-20T12:00:00Z"}]}""")]
    [InlineData("""{"events":[{"tenant":"acme","runId":"r1","sequence":"1"}]}""")]
    [InlineData("""{"events":[{"tenant":"acme","runId":"r\u0000","sequence":"1","time":"2026-11-20T12:00:00Z"}]}""")]
    public async Task Deliver_Malformed_IsDropped(string data) =>
        Assert.Equal("""{"status":"DROP"}""", await service.DeliverAsync(data));

    [Fact]
    public async Task Deliver_OneBadEventAmongGoodOnes_IsKeptAsideAndCountedAndTheOthersAreApplied()
    {
        var counted = new ConcurrentQueue<string>();
        using var listener = Listen(counted);
        var story = new RunStory("r1");
        var data = JsonNode.Parse(JsonFormatter.Default.Format(new RunEvents { Events = { story.Accepted("s"), story.Started(), story.Queued("s") } }))!;
        var events = data["events"]!.AsArray();
        events.Insert(1, JsonNode.Parse("""{"tenant":"acme","runId":"r1","sequence":"9"}"""));
        events.Insert(2, JsonNode.Parse("""{"tenant":"acme","runId":"r1","sequence":"x","time":5}"""));
        events.Insert(3, "text");
        events.Insert(4, JsonNode.Parse(
            """{"tenant":"acme","runId":"r1","sequence":"4","time":"2026-11-20T12:00:00Z","historyGap":{"fromSequence":"4","toSequence":"9"}}"""));

        Assert.Equal("""{"status":"SUCCESS"}""", await service.DeliverAsync(data.ToJsonString()));

        Assert.Equal(3, (await service.Acme.GetRunAsync(new GetRunRequest { RunId = "r1" }, cancellationToken: Cancellation)).Sequence);
        var letters = await DeadLetters.ReadAsync(service.Database, Cancellation);
        Assert.Equal(["invalid 4", "invalid 9", "unreadable 0", "unreadable 0"],
            letters.Select(letter => $"{letter.Reason} {letter.Sequence}").Order());
        Assert.Contains(letters, letter => letter.Content == "\"text\"");
        Assert.Equal(["invalid", "invalid", "unreadable", "unreadable"], counted.Order());
    }

    [Fact]
    public async Task Deliver_BulkWithAnEventThatIsTooLarge_AppliesTheOthers()
    {
        var counted = new ConcurrentQueue<string>();
        using var listener = Listen(counted);
        var large = new RunStory("r2");
        var deep = string.Concat(Enumerable.Repeat("[", 200)) + string.Concat(Enumerable.Repeat("]", 200));
        var body = new JsonObject
        {
            ["entries"] = new JsonArray(
                Entry("a", MonitorService.Envelope(Data(new RunStory("r1").Accepted()))),
                Entry("b", MonitorService.Envelope(Data(large.Accepted(), large.Completed("s", 1, new string('x', 23_000_000))))),
                Entry("c", MonitorService.Envelope("<deep>"))),
        };

        var answer = await service.PostAsync(
            body.ToJsonString().Replace("\"\\u003Cdeep\\u003E\"", deep, StringComparison.Ordinal), "application/json");

        Assert.Equal(
            """{"statuses":[{"entryId":"a","status":"SUCCESS"},{"entryId":"b","status":"SUCCESS"},{"entryId":"c","status":"DROP"}]}""", answer);
        Assert.Equal(["too_large", "unreadable"], counted.Order());
        var letters = await DeadLetters.ReadAsync(service.Database, Cancellation);
        Assert.Equal(("r2", 2L), letters.Where(letter => letter.Reason == "too_large").Select(letter => (letter.Run.RunId, letter.Sequence))
            .Single());
    }

    [Fact]
    public async Task Deliver_TextThatIsNoJson_IsDropped() =>
        Assert.Equal("""{"status":"DROP"}""", await service.PostAsync("not json", "application/json"));

    [Fact]
    public async Task Deliver_Bulk_AnswersForEveryEntry()
    {
        var good = JsonFormatter.Default.Format(new RunEvents { Events = { new RunStory("r1").Accepted() } });
        var binary = MonitorService.Envelope(null);
        binary.Remove("data");
        binary["data_base64"] = Convert.ToBase64String(
            Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(new RunEvents { Events = { new RunStory("r2").Accepted() } })));
        var body = new JsonObject
        {
            ["id"] = "bulk-1",
            ["type"] = "com.dapr.event.sent.bulk",
            ["topic"] = "run-events",
            ["pubsubname"] = "pubsub",
            ["metadata"] = new JsonObject(),
            ["entries"] = new JsonArray(
                Entry("a", MonitorService.Envelope(JsonNode.Parse(good))), Entry("b", MonitorService.Envelope("nonsense")), Entry("c", binary), Entry("d", "no envelope")),
        };

        var answer = await service.PostAsync(body.ToJsonString(), "application/json");

        Assert.Equal(
            """{"statuses":[{"entryId":"a","status":"SUCCESS"},{"entryId":"b","status":"DROP"},{"entryId":"c","status":"SUCCESS"},{"entryId":"d","status":"DROP"}]}""", answer);
        Assert.Equal(2, (await service.Acme.ListRunsAsync(new ListRunsRequest(), cancellationToken: Cancellation)).Runs.Count);
    }

    [Fact]
    public async Task Deliver_WithoutTheAppToken_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/run-events")
            { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var stranger = new HttpClient { BaseAddress = service.Sidecar.BaseAddress };

        using var response = await stranger.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Deliver_DatabaseCannotBeReached_AsksForRepetition()
    {
        await using var lost = await MonitorService.StartAsync(
            folder.FullPath, $"--Monitor:PostgreSql=Host={folder.FullPath};Username=nobody;Database=none;Timeout=1");
        using var probe = new HttpClient();
        var data = JsonFormatter.Default.Format(new RunEvents { Events = { new RunStory("r1").Accepted() } });

        Assert.Equal("""{"status":"RETRY"}""", await lost.DeliverAsync(data));
        var refused = await Assert.ThrowsAsync<RpcException>(
            async () => await lost.Acme.ListRunsAsync(new ListRunsRequest(), cancellationToken: Cancellation));
        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
        using var ready = await probe.GetAsync(new Uri(lost.HealthAddress, "/healthz/ready"), Cancellation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
    }

    [Fact]
    public async Task Ready_OpenDatabase_IsReady()
    {
        using var probe = new HttpClient();

        using var ready = await probe.GetAsync(new Uri(service.HealthAddress, "/healthz/ready"), Cancellation);

        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }

    private static JsonNode Data(params RunEvent[] events) =>
        JsonNode.Parse(JsonFormatter.Default.Format(new RunEvents { Events = { events } }))!;

    /// <summary>Collects the reason of every event that this service counts as dead.</summary>
    private MeterListener Listen(ConcurrentQueue<string> reasons)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, service.Meters) && instrument.Name == "monitor.events.dead")
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => reasons.Enqueue((string)tags[0].Value!));
        listener.Start();
        return listener;
    }

    private static JsonObject Entry(string id, JsonNode envelope) => new()
    {
        ["entryId"] = id,
        ["event"] = envelope,
        ["contentType"] = "application/cloudevents+json",
        ["metadata"] = new JsonObject(),
    };
}
