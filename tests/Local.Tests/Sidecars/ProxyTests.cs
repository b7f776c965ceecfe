using Grpc.Core;
using Local.Tests.Protos;
using Microsoft.AspNetCore.Builder;

namespace Local.Tests.Sidecars;

public sealed class ProxyTests : IAsyncLifetime
{
    private readonly TestApp caller = new("caller");
    private readonly TestApp target = new("target", FreePort.Next());
    private readonly TestApp second = new("target", FreePort.Next());
    private RunningSidecar sidecar = null!;
    private WebApplication app = null!;
    private Echo.EchoClient echo = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Metadata To(string appId) => new() { { "dapr-app-id", appId }, { "own", "kept" } };

    public async ValueTask InitializeAsync()
    {
        sidecar = await RunningSidecar.StartAsync(caller, target, second);
        app = await EchoApp.StartAsync(target.AppPort, "first");
        echo = new Echo.EchoClient(sidecar.Channel(caller));
        await sidecar.WaitForAppAsync(target);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await sidecar.DisposeAsync();
    }

    [Fact]
    public async Task Unary_HeadersTrailersAndIdentity_PassThrough()
    {
        using var call = echo.OneAsync(new EchoMessage { Text = "hello" }, To("target"), cancellationToken: Token);

        Assert.Equal("hello", (await call).Text);
        Assert.Equal("first", (await call.ResponseHeadersAsync).GetValue("served-by"));
        Assert.Equal("caller", call.GetTrailers().GetValue("caller"));
        Assert.Equal("kept", call.GetTrailers().GetValue("own"));
    }

    [Fact]
    public async Task Unary_StatusAndTrailersOfFailure_PassThrough()
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await echo.OneAsync(new EchoMessage { Text = "fail" }, To("target"), cancellationToken: Token));

        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
        Assert.Equal("full – now", error.Status.Detail);
        Assert.Equal("7", error.Trailers.GetValue("retry"));
    }

    [Fact]
    public async Task ClientStream_ManyMessages_AllArrive()
    {
        using var call = echo.Up(To("target"), cancellationToken: Token);
        for (var i = 0; i < 100; i++)
        {
            await call.RequestStream.WriteAsync(new EchoMessage { Text = new string('x', 1000) }, Token);
        }

        await call.RequestStream.CompleteAsync();

        Assert.Equal(100, (await call).Count);
    }

    [Fact]
    public async Task ServerStream_ManyMessages_ComeInOrder()
    {
        using var call = echo.Down(new EchoMessage { Text = "down", Count = 200 }, To("target"), cancellationToken: Token);

        var counts = await call.ResponseStream.ReadAllAsync(Token).Select(message => message.Count).ToListAsync(Token);

        Assert.Equal(Enumerable.Range(0, 200), counts);
    }

    [Fact]
    public async Task Duplex_EachMessage_IsAnsweredBeforeTheNextIsSent()
    {
        using var call = echo.Both(To("target"), cancellationToken: Token);
        for (var i = 0; i < 5; i++)
        {
            await call.RequestStream.WriteAsync(new EchoMessage { Count = i }, Token);
            Assert.True(await call.ResponseStream.MoveNext(Token));
            Assert.Equal(i, call.ResponseStream.Current.Count);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(Token));
    }

    [Fact]
    public async Task Deadline_HangingApp_IsExceeded()
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () => await echo.OneAsync(
            new EchoMessage { Text = "hang" }, To("target"), TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(300), Token));

        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
    }

    [Theory]
    [InlineData(null, StatusCode.Unknown, "required metadata dapr-callee-app-id or dapr-app-id not found")]
    [InlineData("nobody", StatusCode.Internal, "couldn't find service: nobody")]
    [InlineData("caller", StatusCode.Unavailable, "no replica of caller can be reached")]
    public async Task NoTarget_Call_FailsWithReason(string? appId, StatusCode code, string detail)
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await echo.OneAsync(new EchoMessage(), appId is null ? [] : To(appId), cancellationToken: Token));

        Assert.Equal(code, error.StatusCode);
        Assert.Contains(detail, error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoReplicas_Calls_TakeTurnsAndSurviveTheLossOfOne()
    {
        await using var other = await EchoApp.StartAsync(second.AppPort, "second");
        await sidecar.WaitForAppAsync(second);
        var names = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            names.Add((await echo.OneAsync(new EchoMessage { Text = "name" }, To("target"), cancellationToken: Token)).Text);
        }

        Assert.Equal(2, names.Count(name => name == "first"));
        Assert.Equal(2, names.Count(name => name == "second"));

        await other.DisposeAsync();
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal("first", (await echo.OneAsync(new EchoMessage { Text = "name" }, To("target"), cancellationToken: Token)).Text);
        }
    }
}
