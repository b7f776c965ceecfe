using Dapr.Workflow.Abstractions;

namespace Dapr.Workflow;

/// <summary>The call that an activity answers.</summary>
public abstract class WorkflowActivityContext
{
    /// <summary>Name of the activity.</summary>
    public abstract TaskIdentifier Identifier { get; }

    /// <summary>Names this attempt of the call, the same when it is delivered again.</summary>
    public abstract string TaskExecutionKey { get; }

    /// <summary>The calling workflow instance.</summary>
    public abstract string InstanceId { get; }
}
