namespace Dapr.Workflow;

/// <summary>An activity or a child workflow failed.</summary>
/// <param name="message">Names the task and its error.</param>
/// <param name="failureDetails">The error as the other side gave it.</param>
public class WorkflowTaskFailedException(string message, WorkflowTaskFailureDetails failureDetails) : Exception(message)
{
    /// <summary>The error as the other side gave it.</summary>
    public WorkflowTaskFailureDetails FailureDetails { get; } = failureDetails;
}
