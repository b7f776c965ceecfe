using System.Net;
using System.Text;
using System.Text.Json;
using Dapr;
using Dapr.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Sdk.Tests.Dapr;

/// <summary>What the sidecar asks an app and sends to it, without a sidecar.</summary>
public sealed class AspNetCoreTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private SubscriberApp _app = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await SubscriberApp.StartAsync(0, HttpProtocols.Http1);
        _http.BaseAddress = new Uri(_app.Address);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task SubscribeHandler_TopicsOfEndpoints_AreListedByTopic()
    {
        using var list = JsonDocument.Parse(await _http.GetStringAsync("dapr/subscribe", Token));

        Assert.Equal(
            """[{"topic":"bulk","pubsubName":"pubsub","route":"bulk","bulkSubscribe":{"enabled":true,"maxMessagesCount":10,"maxAwaitDurationMs":50}},"""
            + """{"topic":"orders","pubsubName":"pubsub","routes":{"rules":[{"match":"event.type == \u0022large\u0022","path":"large/orders"}],"default":"orders"},"""
            + """ "metadata":{"size":"large"},"deadLetterTopic":"failed"}]""".TrimStart(),
            list.RootElement.GetRawText());
    }

    [Fact]
    public async Task SubscribeHandler_TopicsOfAttributes_HaveTheirMetadata()
    {
        await using var app = await StartAsync(
            new SubscribeOptions { EnableRawPayload = true },
            routes =>
            {
                routes.MapPost(
                    "a",
                    [Topic("pubsub", "a", ["one", "two"], ";"), TopicMetadata("one", "size", "s"), TopicMetadata("two", "size", "m")]
                    [TopicMetadata("three", "size", "l"), TopicMetadata("colour", "red"), BulkSubscribe("a", 5)]
                    () => { });
                routes.MapPost("b", [Topic("pubsub", "b", false, "event.type == 'x'", 2), BulkSubscribe("b")] () => { });
                routes.MapPost("b/first", [Topic("pubsub", "b", "event.type == 'y'", 1)] () => { });
                routes.MapPost("c", [Topic("pubsub", "c", "dead", false)] () => { });
                routes.MapPost("d", () => { }).WithTopic("pubsub", "d", false, new Dictionary<string, string> { ["size"] = "s" });
                routes.MapPost("e", () => { }).WithTopic("pubsub", "e", new Dictionary<string, string> { ["size"] = "s" });
            });

        Assert.Equal(
            """
            [{"topic":"a","pubsubName":"pubsub","route":"a","metadata":{"size":"s;m","colour":"red","rawPayload":"true"},
            "bulkSubscribe":{"enabled":true,"maxMessagesCount":5,"maxAwaitDurationMs":1000}},
            {"topic":"b","pubsubName":"pubsub",
            "routes":{"rules":[
            {"match":"event.type == \u0027y\u0027","path":"b/first"},{"match":"event.type == \u0027x\u0027","path":"b"}]},
            "metadata":{"rawPayload":"true"},"bulkSubscribe":{"enabled":true,"maxMessagesCount":100,"maxAwaitDurationMs":1000}},
            {"topic":"c","pubsubName":"pubsub","route":"c","deadLetterTopic":"dead"},
            {"topic":"d","pubsubName":"pubsub","route":"d","metadata":{"size":"s"}},
            {"topic":"e","pubsubName":"pubsub","route":"e","metadata":{"size":"s","rawPayload":"true"}}]
            """.ReplaceLineEndings(""),
            await _http.GetStringAsync(new Uri($"{app.Urls.Single()}/dapr/subscribe"), Token));
    }

    [Theory]
    [InlineData("same", "same")]
    [InlineData("{id}", null)]
    public async Task SubscribeHandler_TopicWithoutOneRoute_Fails(string route, string? other)
    {
        await using var app = await StartAsync(new SubscribeOptions(), routes =>
        {
            routes.MapPost(route, () => { }).WithTopic("pubsub", "topic");
            if (other is not null)
            {
                routes.MapPost("other", () => { }).WithTopic("pubsub", "topic", true);
            }
        });

        Assert.Equal(
            HttpStatusCode.InternalServerError, (await _http.GetAsync(new Uri($"{app.Urls.Single()}/dapr/subscribe"), Token)).StatusCode);
    }

    [Fact]
    public async Task CloudEvent_OptionsOfHeadersAndText_AreObserved()
    {
        await using var app = await StartAsync(
            new SubscribeOptions(),
            routes => routes.MapPost("headers", (HttpContext context) => new
            {
                Headers = context.Request.Headers.Keys.Where(name => name.StartsWith("Cloudevent.", StringComparison.Ordinal)).Order(),
                context.Request.ContentType,
            }),
            new CloudEventsMiddlewareOptions
            {
                ForwardCloudEventPropertiesAsHeaders = true,
                IncludedCloudEventPropertiesAsHeaders = ["id", "n"],
                ExcludedCloudEventPropertiesFromHeaders = ["id"],
                SuppressJsonDecodingOfTextPayloads = true,
            });
        using var content = new StringContent(
            """{"id":"1","n":2,"type":"t","data":"text","datacontenttype":"text/plain"}""", Encoding.UTF8, "application/cloudevents+json");

        var answer = await _http.PostAsync(new Uri($"{app.Urls.Single()}/headers"), content, Token);

        Assert.Equal("""{"headers":["Cloudevent.n"],"contentType":"application/json"}""", await answer.Content.ReadAsStringAsync(Token));
    }

    [Theory]
    [InlineData("""{"data":{"a":1}}""", "application/json", """{"a":1}""")]
    [InlineData("""{"data":"text","datacontenttype":"text/plain; charset=utf-16"}""", "text/plain", "text")]
    [InlineData("""{"data":"text","datacontenttype":"application/json"}""", "application/json", "\"text\"")]
    [InlineData("""{"data_base64":"aGk=","datacontenttype":"application/octet-stream"}""", "application/octet-stream", "hi")]
    [InlineData("""{"type":"empty"}""", null, "")]
    public async Task CloudEvent_Posted_BecomesItsData(string envelope, string? contentType, string body)
    {
        using var content = new StringContent(envelope, Encoding.UTF8, "application/cloudevents+json");
        (await _http.PostAsync(new Uri("echo", UriKind.Relative), content, Token)).EnsureSuccessStatusCode();
        var received = await _app.NextAsync(Token);

        Assert.Equal((contentType, body), (received.ContentType, received.Body));
    }

    [Theory]
    [InlineData("""{"data":1,"data_base64":"aGk="}""")]
    [InlineData("""{"data_base64":"not base64"}""")]
    [InlineData("not json")]
    [InlineData("[]")]
    public async Task CloudEvent_Malformed_IsABadRequest(string envelope)
    {
        using var content = new StringContent(envelope, Encoding.UTF8, "application/cloudevents+json");

        Assert.Equal(HttpStatusCode.BadRequest, (await _http.PostAsync(new Uri("echo", UriKind.Relative), content, Token)).StatusCode);
    }

    [Fact]
    public async Task OtherContent_Posted_IsLeftAlone()
    {
        using var content = new StringContent("""{"data":1}""", Encoding.UTF8, "application/json");
        await _http.PostAsync(new Uri("echo", UriKind.Relative), content, Token);

        Assert.Equal("""{"data":1}""", (await _app.NextAsync(Token)).Body);
    }

    [Theory]
    [InlineData("secret", HttpStatusCode.OK)]
    [InlineData("guess", HttpStatusCode.Unauthorized)]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    public async Task AppToken_OfTheCaller_Decides(string? token, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "sidecar-only");
        if (token is not null)
        {
            request.Headers.Add("dapr-api-token", token);
        }

        Assert.Equal(expected, (await _http.SendAsync(request, Token)).StatusCode);
    }

    private static async Task<WebApplication> StartAsync(
        SubscribeOptions options, Action<WebApplication> map, CloudEventsMiddlewareOptions? cloudEvents = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.UseCloudEvents(cloudEvents ?? new CloudEventsMiddlewareOptions());
        app.MapSubscribeHandler(options);
        map(app);
        await app.StartAsync(Token);
        return app;
    }
}
