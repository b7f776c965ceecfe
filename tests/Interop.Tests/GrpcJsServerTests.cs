using Grpc.Core;
using Grpc.Net.Client;
using Interop.Tests.Protos;

namespace Interop.Tests;

/// <summary>Our gRPC client against the server of npm @grpc/grpc-js, which nobody here wrote.</summary>
public sealed class GrpcJsServerTests(GrpcJsServerTests.Server server) : IClassFixture<GrpcJsServerTests.Server>
{
    private const string SpecialMessage = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n";

    private readonly TestService.TestServiceClient client = new(NodeScript.Needed(server).Channel);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Metadata Headers => new()
    {
        { TestServer.InitialKey, "test_initial_metadata_value" },
        { TestServer.TrailingKey, [0xab, 0xab, 0xab] },
    };

    [Fact]
    public async Task EmptyUnary_Answers() => Assert.NotNull(await client.EmptyCallAsync(new Empty(), cancellationToken: Token));

    [Theory]
    [InlineData(271828, 314159)]
    [InlineData(8 << 20, 8 << 20)]
    public async Task LargeUnary_ArrivesWhole(int sent, int received)
    {
        var response = await client.UnaryCallAsync(
            new SimpleRequest { ResponseSize = received, Payload = TestServer.Zeros(sent) }, cancellationToken: Token);

        Assert.Equal(received, response.Payload.Body.Length);
    }

    [Fact]
    public async Task ClientStreaming_AllArrive()
    {
        using var call = client.StreamingInputCall(cancellationToken: Token);
        foreach (var size in (int[])[27182, 8, 1828, 45904])
        {
            await call.RequestStream.WriteAsync(new StreamingInputCallRequest { Payload = TestServer.Zeros(size) }, Token);
        }

        await call.RequestStream.CompleteAsync();

        Assert.Equal(74922, (await call).AggregatedPayloadSize);
    }

    [Fact]
    public async Task ServerStreaming_AllComeInOrder()
    {
        var request = new StreamingOutputCallRequest();
        request.ResponseParameters.AddRange(((int[])[31415, 9, 2653, 58979]).Select(size => new ResponseParameters { Size = size }));
        using var call = client.StreamingOutputCall(request, cancellationToken: Token);

        var sizes = await call.ResponseStream.ReadAllAsync(Token).Select(message => message.Payload.Body.Length).ToListAsync(Token);

        Assert.Equal([31415, 9, 2653, 58979], sizes);
    }

    [Fact]
    public async Task PingPong_EachIsAnsweredBeforeTheNext()
    {
        using var call = client.FullDuplexCall(cancellationToken: Token);
        foreach (var (sent, received) in ((int, int)[])[(27182, 31415), (8, 9), (1828, 2653), (45904, 58979)])
        {
            var request = new StreamingOutputCallRequest
                { Payload = TestServer.Zeros(sent), ResponseParameters = { new ResponseParameters { Size = received } } };
            await call.RequestStream.WriteAsync(request, Token);
            Assert.True(await call.ResponseStream.MoveNext(Token));
            Assert.Equal(received, call.ResponseStream.Current.Payload.Body.Length);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(Token));
    }

    [Fact]
    public async Task EmptyStream_Ends()
    {
        using var call = client.FullDuplexCall(cancellationToken: Token);
        await call.RequestStream.CompleteAsync();

        Assert.False(await call.ResponseStream.MoveNext(Token));
    }

    [Fact]
    public async Task CancelAfterBegin_IsCancelled()
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var call = client.StreamingInputCall(cancellationToken: cancelled.Token);
        await cancelled.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(async () => await call)).StatusCode);
    }

    [Fact]
    public async Task CancelAfterFirstResponse_IsCancelled()
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var call = client.FullDuplexCall(cancellationToken: cancelled.Token);
        await call.RequestStream.WriteAsync(
            new StreamingOutputCallRequest { ResponseParameters = { new ResponseParameters { Size = 31415 } } }, Token);
        Assert.True(await call.ResponseStream.MoveNext(Token));
        await cancelled.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Token))).StatusCode);
    }

    [Fact]
    public async Task TimeoutOnSleepingServer_IsDeadlineExceeded()
    {
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(100);
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await client.UnaryCallAsync(new SimpleRequest { ResponseSize = -1 }, deadline: deadline, cancellationToken: Token));

        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
    }

    [Fact]
    public async Task CustomMetadata_ComesBackInHeadersAndTrailers()
    {
        using var unary = client.UnaryCallAsync(new SimpleRequest { ResponseSize = 1 }, Headers, cancellationToken: Token);
        await unary;
        using var duplex = client.FullDuplexCall(Headers, cancellationToken: Token);
        await duplex.RequestStream.CompleteAsync();
        Assert.False(await duplex.ResponseStream.MoveNext(Token));

        Assert.Equal("test_initial_metadata_value", (await unary.ResponseHeadersAsync).GetValue(TestServer.InitialKey));
        Assert.Equal([0xab, 0xab, 0xab], unary.GetTrailers().GetValueBytes(TestServer.TrailingKey));
        Assert.Equal("test_initial_metadata_value", (await duplex.ResponseHeadersAsync).GetValue(TestServer.InitialKey));
        Assert.Equal([0xab, 0xab, 0xab], duplex.GetTrailers().GetValueBytes(TestServer.TrailingKey));
    }

    [Theory]
    [InlineData("test status message")]
    [InlineData(SpecialMessage)]
    public async Task StatusCodeAndMessage_OfUnaryAndDuplex_PassThrough(string message)
    {
        var status = new EchoStatus { Code = (int)StatusCode.Unknown, Message = message };
        var unary = await Assert.ThrowsAsync<RpcException>(async () =>
            await client.UnaryCallAsync(new SimpleRequest { ResponseStatus = status }, Headers, cancellationToken: Token));
        using var call = client.FullDuplexCall(cancellationToken: Token);
        await call.RequestStream.WriteAsync(new StreamingOutputCallRequest { ResponseStatus = status }, Token);
        var duplex = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Token));

        Assert.Equal((StatusCode.Unknown, message), (unary.StatusCode, unary.Status.Detail));
        Assert.Equal((StatusCode.Unknown, message), (duplex.StatusCode, duplex.Status.Detail));
        Assert.Equal([0xab, 0xab, 0xab], unary.Trailers.GetValueBytes(TestServer.TrailingKey));
    }

    [Fact]
    public async Task Unimplemented_MethodAndService_SaySo()
    {
        var method = await Assert.ThrowsAsync<RpcException>(
            async () => await client.UnimplementedCallAsync(new Empty(), cancellationToken: Token));
        var service = await Assert.ThrowsAsync<RpcException>(async () =>
            await new UnimplementedService.UnimplementedServiceClient(server.Channel)
                .UnimplementedCallAsync(new Empty(), cancellationToken: Token));

        Assert.Equal(StatusCode.Unimplemented, method.StatusCode);
        Assert.Equal(StatusCode.Unimplemented, service.StatusCode);
    }

    [Fact]
    public async Task ClientCompressed_UnaryAndStreaming_AreUnderstood()
    {
        var gzip = new Metadata { { "grpc-internal-encoding-request", "gzip" } };
        var response = await client.UnaryCallAsync(
            new SimpleRequest { ResponseSize = 314159, Payload = TestServer.Zeros(271828) }, gzip, cancellationToken: Token);
        using var call = client.StreamingInputCall(gzip, cancellationToken: Token);
        await call.RequestStream.WriteAsync(new StreamingInputCallRequest { Payload = TestServer.Zeros(27182) }, Token);
        call.RequestStream.WriteOptions = new WriteOptions(WriteFlags.NoCompress);
        await call.RequestStream.WriteAsync(new StreamingInputCallRequest { Payload = TestServer.Zeros(45904) }, Token);
        await call.RequestStream.CompleteAsync();

        Assert.Equal(314159, response.Payload.Body.Length);
        Assert.Equal(73086, (await call).AggregatedPayloadSize);
    }

    [Fact]
    public async Task TooLargeRequest_IsRefused()
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await client.UnaryCallAsync(new SimpleRequest { Payload = TestServer.Zeros(20 << 20) }, cancellationToken: Token));

        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
    }

    /// <summary>One server for all cases.</summary>
    public sealed class Server : IAsyncLifetime
    {
        private NodeScript? script;

        public GrpcChannel Channel { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            if (NodeScript.Missing is not null)
            {
                return;
            }

            script = NodeScript.Start("grpc-server.js");
            var port = (int)(await script.ReadAsync())["port"]!;
            Channel = GrpcChannel.ForAddress(
                $"http://127.0.0.1:{port}", new GrpcChannelOptions { MaxReceiveMessageSize = 16 << 20, MaxSendMessageSize = null });
        }

        public async ValueTask DisposeAsync()
        {
            Channel?.Dispose();
            if (script is not null)
            {
                await script.DisposeAsync();
            }
        }
    }
}
