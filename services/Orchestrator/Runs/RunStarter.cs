using Dapr.Workflow;
using Grpc.Core;
using Orchestration.Hosting.Errors;
using Orchestrator.Workflows;

namespace Orchestrator.Runs;

/// <summary>
/// Starts the workflow of a run exactly once per record. The record is written first, and with it the claim to start the
/// workflow: one request at a time has it, and one that was frozen longer than its claim holds looks again before it goes on.
/// A workflow that has ended could be started anew under its id, so nobody starts one without a claim that holds.
/// </summary>
internal sealed class RunStarter(StateStore store, RunRecords records, DaprWorkflowClient workflows, TimeProvider clock)
{
    // How long the request with the claim is given before another one takes it over.
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(10);

    // It gives up on itself much earlier, so that clocks may differ and calls may be on their way.
    private static readonly TimeSpan ClaimHolds = StartsWithin / 2;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <returns>False when the run was there already.</returns>
    /// <exception cref="FailureException">A run of another request was there.</exception>
    public async Task<bool> StartAsync(string tenant, RunRecord record, RunStart start, CancellationToken cancellationToken)
    {
        var key = RunRecord.Key(tenant, record.RunId);
        var claimed = clock.GetTimestamp();
        if (await store.TryWriteAsync(key, Claim(record), "", cancellationToken))
        {
            if (!await TryScheduleAsync(tenant, start, record.RunId, claimed, cancellationToken))
            {
                await EnsureStartedAsync(tenant, record, start, cancellationToken);
            }

            return true;
        }

        if (await store.ReadAsync<RunRecord>(key, cancellationToken) is { Request: { } known } && known != record.Request)
        {
            throw FailureException.AlreadyExists(
                $"The request id '{record.RequestId}' was used for a run of another plan or with other inputs.");
        }

        await EnsureStartedAsync(tenant, record, start, cancellationToken);
        return false;
    }

    private RunRecord Claim(RunRecord record) => record with { ClaimedAt = clock.GetUtcNow() };

    private async Task EnsureStartedAsync(string tenant, RunRecord mine, RunStart start, CancellationToken cancellationToken)
    {
        var key = RunRecord.Key(tenant, mine.RunId);
        while (true)
        {
            var claimed = clock.GetTimestamp();
            var (record, etag) = await store.ReadWithETagAsync<RunRecord>(key, cancellationToken);
            if (record is { Started: true })
            {
                return;
            }

            // The run is that of the request that starts it, with its time of acceptance.
            if (clock.GetUtcNow() - (record?.ClaimedAt ?? default) < StartsWithin
                || !await store.TryWriteAsync(key, Claim(mine) with { Sent = record?.Sent }, etag, cancellationToken))
            {
                await Task.Delay(Pause, clock, cancellationToken);
                continue;
            }

            // Whoever had the claim before may have started the workflow and died before it could say so.
            var known = await workflows.GetWorkflowStateAsync(mine.RunId, getInputsAndOutputs: false, cancellationToken);
            if (known.Exists)
            {
                await MarkAsync(tenant, mine.RunId, cancellationToken);
            }
            else
            {
                await TryScheduleAsync(tenant, start, mine.RunId, claimed, cancellationToken);
            }
        }
    }

    /// <param name="claimed">When the claim was taken, before it was written.</param>
    /// <returns>False when the claim does not hold any more.</returns>
    private async Task<bool> TryScheduleAsync(
        string tenant, RunStart start, string runId, long claimed, CancellationToken cancellationToken)
    {
        var left = ClaimHolds - clock.GetElapsedTime(claimed);
        if (left <= TimeSpan.Zero)
        {
            return false;
        }

        using var late = new CancellationTokenSource(left, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            // With a start time the call returns as soon as the run is stored; without one it waits for the first turn.
            await workflows.ScheduleNewWorkflowAsync(
                ExecutePlanWorkflow.Name, runId, start, new DateTimeOffset?(clock.GetUtcNow()), either.Token);
        }
        catch (RpcException exception) when (IsThere(exception))
        {
            // A call before this one has come through after all.
        }
        catch (Exception exception) when (exception is RpcException or OperationCanceledException
            && late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }

        await MarkAsync(tenant, runId, cancellationToken);
        return true;
    }

    private Task MarkAsync(string tenant, string runId, CancellationToken cancellationToken) =>
        records.ChangeAsync(tenant, runId, found => found.Started ? found : found with { Started = true }, cancellationToken);

    // Sidecars before 1.19 know the case by its text only.
    private static bool IsThere(RpcException exception) =>
        exception.StatusCode == StatusCode.AlreadyExists || exception.Status.Detail.Contains("already exists", StringComparison.Ordinal);
}
