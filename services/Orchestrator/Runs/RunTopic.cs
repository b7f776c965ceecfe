using System.Text;
using Dapr.Client;
using Google.Protobuf;
using Orchestration.Contracts;

namespace Orchestrator.Runs;

/// <summary>The topic on which the facts of runs go out, as CloudEvents whose data is <see cref="RunEvents"/> in proto JSON.</summary>
internal sealed class RunTopic(DaprClient dapr)
{
    public const string PubSub = "pubsub";
    public const string Name = "run-events";

    /// <summary>Type of the CloudEvents; the types of the events stand inside.</summary>
    public const string CloudEventType = "orchestration.v1.RunEvents";

    /// <param name="id">The same for the same events, so that a repetition is known for what it is.</param>
    public Task PublishAsync(string id, RunEvents events, CancellationToken cancellationToken) => dapr.PublishByteEventAsync(
        PubSub,
        Name,
        Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(events)),
        "application/json",
        new Dictionary<string, string> { ["cloudevent.id"] = id, ["cloudevent.type"] = CloudEventType },
        cancellationToken);
}
