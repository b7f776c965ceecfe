using Dapr.AppCallback.Autogen.Grpc.v1;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Grpc.Core;
using Status = Dapr.AppCallback.Autogen.Grpc.v1.TopicEventResponse.Types.TopicEventResponseStatus;
using Stream = Grpc.Core.AsyncDuplexStreamingCall<Dapr.Client.Autogen.Grpc.v1.SubscribeTopicEventsRequestAlpha1,
    Dapr.Client.Autogen.Grpc.v1.SubscribeTopicEventsResponseAlpha1>;

namespace Local.Tests.Sidecars;

public sealed class StreamSubscriptionTests : IAsyncLifetime
{
    // Only a failing test waits that long.
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(5);

    private readonly TestApp app = new("app");
    private readonly RunningSidecar sidecar;

    public StreamSubscriptionTests() => sidecar = new RunningSidecar([app], SidecarFolder.PubSub);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await sidecar.StartAsync();

    public ValueTask DisposeAsync() => sidecar.DisposeAsync();

    [Fact]
    public async Task Events_ComeOnTheStream_AndMayBeAnsweredInAnyOrder()
    {
        await PublishAsync("a", "b", "c");
        using var stream = await OpenAsync();
        var events = new[] { await NextAsync(stream), await NextAsync(stream), await NextAsync(stream) };
        foreach (var request in events.Reverse())
        {
            await AnswerAsync(stream, request.Id, Status.Success);
        }

        await PublishAsync("d");
        var last = await NextAsync(stream);

        Assert.Equal(["\"a\"", "\"b\"", "\"c\""], events.Select(request => request.Data.ToStringUtf8()));
        Assert.All(events, request => Assert.Equal(("pubsub", "topic", "app"), (request.PubsubName, request.Topic, request.Source)));
        Assert.Equal("\"d\"", last.Data.ToStringUtf8());
    }

    [Fact]
    public async Task Retry_ComesAgain_DropGoesToTheDeadLetterTopic()
    {
        using var dead = await OpenAsync("dead");
        using var stream = await OpenAsync("topic", "dead");
        await PublishAsync("a");
        await AnswerAsync(stream, (await NextAsync(stream)).Id, Status.Retry);
        var again = await NextAsync(stream);
        await AnswerAsync(stream, again.Id, Status.Drop);

        Assert.Equal("\"a\"", again.Data.ToStringUtf8());
        Assert.Equal("\"a\"", (await NextAsync(dead)).Data.ToStringUtf8());
    }

    [Fact]
    public async Task Close_WhatWasNotAnswered_GoesToTheNextStream()
    {
        await PublishAsync("a", "b");
        using (var first = await OpenAsync())
        {
            await NextAsync(first);
            await AnswerAsync(first, (await NextAsync(first)).Id, Status.Success);
            await first.RequestStream.CompleteAsync();
            Assert.False(await first.ResponseStream.MoveNext(Token).WaitAsync(Enough, Token));
        }

        using var second = await OpenAsync();

        Assert.Equal("\"a\"", (await NextAsync(second)).Data.ToStringUtf8());
    }

    [Fact]
    public async Task Metadata_NamesTheSubscription()
    {
        using var stream = await OpenAsync();
        await PublishAsync("a");
        await NextAsync(stream);

        var metadata = await sidecar.Dapr(app).GetMetadataAsync(new GetMetadataRequest(), cancellationToken: Token);

        Assert.Equal(PubsubSubscriptionType.Streaming, Assert.Single(metadata.Subscriptions).Type);
    }

    [Fact]
    public async Task Stop_EndsTheStream()
    {
        using var stream = await OpenAsync();
        var next = stream.ResponseStream.MoveNext(Token);
        await sidecar.StopAsync();

        // The connection may be cut before the status is out.
        var end = await Assert.ThrowsAsync<RpcException>(() => next.WaitAsync(Enough, Token));
        Assert.Contains(end.StatusCode, new[] { StatusCode.Unavailable, StatusCode.Internal, StatusCode.Cancelled });
    }

    [Theory]
    [InlineData("", "topic", StatusCode.Unknown, "pubsubName is required")]
    [InlineData("pubsub", "", StatusCode.Unknown, "topic is required")]
    [InlineData("nowhere", "topic", StatusCode.InvalidArgument, "nowhere")]
    public async Task WrongBeginning_IsRefused(string pubSub, string topic, StatusCode code, string detail)
    {
        using var stream = sidecar.Dapr(app).SubscribeTopicEventsAlpha1(cancellationToken: Token);
        await stream.RequestStream.WriteAsync(Initial(pubSub, topic), Token);
        var error = await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext(Token));

        Assert.Equal(code, error.StatusCode);
        Assert.Contains(detail, error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongOrder_IsRefused()
    {
        using var none = sidecar.Dapr(app).SubscribeTopicEventsAlpha1(cancellationToken: Token);
        await AnswerAsync(none, "x", Status.Success);
        var missing = await Assert.ThrowsAsync<RpcException>(() => none.ResponseStream.MoveNext(Token));
        using var twice = await OpenAsync();
        await twice.RequestStream.WriteAsync(Initial("pubsub", "topic"), Token);
        var repeated = await Assert.ThrowsAsync<RpcException>(() => twice.ResponseStream.MoveNext(Token));

        Assert.Equal("initial request is required", missing.Status.Detail);
        Assert.Equal("duplicate initial request received", repeated.Status.Detail);
    }

    private static SubscribeTopicEventsRequestAlpha1 Initial(string pubSub, string topic, string? deadLetterTopic = null)
    {
        var initial = new SubscribeTopicEventsRequestInitialAlpha1 { PubsubName = pubSub, Topic = topic };
        if (deadLetterTopic is not null)
        {
            initial.DeadLetterTopic = deadLetterTopic;
        }

        return new SubscribeTopicEventsRequestAlpha1 { InitialRequest = initial };
    }

    private async Task<Stream> OpenAsync(string topic = "topic", string? deadLetterTopic = null)
    {
        var stream = sidecar.Dapr(app).SubscribeTopicEventsAlpha1(cancellationToken: Token);
        await stream.RequestStream.WriteAsync(Initial("pubsub", topic, deadLetterTopic), Token);
        Assert.True(await stream.ResponseStream.MoveNext(Token).WaitAsync(Enough, Token));
        Assert.NotNull(stream.ResponseStream.Current.InitialResponse);
        return stream;
    }

    private static async Task<TopicEventRequest> NextAsync(Stream stream)
    {
        Assert.True(await stream.ResponseStream.MoveNext(Token).WaitAsync(Enough, Token));
        return stream.ResponseStream.Current.EventMessage;
    }

    private static Task AnswerAsync(Stream stream, string id, Status status) => stream.RequestStream.WriteAsync(
        new SubscribeTopicEventsRequestAlpha1
        {
            EventProcessed = new SubscribeTopicEventsRequestProcessedAlpha1
                { Id = id, Status = new TopicEventResponse { Status = status } },
        },
        Token);

    private async Task PublishAsync(params string[] texts)
    {
        foreach (var text in texts)
        {
            var request = new PublishEventRequest
                { PubsubName = "pubsub", Topic = "topic", Data = ByteString.CopyFromUtf8($"\"{text}\""),
                DataContentType = "application/json" };
            await sidecar.Dapr(app).PublishEventAsync(request, cancellationToken: Token);
        }
    }
}
