using System.Text.Json;
using Dapr.Common;
using Dapr.Common.Serialization;
using Dapr.DurableTask.Protobuf;
using Microsoft.Extensions.Configuration;

namespace Dapr.Workflow.Registration;

/// <summary>Builds a <see cref="DaprWorkflowClient"/>.</summary>
/// <param name="configuration">Where the sidecar's address is looked up before the environment.</param>
public sealed class DaprWorkflowClientBuilder(IConfiguration? configuration = null) : DaprGenericClientBuilder<DaprWorkflowClient>(configuration)
{
    private IDaprSerializer? _serializer;

    /// <summary>Uses this serializer for inputs, outputs, events and status.</summary>
    public DaprWorkflowClientBuilder UseSerializer(IDaprSerializer serializer)
    {
        _serializer = serializer;
        return this;
    }

    /// <summary>Uses JSON with these options.</summary>
    public DaprWorkflowClientBuilder UseJsonSerializer(JsonSerializerOptions jsonOptions) => UseSerializer(new JsonDaprSerializer(jsonOptions));

    /// <inheritdoc />
    public override DaprWorkflowClient Build()
    {
        var (channel, invoker) = Connect(typeof(DaprWorkflowClient).Assembly);
        return new DaprWorkflowClient(
            new TaskHubSidecarService.TaskHubSidecarServiceClient(invoker), channel, _serializer ?? new JsonDaprSerializer(JsonSerializerOptions));
    }
}
