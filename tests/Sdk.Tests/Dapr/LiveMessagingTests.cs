using Dapr;
using Dapr.Client;
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
    public async Task HttpInvocation_ThroughTheSidecar_ReachesTheApp()
    {
        using var http = DaprClient.CreateInvokeHttpClient("app", _sidecar.HttpEndpoint);

        (await http.PostAsync(new Uri("/echo", UriKind.Relative), new StringContent("hi"), Token)).EnsureSuccessStatusCode();

        Assert.Equal("hi", (await _app.NextAsync(Token)).Body);
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
