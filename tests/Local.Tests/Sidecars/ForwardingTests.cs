using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Sidecar;
using Sidecar.Apps;
using Sidecar.Invocation;
using Sidecar.RunFiles;

namespace Local.Tests.Sidecars;

public sealed class ForwardingTests : IAsyncLifetime
{
    private static readonly SidecarTokens NoTokens = new(null, null);

    private readonly TestApp caller = new("caller");
    private readonly TestApp target = new("target", FreePort.Next(), "h2c");
    private readonly HttpClient http = new();
    private RunningSidecar sidecar = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => sidecar = await RunningSidecar.StartAsync(caller, target);

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return sidecar.DisposeAsync();
    }

    [Theory]
    [InlineData("v1.0/invoke/target/method//", false)]
    [InlineData("/", false)]
    [InlineData("/", true)]
    public async Task Path_ThatNamesAnotherHost_IsRefused(string prefix, bool grpc)
    {
        await using var app = await EchoApp.StartAsync(target.AppPort);
        await sidecar.WaitForAppAsync(target);
        using var stranger = new TcpListener(IPAddress.Loopback, 0);
        stranger.Start();
        var uri = $"{(grpc ? caller.GrpcAddress : caller.HttpAddress)}{prefix}127.0.0.1:{((IPEndPoint)stranger.LocalEndpoint).Port}/x";
        using var request = new HttpRequestMessage(HttpMethod.Post, uri)
        {
            Version = grpc ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([]),
        };
        request.Headers.Add("dapr-app-id", "target");

        var answer = http.SendAsync(request, Token);
        var accepted = stranger.AcceptTcpClientAsync(Token).AsTask();
        var first = await Task.WhenAny(answer, accepted);

        Assert.Same(answer, first);
        using var response = await answer;
        Assert.Equal(grpc ? HttpStatusCode.OK : HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal(grpc, response.Headers.TryGetValues("grpc-status", out var status) && status.Single() == "12");
    }

    [Fact]
    public async Task Invoke_EncodedMethodPath_ReachesTheAppAsItIs()
    {
        await using var app = await EchoApp.StartAsync(target.AppPort, map: routes => routes.MapFallback((HttpContext context) =>
            Results.Text($"{context.Request.Path.Value} {context.Request.QueryString}")));
        await sidecar.WaitForAppAsync(target);

        var answer = await http.GetStringAsync($"{caller.HttpAddress}v1.0/invoke/target/method/files%3Fx/a%20b?q=%26", Token);

        Assert.Equal("/files?x/a b ?q=%26", answer);
    }

    [Fact]
    public async Task Invoke_AnswerThatBreaksOff_LeavesNoHeaderOfItInTheError()
    {
        using var app = new TcpListener(IPAddress.Loopback, 0);
        app.Start();
        using var apps = new AppDirectory([Entry("raw", app), Entry("caller")]);
        apps.Replicas[0].MarkReachable();
        var context = Context(apps.Replicas[1], new HttpRequestFeature { Method = "GET" });
        var forwarding = new HttpProxy(apps, NoTokens, new MethodInvoker(apps, NoTokens)).ForwardAsync(context, "raw", "/x");
        using var connection = await app.AcceptTcpClientAsync(Token);
        await connection.GetStream().ReadExactlyAsync(new byte["GET /x".Length], Token);

        await connection.GetStream()
            .WriteAsync("HTTP/1.1 200 OK\r\nold: 1\r\nTransfer-Encoding: chunked\r\n\r\nno size\r\n"u8.ToArray(), Token);
        await forwarding;

        Assert.Equal(500, context.Response.StatusCode);
        Assert.False(context.Response.Headers.ContainsKey("old"));
    }

    [Fact]
    public async Task Invoke_ReplicaThatFrozeAfterItWasChosen_IsNotCalled()
    {
        using var frozen = new TcpListener(IPAddress.Loopback, 0);
        frozen.Start();
        using var apps = new AppDirectory([Entry("app", frozen), Entry("app"), Entry("caller")]);
        apps.Replicas[0].MarkReachable();
        apps.Replicas[1].MarkReachable();
        if (apps.Candidates("app")[0] == apps.Replicas[1])
        {
            apps.Candidates("app");
        }

        // The candidates begin with the replica that refuses connections; the other freezes while that one is tried.
        var context = Context(apps.Replicas[2], new WatchedRequest(apps.Replicas[0].MarkFrozen) { Method = "GET" });
        var forwarding = new HttpProxy(apps, NoTokens, new MethodInvoker(apps, NoTokens)).ForwardAsync(context, "app", "/x");
        var first = await Task.WhenAny(forwarding, frozen.AcceptTcpClientAsync(Token).AsTask());

        Assert.Same(forwarding, first);
        Assert.Equal(500, context.Response.StatusCode);
    }

    private static AppEntry Entry(string appId, TcpListener? listener = null) =>
        new(appId, listener is null ? FreePort.Next() : ((IPEndPoint)listener.LocalEndpoint).Port, AppProtocol.Http, 0, 0);

    private static DefaultHttpContext Context(AppReplica caller, IHttpRequestFeature request)
    {
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
        context.Features.Set(request);
        context.Features.Set<IConnectionItemsFeature>(new ItemsFeature());
        var connection = new DefaultConnectionContext();
        AppDirectory.Mark(connection, caller);
        context.Features.GetRequiredFeature<IConnectionItemsFeature>().Items = connection.Items;
        return context;
    }

    private sealed class ItemsFeature : IConnectionItemsFeature
    {
        public IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();
    }

    /// <summary>Tells when the request is first read to be forwarded.</summary>
    private sealed class WatchedRequest(Action onRead) : HttpRequestFeature, IHttpRequestFeature
    {
        private bool told;

        string IHttpRequestFeature.Method
        {
            get
            {
                if (!told)
                {
                    told = true;
                    onRead();
                }

                return Method;
            }

            set => Method = value;
        }
    }
}
