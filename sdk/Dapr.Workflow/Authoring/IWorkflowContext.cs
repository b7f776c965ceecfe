namespace Dapr.Workflow;

/// <summary>The clock and replay state of a workflow.</summary>
public interface IWorkflowContext
{
    /// <summary>True while the code is re-run over what has already happened.</summary>
    bool IsReplaying { get; }

    /// <summary>The workflow's time, UTC; the same on replay.</summary>
    DateTime CurrentUtcDateTime { get; }

    /// <summary>True when this execution has, or from now on has, the named change of the workflow's code.</summary>
    bool IsPatched(string patchName);
}
