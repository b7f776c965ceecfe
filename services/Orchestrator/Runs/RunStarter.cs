using Dapr.Workflow;
using Grpc.Core;
using Orchestration.Hosting.Errors;
using Orchestrator.Workflows;

namespace Orchestrator.Runs;

/// <summary>
/// Starts the workflow of a run exactly once per record: the record is written first, so that a request that is repeated
/// after a crash finds it and goes on from there.
/// </summary>
internal sealed class RunStarter(StateStore store, DaprWorkflowClient workflows, TimeProvider clock)
{
    // How long the request that wrote the record is given to start the workflow before another one does it.
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <returns>False when the run was there already.</returns>
    /// <exception cref="FailureException">A run of another request was there.</exception>
    public async Task<bool> StartAsync(string tenant, RunRecord record, RunStart start, CancellationToken cancellationToken)
    {
        var key = RunRecord.Key(tenant, record.RunId);
        if (await store.TryWriteAsync(key, record, "", cancellationToken))
        {
            await ScheduleAsync(key, record, start, cancellationToken);
            return true;
        }

        if (await store.ReadAsync<RunRecord>(key, cancellationToken) is { Request: { } known } && known != record.Request)
        {
            throw FailureException.AlreadyExists($"The request id '{record.RequestId}' was used for a run of another plan or with other inputs.");
        }

        await EnsureStartedAsync(key, start, cancellationToken);
        return false;
    }

    private async Task EnsureStartedAsync(string key, RunStart start, CancellationToken cancellationToken)
    {
        while (await store.ReadAsync<RunRecord>(key, cancellationToken) is { Started: false } record)
        {
            if (clock.GetUtcNow() - record.AcceptedAt >= StartsWithin)
            {
                await StartAgainAsync(key, record, start, cancellationToken);
                return;
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    // The request that wrote the record may have started the workflow and died before it could say so.
    private async Task StartAgainAsync(string key, RunRecord record, RunStart start, CancellationToken cancellationToken)
    {
        var known = await workflows.GetWorkflowStateAsync(record.RunId, getInputsAndOutputs: false, cancellationToken);
        if (known.Exists)
        {
            await MarkAsync(key, cancellationToken);
        }
        else
        {
            await ScheduleAsync(key, record, start, cancellationToken);
        }
    }

    private async Task ScheduleAsync(string key, RunRecord record, RunStart start, CancellationToken cancellationToken)
    {
        try
        {
            // With a start time the call returns as soon as the run is stored; without one it waits for the first turn.
            await workflows.ScheduleNewWorkflowAsync(
                ExecutePlanWorkflow.Name, record.RunId, start, new DateTimeOffset?(clock.GetUtcNow()), cancellationToken);
        }
        catch (RpcException exception) when (IsThere(exception))
        {
            // Another replica was faster.
        }

        await MarkAsync(key, cancellationToken);
    }

    private Task MarkAsync(string key, CancellationToken cancellationToken) =>
        store.ChangeAsync<RunRecord>(key, found => found is { Started: false } ? found with { Started = true } : found!, cancellationToken);

    // Sidecars before 1.19 know the case by its text only.
    private static bool IsThere(RpcException exception) =>
        exception.StatusCode == StatusCode.AlreadyExists || exception.Status.Detail.Contains("already exists", StringComparison.Ordinal);
}
