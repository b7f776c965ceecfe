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
    // Signals stand in the history of the run: small payloads whole, large ones by their address.
    private const int LargestInline = 1024;
    private const int MostSignals = 250;
    private const int LargestSignal = 1024 * 1024;
    private const long MostSignalBytes = 16 * LargestSignal;

    // One is enough; a few more do no harm.
    private const int MostCancels = 8;

    private static readonly TimeSpan StartAdvice = TimeSpan.FromSeconds(1);

    public async Task CancelAsync(Caller caller, string runId, string reason, CancellationToken cancellationToken)
    {
        await RequireAsync(caller, runId, cancellationToken);
        if ((await CountAsync(caller, runId, sent => sent with { Cancels = sent.Cancels + 1 }, cancellationToken)).Cancels <= MostCancels)
        {
            await signals.CancelAsync(runId, reason, cancellationToken);
        }

        // Here at once; elsewhere when the run gets to it.
        live.Cancel(runId);
    }

    public async Task SignalAsync(Caller caller, string runId, string name, JsonElement payload, CancellationToken cancellationToken)
    {
        await RequireAsync(caller, runId, cancellationToken);
        var size = name.Length + payload.GetRawText().Length;
        if (size > LargestSignal)
        {
            throw FailureException.InvalidArgument($"An event has at most {LargestSignal} characters.");
        }

        await CountAsync(caller, runId, sent => Add(sent, runId, size), cancellationToken);
        var value = await values.KeepAsync(new ValueOwner(caller.Tenant, runId), payload, LargestInline, cancellationToken);
        await signals.SignalAsync(runId, name, value, cancellationToken);
    }

    // Counted before it is sent: what is not sent after all was still asked for.
    private async Task<RunMail> CountAsync(Caller caller, string runId, Func<RunMail, RunMail> count, CancellationToken cancellationToken)
    {
        var record = await store.ChangeAsync<RunRecord>(
            RunRecord.Key(caller.Tenant, runId), found => found! with { Sent = count(found.Sent ?? RunMail.Nothing) }, cancellationToken);
        return record.Sent!;
    }

    private static RunMail Add(RunMail sent, string runId, int size) =>
        sent.Signals < MostSignals && sent.Bytes + size <= MostSignalBytes
            ? sent with { Signals = sent.Signals + 1, Bytes = sent.Bytes + size }
            : throw new FailureException(FailureMapping.Create(
                FailureCode.FailedPrecondition, $"The run '{runId}' was sent as much as it can take: {MostSignals} events, {MostSignalBytes} characters."));

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
