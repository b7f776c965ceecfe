using System.Text.Json;
using Orchestration.Domain.Failures;
using Orchestration.Hosting.Errors;
using Orchestration.Hosting.Identity;
using Orchestrator.Blobs;
using Orchestrator.Dispatch;

namespace Orchestrator.Runs;

/// <summary>Commands on runs that were accepted. A run of another tenant does not exist for the caller.</summary>
internal sealed class RunCommands(StateStore store, RunSignals signals, LiveAttempts live, ValueStore values)
{
    // Signals stand in the history of the run.
    private const int LargestInline = 1024;

    private static readonly TimeSpan StartAdvice = TimeSpan.FromSeconds(1);

    public async Task CancelAsync(Caller caller, string runId, string reason, CancellationToken cancellationToken)
    {
        await RequireAsync(caller, runId, cancellationToken);
        await signals.CancelAsync(runId, reason, cancellationToken);

        // Here at once; elsewhere when the run gets to it.
        live.Cancel(runId);
    }

    public async Task SignalAsync(Caller caller, string runId, string name, JsonElement payload, CancellationToken cancellationToken)
    {
        await RequireAsync(caller, runId, cancellationToken);
        var value = await values.KeepAsync(new ValueOwner(caller.Tenant, runId), payload, LargestInline, cancellationToken);
        await signals.SignalAsync(runId, name, value, cancellationToken);
    }

    private async Task RequireAsync(Caller caller, string runId, CancellationToken cancellationToken)
    {
        if (runId.Contains('/', StringComparison.Ordinal)
            || await store.ReadAsync<RunRecord>(RunRecord.Key(caller.Tenant, runId), cancellationToken) is not { } record)
        {
            throw FailureException.NotFound($"There is no run '{runId}'.");
        }

        if (!record.Started && !await signals.HasBegunAsync(runId, cancellationToken))
        {
            // A run that is not there yet would lose what it is sent.
            throw new FailureException(FailureMapping.Create(FailureCode.Unavailable, $"The run '{runId}' has not been started yet.") with
            {
                RetryAfter = StartAdvice,
            });
        }
    }
}
