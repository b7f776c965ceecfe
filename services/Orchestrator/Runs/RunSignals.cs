using Dapr.Workflow;
using Grpc.Core;
using Orchestration.Domain.Execution;
using Orchestrator.Workflows;

namespace Orchestrator.Runs;

/// <summary>Sends to runs. They take it in when they get to it; a run that has ended takes nothing.</summary>
internal sealed class RunSignals(DaprWorkflowClient workflows)
{
    /// <returns>False when there is no such run any more.</returns>
    public Task<bool> CancelAsync(string runId, string reason, CancellationToken cancellationToken) =>
        SendAsync(runId, new RunControl(RunControl.Cancel, null, null, reason), cancellationToken);

    /// <param name="runId">The run.</param>
    /// <param name="name">Of the event.</param>
    /// <param name="payload">What comes with it.</param>
    /// <param name="requestId">The run takes in one of an id, whoever sends it again; empty for none.</param>
    /// <param name="cancellationToken">Gives up; it may have arrived.</param>
    /// <returns>False when there is no such run any more.</returns>
    public Task<bool> SignalAsync(string runId, string name, RunValue payload, string requestId, CancellationToken cancellationToken) =>
        SendAsync(runId, new RunControl(RunControl.Signal, name, payload, null, requestId.Length > 0 ? requestId : null),
            cancellationToken);

    /// <summary>True when the run is there to be sent to, or has ended.</summary>
    public async Task<bool> HasBegunAsync(string runId, CancellationToken cancellationToken) =>
        (await workflows.GetWorkflowStateAsync(runId, getInputsAndOutputs: false, cancellationToken)).Exists;

    private async Task<bool> SendAsync(string runId, RunControl control, CancellationToken cancellationToken)
    {
        try
        {
            await workflows.RaiseEventAsync(runId, RunControl.EventName, control, cancellationToken);
            return true;
        }
        catch (RpcException exception) when (IsGone(exception))
        {
            // Ended and removed: there is nothing left to tell.
            return false;
        }
    }

    // Sidecars before 1.18 know the case by its text only.
    private static bool IsGone(RpcException exception) =>
        exception.StatusCode == StatusCode.NotFound
            || exception.Status.Detail.Contains("no such instance exists", StringComparison.Ordinal);
}
