using System.Text;
using Dapr.Client;
using Google.Protobuf;
using Orchestration.Contracts;

namespace Orchestrator.Runs;

/// <summary>The topic on which the facts of runs go out, as CloudEvents whose data is <see cref="RunEvents"/> in proto JSON.</summary>
internal sealed class RunTopic(DaprClient dapr, TimeProvider clock)
{
    public const string PubSub = "pubsub";
    public const string Name = "run-events";

    /// <summary>Type of the CloudEvents; the types of the events stand inside.</summary>
    public const string CloudEventType = "orchestration.v1.RunEvents";

    /// <param name="id">The same for the same events, so that a repetition is known for what it is.</param>
    /// <param name="limit">Longest time it may take.</param>
    /// <exception cref="TimeoutException">It took longer.</exception>
    public async Task PublishAsync(string id, RunEvents events, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            await PublishAsync(id, events, either.Token);
        }
        catch (Exception exception) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"publishing took longer than {limit.TotalSeconds} s", exception);
        }
    }

    private Task PublishAsync(string id, RunEvents events, CancellationToken cancellationToken) => dapr.PublishByteEventAsync(
        PubSub,
        Name,
        Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(events)),
        "application/json",
        new Dictionary<string, string> { ["cloudevent.id"] = id, ["cloudevent.type"] = CloudEventType },
        cancellationToken);
}
