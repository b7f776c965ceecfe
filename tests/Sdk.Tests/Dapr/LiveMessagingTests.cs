using System.Net;
using Dapr;
using Dapr.Client;
using Grpc.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Sdk.Tests.Grpc;
using Xunit;

namespace Sdk.Tests.Dapr;

/// <summary>Events and calls through the development sidecar to an app made with the stand-ins.</summary>
public sealed class LiveMessagingTests : IClassFixture<LiveMessagingTests.SidecarWithApp>
{
    private readonly LiveSidecar _sidecar;
    private readonly SubscriberApp _app;

    public LiveMessagingTests(SidecarWithApp fixture)
    {
        _sidecar = fixture.Sidecar;
        _app = fixture.App;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_Published_ReachTheMatchingEndpoint()
    {
        using var client = _sidecar.Client();

        await client.PublishEventAsync("pubsub", "orders", new { count = 1 }, Token);
        var small = await _app.NextAsync(Token);
        Assert.Equal(("/orders", "application/json", "com.dapr.event.sent", """{"count":1}"""), (small.Path, small.ContentType, small.Type, small.Body));

        await client.PublishEventAsync("pubsub", "orders", new CloudEvent<object>(new { count = 101 }) { Type = "large" }, Token);
        var large = await _app.NextAsync(Token);
        Assert.Equal(("/large/orders", "large", """{"count":101}"""), (large.Path, large.Type, large.Body));

        var failed = await client.BulkPublishEventAsync("pubsub", "bulk", [1, 2, 3], cancellationToken: Token);
        Assert.Empty(failed.FailedEntries);
        Assert.Equal(["1", "2", "3"], [(await _app.NextAsync(Token)).Body, (await _app.NextAsync(Token)).Body, (await _app.NextAsync(Token)).Body]);
    }

    [Fact]
    public async Task GrpcInvocation_ThroughTheSidecar_ReachesTheApp()
    {
        var calls = new Calls.CallsClient(DaprClient.CreateInvocationInvoker("app", _sidecar.GrpcEndpoint, "token"));

        Assert.Equal("hello", (await calls.EchoAsync(new Note { Text = "hello" }, cancellationToken: Token)).Text);
    }

    [Fact]
    public async Task GrpcInvocation_EveryKindOfCall_IsProxied()
    {
        var calls = new Calls.CallsClient(DaprClient.CreateInvocationInvoker("app", _sidecar.GrpcEndpoint));

        Assert.Equal("hello", calls.Echo(new Note { Text = "hello" }, cancellationToken: Token).Text);
        using var counted = calls.Count(new Note { Number = 3 }, new Metadata { { "word", "kept" } }, cancellationToken: Token);
        Assert.Equal([1, 2, 3], await counted.ResponseStream.ReadAllAsync(Token).Select(note => note.Number).ToListAsync(Token));
        using var sum = calls.Sum(cancellationToken: Token);
        await sum.RequestStream.WriteAsync(new Note { Number = 40 }, Token);
        await sum.RequestStream.WriteAsync(new Note { Number = 2 }, Token);
        await sum.RequestStream.CompleteAsync();
        Assert.Equal(42, (await sum).Number);
        using var chat = calls.Chat(cancellationToken: Token);
        await chat.RequestStream.WriteAsync(new Note { Text = "loud" }, Token);
        Assert.True(await chat.ResponseStream.MoveNext(Token));
        Assert.Equal("LOUD", chat.ResponseStream.Current.Text);
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await calls.EchoAsync(new Note { Number = 5, Text = "nobody" }, cancellationToken: Token));
        Assert.Equal((StatusCode.NotFound, "nobody", "asked-for"), (error.StatusCode, error.Status.Detail, error.Trailers.GetValue("why")));
    }

    [Fact]
    public async Task HttpInvocation_ThroughTheSidecar_ReachesTheApp()
    {
        using var http = DaprClient.CreateInvokeHttpClient("app", _sidecar.HttpEndpoint);

        (await http.PostAsync(new Uri("/echo", UriKind.Relative), new StringContent("hi"), Token)).EnsureSuccessStatusCode();

        Assert.Equal("hi", (await _app.NextAsync(Token)).Body);
    }

    [Fact]
    public async Task HttpInvocation_OfAClientForAnyApp_NeedsTheAppInTheAddress()
    {
        using var client = _sidecar.Client();
        using var http = client.CreateInvokableHttpClient();

        (await http.PostAsync(new Uri("http://app/echo"), new StringContent("hi"), Token)).EnsureSuccessStatusCode();
        Assert.Equal("hi", (await _app.NextAsync(Token)).Body);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri("http://app/nothing"), Token)).StatusCode);
        await Assert.ThrowsAsync<InvalidOperationException>(() => http.GetAsync(new Uri("/echo", UriKind.Relative), Token));
        await Assert.ThrowsAsync<ArgumentException>(() => http.GetAsync(new Uri("ftp://app/echo"), Token));
        Assert.Throws<ArgumentException>(() => DaprClient.CreateInvokeHttpClient("app", "not a URI"));
        Assert.Throws<ArgumentException>(() => DaprClient.CreateInvokeHttpClient("not a host"));
    }

    [Fact]
    public async Task InvokeRequests_Sent_ReachTheApp()
    {
        using var client = _sidecar.Client();
        using var http = new HttpClient();

        (await http.SendAsync(client.CreateInvokeMethodRequest("app", "echo", new { Text = "json" }), Token)).EnsureSuccessStatusCode();
        var sent = await _app.NextAsync(Token);
        Assert.Equal(("application/json; charset=utf-8", """{"text":"json"}"""), (sent.ContentType, sent.Body));
        (await http.SendAsync(client.CreateInvokeMethodRequest("app", "echo", [new("q", "1")]), Token)).EnsureSuccessStatusCode();
        Assert.Equal("", (await _app.NextAsync(Token)).Body);
        using var get = await http.SendAsync(client.CreateInvokeMethodRequest(HttpMethod.Get, "app", "echo"), Token);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, get.StatusCode);
        using var post = await http.SendAsync(client.CreateInvokeMethodRequest("app", "echo"), Token);
        Assert.Equal("", (await _app.NextAsync(Token)).Body);
    }

    /// <summary>Both ends, connected.</summary>
    public sealed class SidecarWithApp : IAsyncLifetime
    {
        internal LiveSidecar Sidecar { get; } = new();

        internal SubscriberApp App { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await Sidecar.InitializeAsync();
            App = await SubscriberApp.StartAsync(Sidecar.AppPort, HttpProtocols.Http2);
            await App.Subscribed.WaitAsync(TestContext.Current.CancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            await App.DisposeAsync();
            await Sidecar.DisposeAsync();
        }
    }
}
