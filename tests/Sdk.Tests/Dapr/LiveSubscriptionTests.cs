using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Dapr;
using Dapr.AspNetCore;
using Dapr.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Sdk.Tests.Dapr;

/// <summary>What an app's answers do to events, and the forms in which events are published and arrive.</summary>
public sealed class LiveSubscriptionTests : IAsyncLifetime
{
    private readonly LiveSidecar _sidecar = new();
    private readonly ConcurrentDictionary<string, int> _attempts = new();
    private readonly Channel<string> _seen = Channel.CreateUnbounded<string>();
    private DaprClient _client = null!;
    private WebApplication _app = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _sidecar.InitializeAsync();
        _client = _sidecar.Client();
        var subscribed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, _sidecar.AppPort, listen => listen.Protocols = HttpProtocols.Http2));
        _app = builder.Build();
        _app.Use(async (context, next) =>
        {
            await next(context);
            if (context.Request.Path == "/dapr/subscribe")
            {
                subscribed.TrySetResult();
            }
        });
        _app.UseCloudEvents();
        _app.MapSubscribeHandler(new SubscribeOptions());
        _app.MapPost("answers", (Delegate)AnswerAsync).WithTopic(
            new TopicOptions { PubsubName = "pubsub", Name = "answers", DeadLetterTopic = "dead" });
        _app.MapPost("dead", context => SeeAsync("dead", context)).WithTopic("pubsub", "dead");
        _app.MapPost("raw", context => SeeAsync("raw", context)).WithTopic("pubsub", "raw", enableRawPayload: true);
        _app.MapPost("declared", context => SeeAsync("declared", context));
        _app.MapPost("declared/special", context => SeeAsync("special", context));
        _app.MapPost("bulk", AnswerBulk)
            .WithTopic(new TopicOptions { PubsubName = "pubsub", Name = "bulk", DeadLetterTopic = "dead" })
            .WithBulkSubscribe(new BulkSubscribeTopicOptions { TopicName = "bulk", MaxAwaitDurationMs = 10 });
        await _app.StartAsync(Token);
        await subscribed.Task.WaitAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
        await _sidecar.DisposeAsync();
    }

    [Theory]
    [InlineData("success", "answers success 1")]
    [InlineData("nothing", "answers nothing 1")]
    [InlineData("retry", "answers retry 1|answers retry 2")]
    [InlineData("error", "answers error 1|answers error 2")]
    [InlineData("odd", "answers odd 1|answers odd 2")]
    [InlineData("drop", "answers drop 1|dead application/json \"drop\"")]
    [InlineData("missing", "answers missing 1|dead application/json \"missing\"")]
    public async Task Answer_OfTheApp_DecidesWhatBecomesOfTheEvent(string answer, string expected)
    {
        await _client.PublishEventAsync("pubsub", "answers", answer, Token);
        var expectations = expected.Split('|');

        Assert.Equal(expectations, await TakeAsync(expectations.Length));

        // The next event comes first if nothing else is to come.
        await _client.PublishEventAsync("pubsub", "dead", "end", Token);
        Assert.Equal(["dead application/json \"end\""], await TakeAsync(1));
    }

    [Fact]
    public async Task BulkAnswers_OfTheApp_DecideForEachEvent()
    {
        await _client.BulkPublishEventAsync("pubsub", "bulk", ["success", "retry", "drop"], cancellationToken: Token);

        string[] expected = ["bulk drop 1", "bulk retry 1", "bulk retry 2", "bulk success 1", "dead application/json \"drop\""];
        Assert.Equal(expected, (await TakeAsync(expected.Length)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Events_OfEveryForm_ArriveAsTheirData()
    {
        var special = new Dictionary<string, string> { ["cloudevent.type"] = "special" };
        var raw = new Dictionary<string, string> { ["rawPayload"] = "true" };

        await _client.PublishEventAsync("pubsub", "declared", new { N = 1 }, Token);
        Assert.Equal(["""declared application/json {"n":1}"""], await TakeAsync(1));
        await _client.PublishEventAsync("pubsub", "declared", 2, special, Token);
        Assert.Equal(["special application/json 2"], await TakeAsync(1));
        await _client.PublishByteEventAsync("pubsub", "declared", "text"u8.ToArray(), "text/plain", cancellationToken: Token);
        Assert.Equal(["declared text/plain text"], await TakeAsync(1));
        await _client.PublishByteEventAsync("pubsub", "declared", new byte[] { 65, 66 }, "application/octet-stream", special, Token);
        Assert.Equal(["special application/octet-stream AB"], await TakeAsync(1));
        await _client.PublishEventAsync("pubsub", "declared", special, Token);
        Assert.StartsWith("special ", Assert.Single(await TakeAsync(1)), StringComparison.Ordinal);
        await _client.PublishByteEventAsync("pubsub", "raw", "as it is"u8.ToArray(), "text/plain", raw, Token);
        Assert.Equal(["raw application/octet-stream as it is"], await TakeAsync(1));
    }

    [Fact]
    public async Task BulkEvents_OfEveryForm_ArriveAsTheirData()
    {
        await _client.BulkPublishEventAsync<object>(
            "pubsub", "declared", ["BC"u8.ToArray(), new CloudEvent<int>(7) { Type = "special" }, "z"], cancellationToken: Token);

        Assert.Equal(
            ["declared application/json \"z\"", "declared application/octet-stream BC", "special application/json 7"],
            (await TakeAsync(3)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Publish_ToNowhere_IsADaprException()
    {
        await Assert.ThrowsAsync<DaprException>(() => _client.PublishEventAsync("nowhere", "topic", 1, Token));
        await Assert.ThrowsAsync<DaprException>(() => _client.BulkPublishEventAsync("nowhere", "topic", [1], cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentException>(() => _client.PublishEventAsync("pubsub", "", 1, Token));
    }

    private async Task<string[]> TakeAsync(int count)
    {
        var taken = new string[count];
        for (var i = 0; i < count; i++)
        {
            taken[i] = await _seen.Reader.ReadAsync(Token);
        }

        return taken;
    }

    private async Task SeeAsync(string where, HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        _seen.Writer.TryWrite($"{where} {context.Request.ContentType} {await reader.ReadToEndAsync(context.RequestAborted)}");
    }

    private async Task<IResult> AnswerAsync(HttpContext context)
    {
        var answer = (await JsonSerializer.DeserializeAsync<string>(context.Request.Body))!;
        return (answer, See("answers", answer)) switch
        {
            ("nothing", _) => Results.Ok(),
            ("retry", 1) => Results.Ok(new { status = "RETRY" }),
            ("error", 1) => Results.StatusCode(500),
            ("odd", 1) => Results.Ok(new { status = "PERHAPS" }),
            ("drop", _) => Results.Ok(new { status = "DROP" }),
            ("missing", _) => Results.NotFound(),
            _ => Results.Ok(new { status = "SUCCESS" }),
        };
    }

    private BulkSubscribeAppResponse AnswerBulk(BulkSubscribeMessage<BulkMessageModel<string>> message) => new(
    [
        .. message.Entries.Select(e => new BulkSubscribeAppResponseEntry(e.EntryId!, (e.Event!.Data, See("bulk", e.Event.Data!)) switch
        {
            ("retry", 1) => BulkSubscribeAppResponseStatus.RETRY,
            ("drop", _) => BulkSubscribeAppResponseStatus.DROP,
            _ => BulkSubscribeAppResponseStatus.SUCCESS,
        })),
    ]);

    private int See(string where, string answer)
    {
        var attempt = _attempts.AddOrUpdate(answer, 1, (_, before) => before + 1);
        _seen.Writer.TryWrite($"{where} {answer} {attempt}");
        return attempt;
    }
}
