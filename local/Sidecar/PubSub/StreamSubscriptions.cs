using Dapr.Client.Autogen.Grpc.v1;
using Grpc.Core;
using Sidecar.Apps;
using Sidecar.Resources;

namespace Sidecar.PubSub;

/// <summary>Subscriptions for as long as an app holds a stream open.</summary>
internal sealed class StreamSubscriptions(SubscriptionRunner runner, IHostApplicationLifetime lifetime)
{
    // So many events are on their way at once: the app may answer them in any order.
    private static readonly BulkOptions Window = new(10, TimeSpan.Zero);

    /// <summary>Ends with the stream.</summary>
    /// <exception cref="RpcException">The app does not keep to the protocol, or may not subscribe to the topic.</exception>
    public async Task RunAsync(
        AppReplica replica,
        IAsyncStreamReader<SubscribeTopicEventsRequestAlpha1> requests,
        IServerStreamWriter<SubscribeTopicEventsResponseAlpha1> responses,
        CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        using var stream = new EventStream(replica, responses.WriteAsync);
        try
        {
            var subscription = await ReadInitialAsync(requests, ended.Token) with { Stream = stream };
            runner.Check(replica.AppId, subscription);
            await responses.WriteAsync(
                new SubscribeTopicEventsResponseAlpha1 { InitialResponse = new SubscribeTopicEventsResponseInitialAlpha1() }, ended.Token);
            var key = $"{replica.AppId}/{Guid.NewGuid():N}";
            await runner.OpenAsync(key, replica.AppId, subscription, ended.Token);
            try
            {
                await ReadAnswersAsync(requests, stream, ended.Token);
            }
            finally
            {
                runner.Close(key);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "the sidecar is stopping"));
        }
    }

    private static async Task<Subscription> ReadInitialAsync(
        IAsyncStreamReader<SubscribeTopicEventsRequestAlpha1> requests, CancellationToken cancellationToken)
    {
        if (!await requests.MoveNext(cancellationToken) || requests.Current.InitialRequest is not { } initial)
        {
            throw Wrong("initial request is required");
        }

        if (initial.PubsubName.Length == 0 || initial.Topic.Length == 0)
        {
            throw Wrong(initial.PubsubName.Length == 0 ? "pubsubName is required" : "topic is required");
        }

        return new Subscription(initial.PubsubName, initial.Topic, [new RouteRule(null, "")])
        {
            DeadLetterTopic = initial.DeadLetterTopic is { Length: > 0 } topic ? topic : null,
            RawPayload = initial.Metadata.TryGetValue("rawPayload", out var raw) && YamlMap.IsTrue(raw),
            Bulk = Window,
        };
    }

    private static async Task ReadAnswersAsync(
        IAsyncStreamReader<SubscribeTopicEventsRequestAlpha1> requests, EventStream stream, CancellationToken cancellationToken)
    {
        while (await requests.MoveNext(cancellationToken))
        {
            if (requests.Current.EventProcessed is not { } processed)
            {
                throw Wrong("duplicate initial request received");
            }

            stream.Answer(processed.Id, GrpcEventDelivery.ToOutcome(processed.Status?.Status ?? default));
        }
    }

    // The code the real one has for these.
    private static RpcException Wrong(string problem) => new(new Status(StatusCode.Unknown, problem));
}
