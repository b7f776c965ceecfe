using Dapr.DurableTask.Protobuf;

namespace Dapr.Workflow.Execution;

/// <summary>What a work item says about its execution besides the events.</summary>
internal sealed record RequestFacts(string InstanceId, string? ExecutionId, TaskRouter? Router, DurableTask.Protobuf.PropagatedHistory? PropagatedHistory)
{
    public static RequestFacts Of(WorkflowRequest request) =>
        new(request.InstanceId, request.ExecutionId, request.Router, request.PropagatedHistory);
}
