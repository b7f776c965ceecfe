namespace Dapr.Workflow;

/// <summary>How far a call had come.</summary>
public enum PropagatedHistoryStatus
{
    /// <summary>Not answered.</summary>
    Pending = 0,

    /// <summary>Answered with an output.</summary>
    Completed = 1,

    /// <summary>Answered with an error.</summary>
    Failed = 2,
}

/// <summary>An activity of a calling workflow.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Status">How far it had come.</param>
/// <param name="Input">JSON text.</param>
/// <param name="Output">JSON text.</param>
/// <param name="FailureDetails">Its error.</param>
public sealed record PropagatedHistoryActivityResult(
    string Name, PropagatedHistoryStatus Status, string? Input, string? Output, WorkflowTaskFailureDetails? FailureDetails);

/// <summary>A child of a calling workflow.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Status">How far it had come.</param>
/// <param name="Output">JSON text.</param>
/// <param name="FailureDetails">Its error.</param>
public sealed record PropagatedHistoryWorkflowResult(
    string Name, PropagatedHistoryStatus Status, string? Output, WorkflowTaskFailureDetails? FailureDetails);
