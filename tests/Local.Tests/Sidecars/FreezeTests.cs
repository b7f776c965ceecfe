using Grpc.Core;
using Local.Tests.Protos;

namespace Local.Tests.Sidecars;

public class FreezeTests
{
    private static readonly Metadata ToTarget = new() { { "dapr-app-id", "target" } };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FrozenReplica_ItsCallsFail_AndNewOnesGoToTheOther()
    {
        var caller = new TestApp("caller");
        var first = new TestApp("target", FreePort.Next());
        var second = new TestApp("target", FreePort.Next());
        var behind = FreePort.Next();
        await using var sidecar = await RunningSidecar.StartAsync(caller, first, second);
        await using var app = await EchoApp.StartAsync(behind, "first");
        using var relay = new TcpRelay(first.AppPort, behind);
        await sidecar.WaitForAppAsync(first);
        var echo = new Echo.EchoClient(sidecar.Channel(caller));
        using var hanging = echo.OneAsync(new EchoMessage { Text = "hang" }, ToTarget, cancellationToken: Token);
        await hanging.ResponseHeadersAsync;
        await using var other = await EchoApp.StartAsync(second.AppPort, "second");
        await sidecar.WaitForAppAsync(second);

        relay.Freeze();
        var error = await Assert.ThrowsAsync<RpcException>(async () => await hanging);
        var answer = await echo.OneAsync(new EchoMessage { Text = "name" }, ToTarget, cancellationToken: Token);

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.Equal("second", answer.Text);
    }
}
