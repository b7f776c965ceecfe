using System.Globalization;
using Grpc.Core;
using Xunit;

namespace Sdk.Tests.Grpc;

public sealed class CallTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unary_Answered_ResponseArrives()
    {
        await using var server = await GrpcServer.StartAsync(Token);
        var client = new Calls.CallsClient(server.Channel);

        var response = await client.EchoAsync(new Note { Text = "hello" }, cancellationToken: Token);

        Assert.Equal("hello", response.Text);
    }

    [Fact]
    public async Task Unary_Blocking_ResponseArrives()
    {
        await using var server = await GrpcServer.StartAsync(Token);

        var response = new Calls.CallsClient(server.Channel).Echo(new Note { Text = "hello" }, cancellationToken: Token);

        Assert.Equal("hello", response.Text);
    }

    [Fact]
    public async Task ServerStreaming_Finished_AllResponsesArriveInOrder()
    {
        await using var server = await GrpcServer.StartAsync(Token);
        using var call = new Calls.CallsClient(server.Channel).Count(new Note { Number = 100 }, cancellationToken: Token);

        var numbers = new List<int>();
        await foreach (var note in call.ResponseStream.ReadAllAsync(Token))
        {
            numbers.Add(note.Number);
        }

        Assert.Equal(Enumerable.Range(1, 100), numbers);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task ClientStreaming_Completed_ResponseCountsAllRequests()
    {
        await using var server = await GrpcServer.StartAsync(Token);
        using var call = new Calls.CallsClient(server.Channel).Sum(cancellationToken: Token);

        foreach (var number in Enumerable.Range(1, 10))
        {
            await call.RequestStream.WriteAsync(new Note { Number = number }, Token);
        }

        await call.RequestStream.CompleteAsync();

        Assert.Equal(55, (await call).Number);
    }

    [Fact]
    public async Task Duplex_BothSides_AnswersBeforeTheEndOfRequests()
    {
        await using var server = await GrpcServer.StartAsync(Token);
        using var call = new Calls.CallsClient(server.Channel).Chat(cancellationToken: Token);

        foreach (var word in (string[])["one", "two"])
        {
            await call.RequestStream.WriteAsync(new Note { Text = word }, Token);
            Assert.True(await call.ResponseStream.MoveNext(Token));
            Assert.Equal(word.ToUpper(CultureInfo.InvariantCulture), call.ResponseStream.Current.Text);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task Metadata_TextAndBinary_ComeBackAsHeadersAndTrailers()
    {
        await using var server = await GrpcServer.StartAsync(Token);
        byte[] bytes = [0, 255, 10, 13, 128];
        var headers = new Metadata { { "Token-Bin", bytes }, { "word", "tail-value" } };

        using var call = new Calls.CallsClient(server.Channel).EchoAsync(new Note(), headers, cancellationToken: Token);
        var responseHeaders = await call.ResponseHeadersAsync;
        await call;

        Assert.Equal("first", responseHeaders.GetValue("head"));
        Assert.Equal(bytes, responseHeaders.GetValueBytes("token-bin"));
        Assert.Equal("tail-value", call.GetTrailers().GetValue("tail"));
    }

    [Fact]
    public async Task Failure_WithTrailers_StatusDetailAndTrailersArrive()
    {
        await using var server = await GrpcServer.StartAsync(Token);
        var request = new Note { Number = (int)StatusCode.FailedPrecondition, Text = "not änow" };

        var error = await Assert.ThrowsAsync<RpcException>(
            () => new Calls.CallsClient(server.Channel).EchoAsync(request, cancellationToken: Token).ResponseAsync);

        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        Assert.Equal("not änow", error.Status.Detail);
        Assert.Equal("asked-for", error.Trailers.GetValue("why"));
    }

    [Fact]
    public async Task Deadline_Passed_BothSidesEnd()
    {
        await using var server = await GrpcServer.StartAsync(Token);
        var client = new Calls.CallsClient(server.Channel);
        await client.EchoAsync(new Note(), cancellationToken: Token);
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(1);

        var error = await Assert.ThrowsAsync<RpcException>(
            () => client.HangAsync(new Note(), deadline: deadline, cancellationToken: Token).ResponseAsync);

        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
        await server.Probe.Cancelled.Task.WaitAsync(Token);
        Assert.NotEqual(DateTime.MaxValue, await server.Probe.Deadline.Task);
    }

    [Fact]
    public async Task Cancellation_ByTheClient_ReachesTheHandler()
    {
        await using var server = await GrpcServer.StartAsync(Token);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var call = new Calls.CallsClient(server.Channel).HangAsync(new Note(), cancellationToken: source.Token);
        Assert.Equal(DateTime.MaxValue, await server.Probe.Deadline.Task.WaitAsync(Token));

        await source.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync)).StatusCode);
        await server.Probe.Cancelled.Task.WaitAsync(Token);
    }

    [Fact]
    public async Task UnknownMethod_Called_Unimplemented()
    {
        await using var server = await GrpcServer.StartAsync(Token);
        var text = Marshallers.StringMarshaller;
        var method = new Method<string, string>(MethodType.Unary, "sdk.tests.Calls", "Nothing", text, text);

        var error = await Assert.ThrowsAsync<RpcException>(() => server.Channel.CreateCallInvoker()
            .AsyncUnaryCall(method, null, new CallOptions(cancellationToken: Token), "").ResponseAsync);

        Assert.Equal(StatusCode.Unimplemented, error.StatusCode);
    }
}
