using Dapr.Client.Autogen.Grpc.v1;
using Sidecar.Apps;

namespace Sidecar.PubSub;

/// <summary>Events on a stream that an app holds open; what becomes of each comes back on it, in any order.</summary>
internal sealed class EventStream : IEventDelivery, IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Queue<TaskCompletionSource<DeliveryOutcome>>> waiting = [];
    private readonly CancellationTokenSource closed = new();
    private readonly Func<SubscribeTopicEventsResponseAlpha1, CancellationToken, Task> write;

    // Outlives its source: a delivery may begin when the stream has just ended.
    private readonly CancellationToken end;

    public EventStream(AppReplica replica, Func<SubscribeTopicEventsResponseAlpha1, CancellationToken, Task> write)
    {
        Replica = replica;
        this.write = write;
        end = closed.Token;
    }

    /// <summary>Whose stream it is. The app itself need not be reachable otherwise.</summary>
    public AppReplica Replica { get; }

    public async Task<DeliveryOutcome[]> DeliverAsync(AppReplica replica, Delivery delivery, CancellationToken cancellationToken)
    {
        var answers = new List<Task<DeliveryOutcome>>(delivery.Events.Count);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, end);
        try
        {
            foreach (var envelope in delivery.Events)
            {
                var request = GrpcEventDelivery.ToRequest(delivery, envelope);
                answers.Add(Expect(request.Id));
                await write(new SubscribeTopicEventsResponseAlpha1 { EventMessage = request }, ended.Token);
            }

            await Task.WhenAll(answers).WaitAsync(ended.Token);
        }
        catch (Exception error) when (
            !cancellationToken.IsCancellationRequested && error is OperationCanceledException or InvalidOperationException or IOException)
        {
            // The stream ended. What was not answered is delivered again, elsewhere or when the app is back.
        }

        var outcomes = delivery.Events.Select(_ => DeliveryOutcome.Unreachable).ToArray();
        for (var i = 0; i < answers.Count; i++)
        {
            outcomes[i] = answers[i].IsCompleted ? await answers[i] : DeliveryOutcome.Unreachable;
        }

        return outcomes;
    }

    /// <summary>What the app says of an event. Nothing happens when it has not been asked.</summary>
    public void Answer(string id, DeliveryOutcome outcome)
    {
        TaskCompletionSource<DeliveryOutcome>? answered;
        lock (gate)
        {
            // Publishers choose ids: two events may have the same.
            if (!waiting.TryGetValue(id, out var queue) || !queue.TryDequeue(out answered))
            {
                return;
            }

            if (queue.Count == 0)
            {
                waiting.Remove(id);
            }
        }

        answered.TrySetResult(outcome);
    }

    /// <summary>Ends deliveries under way: the stream is no more.</summary>
    public void Dispose()
    {
        closed.Cancel();
        closed.Dispose();
    }

    private Task<DeliveryOutcome> Expect(string id)
    {
        var answer = new TaskCompletionSource<DeliveryOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (!waiting.TryGetValue(id, out var queue))
            {
                waiting[id] = queue = new Queue<TaskCompletionSource<DeliveryOutcome>>();
            }

            queue.Enqueue(answer);
        }

        return answer.Task;
    }
}
