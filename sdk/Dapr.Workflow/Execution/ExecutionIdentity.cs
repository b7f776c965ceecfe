namespace Dapr.Workflow.Execution;

/// <summary>What an execution knows about itself from its start.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="Name">Name of the workflow.</param>
/// <param name="ExecutionId">Id of this execution, when the sidecar gives one.</param>
/// <param name="AppId">The own app, when the sidecar names it.</param>
/// <param name="PropagatedHistory">History of the callers, when they propagate it.</param>
internal sealed record ExecutionIdentity(string InstanceId, string Name, string? ExecutionId, string? AppId, PropagatedHistory? PropagatedHistory);

/// <summary>The code asked to start over.</summary>
/// <param name="ActionId">Id of the completing action.</param>
/// <param name="NewInput">Input of the next execution, JSON text.</param>
/// <param name="KeepEvents">Whether unclaimed events go along.</param>
internal sealed record ContinuationRequest(int ActionId, string NewInput, bool KeepEvents);
