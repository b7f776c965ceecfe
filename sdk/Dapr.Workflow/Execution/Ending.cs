using Dapr.DurableTask.Protobuf;

namespace Dapr.Workflow.Execution;

/// <summary>The ways an execution ends.</summary>
internal static class Ending
{
    /// <summary>How code that has ended did so.</summary>
    public static CompleteWorkflowAction OfCode(Task<object?> code, ExecutionWorkflowContext context)
    {
        try
        {
            return new() { WorkflowStatus = OrchestrationStatus.Completed, Result = context.Serialize(code.GetAwaiter().GetResult()) };
        }
#pragma warning disable CA1031 // whatever leaves the code, or prevents its output from being serialized, is the failure of the workflow
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Failed(Failures.Of(e, isNonRetriable: true));
        }
    }

    /// <summary>The code waits for something that will never be in its history. The official worker lets such an instance hang for ever.</summary>
    public static CompleteWorkflowAction Stuck(string workflow) => Failed(Failures.Of(
        "ForeignTaskAwaited",
        $"Workflow '{workflow}' awaits a task that does not come from its context (I/O, Task.Run, Task.Delay or the like). Do that in an activity."));

    public static CompleteWorkflowAction Failed(TaskFailureDetails details) =>
        new() { WorkflowStatus = OrchestrationStatus.Failed, FailureDetails = details };

    public static CompleteWorkflowAction Terminated(string? output) =>
        new() { WorkflowStatus = OrchestrationStatus.Terminated, Result = output };

    /// <summary>The completing action. Its id is 0 as in the official worker, except when continuing as new.</summary>
    public static WorkflowAction Action(CompleteWorkflowAction ending, int id = 0) => new() { Id = id, CompleteWorkflow = ending };

    /// <summary>The code starts over.</summary>
    public static WorkflowAction ContinuedAsNew(ContinuationRequest continuation, EventInbox events)
    {
        var ending = new CompleteWorkflowAction { WorkflowStatus = OrchestrationStatus.ContinuedAsNew, Result = continuation.NewInput };
        if (continuation.KeepEvents)
        {
            ending.CarryoverEvents.AddRange(events.Unclaimed);
        }

        return Action(ending, continuation.ActionId);
    }
}
