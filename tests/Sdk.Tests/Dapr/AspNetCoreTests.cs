using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;
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
}
