using Dapr.Workflow.Abstractions;

namespace Dapr.Workflow.Worker;

/// <inheritdoc />
internal sealed class ActivityCallContext(TaskIdentifier identifier, string taskExecutionKey, string instanceId) : WorkflowActivityContext
{
    public override TaskIdentifier Identifier => identifier;

    public override string TaskExecutionKey => taskExecutionKey;

    public override string InstanceId => instanceId;
}
