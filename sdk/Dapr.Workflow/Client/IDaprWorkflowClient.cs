using Dapr.Common;
using Dapr.Workflow.Client;

namespace Dapr.Workflow;

/// <summary>Manages workflow instances. Errors of the sidecar are <see cref="Grpc.Core.RpcException"/>s.</summary>
public interface IDaprWorkflowClient : IDaprClient, IAsyncDisposable
{
    /// <summary>Starts an instance and waits for its first turn.</summary>
    /// <param name="name">The workflow.</param>
    /// <param name="instanceId">Id of the instance; null makes one. The id of an instance that has ended may be used again.</param>
    /// <param name="input">The input.</param>
    /// <returns>The instance id.</returns>
    Task<string> ScheduleNewWorkflowAsync(string name, string? instanceId = null, object? input = null);

    /// <summary>Starts an instance at a time.</summary>
    /// <param name="name">The workflow.</param>
    /// <param name="instanceId">Id of the instance; null makes one.</param>
    /// <param name="input">The input.</param>
    /// <param name="startTime">Not before this time; local when its kind is unspecified. With a time the call does not wait for the first turn.</param>
    Task<string> ScheduleNewWorkflowAsync(string name, string? instanceId, object? input, DateTime? startTime);

    /// <inheritdoc cref="ScheduleNewWorkflowAsync(string, string?, object?, DateTime?)" />
    Task<string> ScheduleNewWorkflowAsync(
        string name, string? instanceId, object? input, DateTimeOffset? startTime, CancellationToken cancellation = default);

    /// <summary>Where an instance stands. A missing one has <see cref="WorkflowState.Exists"/> false.</summary>
    Task<WorkflowState> GetWorkflowStateAsync(string instanceId, bool getInputsAndOutputs = true, CancellationToken cancellation = default);

    /// <summary>Waits until an instance has done its first turn.</summary>
    Task<WorkflowState> WaitForWorkflowStartAsync(string instanceId, bool getInputsAndOutputs = true, CancellationToken cancellation = default);

    /// <summary>Waits until an instance has ended.</summary>
    Task<WorkflowState> WaitForWorkflowCompletionAsync(string instanceId, bool getInputsAndOutputs = true, CancellationToken cancellation = default);

    /// <summary>Raises an event to an instance. An instance that has ended ignores it.</summary>
    Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default);

    /// <summary>Ends an instance and its children.</summary>
    Task TerminateWorkflowAsync(string instanceId, object? output = null, CancellationToken cancellation = default);

    /// <summary>Pauses an instance.</summary>
    Task SuspendWorkflowAsync(string instanceId, string? reason = null, CancellationToken cancellation = default);

    /// <summary>Continues a paused instance.</summary>
    Task ResumeWorkflowAsync(string instanceId, string? reason = null, CancellationToken cancellation = default);

    /// <summary>Deletes an ended instance and its children.</summary>
    /// <returns>Whether anything was deleted.</returns>
    Task<bool> PurgeInstanceAsync(string instanceId, CancellationToken cancellation = default);

    /// <summary>Lists the app's instances, page by page.</summary>
    Task<WorkflowInstancePage> ListInstanceIdsAsync(string? continuationToken = null, int? pageSize = null, CancellationToken cancellation = default);

    /// <summary>The committed history of an instance, without payloads.</summary>
    Task<IReadOnlyList<WorkflowHistoryEvent>> GetInstanceHistoryAsync(string instanceId, CancellationToken cancellation = default);

    /// <summary>Runs an ended instance again from one of its events, as a new instance.</summary>
    /// <param name="sourceInstanceId">The ended instance.</param>
    /// <param name="eventId">Id of a task, timer or child creation in its history.</param>
    /// <param name="options">New id and input.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>Id of the new instance.</returns>
    Task<string> RerunWorkflowFromEventAsync(
        string sourceInstanceId, uint eventId, RerunWorkflowFromEventOptions? options = null, CancellationToken cancellation = default);
}
