using Dapr.DurableTask.Protobuf;

namespace Dapr.Workflow.Execution;

/// <summary>What follows from a turn.</summary>
/// <param name="Actions">What the sidecar has to do, in order.</param>
/// <param name="HasEnded">Whether the execution is over.</param>
/// <param name="CustomStatus">Status to publish; null publishes none.</param>
/// <param name="Patches">Patches the execution has; null when it never asked.</param>
internal sealed record TurnOutcome(IReadOnlyList<WorkflowAction> Actions, bool HasEnded, string? CustomStatus, IReadOnlyList<string>? Patches)
{
    public static TurnOutcome Waiting(IReadOnlyList<WorkflowAction> actions, ExecutionWorkflowContext? context) =>
        new(actions, false, context?.CustomStatus, context?.Patches);

    public static TurnOutcome Ended(IReadOnlyList<WorkflowAction> actions, ExecutionWorkflowContext? context) =>
        new(actions, true, context?.CustomStatus, context?.Patches);

    public WorkflowResponse ToResponse(string instanceId, string completionToken)
    {
        var response = new WorkflowResponse { InstanceId = instanceId, CompletionToken = completionToken, Actions = { Actions } };
        if (CustomStatus is not null)
        {
            response.CustomStatus = CustomStatus;
        }

        if (Patches is not null)
        {
            response.Version = new WorkflowVersion { Patches = { Patches } };
        }

        return response;
    }
}
