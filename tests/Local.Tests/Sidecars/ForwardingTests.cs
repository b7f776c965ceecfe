using System.Net;
using System.Net.Sockets;

namespace Local.Tests.Sidecars;

public sealed class ForwardingTests : IAsyncLifetime
{
    private readonly TestApp caller = new("caller");
    private readonly TestApp target = new("target", TestApp.FreePort(), "h2c");
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
}
