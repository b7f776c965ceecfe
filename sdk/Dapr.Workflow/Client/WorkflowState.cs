using Dapr.Common.Serialization;
using Dapr.Workflow.Execution;
using Wire = Dapr.DurableTask.Protobuf;

namespace Dapr.Workflow;

/// <summary>Where an instance stood when it was asked.</summary>
public sealed class WorkflowState
{
    private readonly Wire.WorkflowState? _state;
    private readonly IDaprSerializer _serializer;

    internal WorkflowState(Wire.WorkflowState? state, IDaprSerializer serializer)
    {
        _state = state;
        _serializer = serializer;
    }

    /// <summary>Name of the workflow; null when there is no instance.</summary>
    public string? WorkflowName => _state?.Name;

    /// <summary>Whether there is an instance of this id.</summary>
    public bool Exists => _state is not null;

    /// <summary>Whether it runs now.</summary>
    public bool IsWorkflowRunning => RuntimeStatus == WorkflowRuntimeStatus.Running;

    /// <summary>Whether it has ended: completed, failed or terminated.</summary>
    public bool IsWorkflowCompleted =>
        RuntimeStatus is WorkflowRuntimeStatus.Completed or WorkflowRuntimeStatus.Failed or WorkflowRuntimeStatus.Terminated;

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt => _state?.CreatedTimestamp?.ToDateTimeOffset() ?? default;

    /// <summary>When it last changed.</summary>
    public DateTimeOffset LastUpdatedAt => _state?.LastUpdatedTimestamp?.ToDateTimeOffset() ?? default;

    /// <summary>Its status; unknown when there is no instance.</summary>
    public WorkflowRuntimeStatus RuntimeStatus => _state is null || !Enum.IsDefined((WorkflowRuntimeStatus)_state.WorkflowStatus)
        ? WorkflowRuntimeStatus.Unknown
        : (WorkflowRuntimeStatus)_state.WorkflowStatus;

    /// <summary>Why it failed, when inputs and outputs were asked for.</summary>
    public WorkflowTaskFailureDetails? FailureDetails => Failures.Read(_state?.FailureDetails);

    /// <summary>Its input, when inputs and outputs were asked for.</summary>
    public T? ReadInputAs<T>() => _serializer.Deserialize<T>(_state?.Input);

    /// <summary>Its output, when inputs and outputs were asked for.</summary>
    public T? ReadOutputAs<T>() => _serializer.Deserialize<T>(_state?.Output);

    /// <summary>The status its code has published, when inputs and outputs were asked for.</summary>
    public T? ReadCustomStatusAs<T>() => _serializer.Deserialize<T>(_state?.CustomStatus);
}
