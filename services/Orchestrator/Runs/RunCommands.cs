using System.Text.Json;
using Orchestration.Domain.Execution;
using Orchestration.Domain.Failures;
using Orchestration.Hosting.Errors;
using Orchestration.Hosting.Identity;
using Orchestrator.Activities;
using Orchestrator.Blobs;
using Orchestrator.Dispatch;

namespace Orchestrator.Runs;

/// <summary>An event for a run.</summary>
/// <param name="RequestId">By which a repetition is known; empty means that there is none.</param>
internal sealed record RunSignal(string Name, JsonElement Payload, string RequestId = "");

/// <summary>Commands on runs that were accepted. A run of another tenant does not exist for the caller.</summary>
internal sealed partial class RunCommands(
    RunRecords records, RunSignals signals, LiveAttempts live, ValueStore values, ILogger<RunCommands> logger) : IDisposable
{
    // Signals stand in the history of the run: small payloads whole, large ones by their address.
    private const int LargestInline = 1024;
    private const int MostSignals = 250;
    private const int LargestSignal = 1024 * 1024;
    private const long MostSignalBytes = 16 * LargestSignal;

    // One that has arrived is enough; a few more do no harm.
    private const int MostCancels = 8;

    private const int Lanes = 64;

    // Names of events in a refusal.
    private const int MostNamed = 20;

    private static readonly TimeSpan StartAdvice = TimeSpan.FromSeconds(1);

    // One after the other to the same run, so that what is sent is counted before the next is.
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, Lanes).Select(_ => new SemaphoreSlim(1))];

    public Task CancelAsync(Caller caller, string runId, string reason, CancellationToken cancellationToken) => InTurnAsync(
        runId,
        async () =>
        {
            var record = await RequireAsync(caller, runId, cancellationToken);
            if (record.Outcome == RunOutcome.Cancelled)
            {
                // Asked again, perhaps because the answer got lost: it is as the caller wants it.
                return;
            }

            RequireUnderWay(record);
            Add(record.Sent);
            RequireSent(await signals.CancelAsync(runId, reason, cancellationToken), runId);

            // Here at once; elsewhere when the run gets to it.
            live.Cancel(runId);
            await CountAsync(caller, runId, Add, cancellationToken);

            RunMail Add(RunMail? sent) => (sent ?? RunMail.Nothing) is { Cancels: < MostCancels } few
                ? few with { Cancels = few.Cancels + 1 }
                : throw CancelledOften(runId);
        },
        cancellationToken);

    public Task SignalAsync(Caller caller, string runId, RunSignal signal, CancellationToken cancellationToken)
    {
        var size = signal.Name.Length + RunValue.SizeOf(signal.Payload);
        return InTurnAsync(runId, SendAsync, cancellationToken);

        async Task SendAsync()
        {
            var record = await RequireAsync(caller, runId, cancellationToken);
            if (record.Sent?.Knows(signal.RequestId) == true)
            {
                // It has arrived; its answer may have got lost, and the run may have ended by it.
                return;
            }

            if (size > LargestSignal)
            {
                throw FailureException.InvalidArgument($"An event has at most {LargestSignal} bytes.");
            }

            RequireUnderWay(record);
            RequireAwaited(record, signal.Name);
            Add(record.Sent);
            var value = await values.KeepAsync(new ValueOwner(caller.Tenant, runId), signal.Payload, LargestInline, cancellationToken);
            RequireSent(await signals.SignalAsync(runId, signal.Name, value, signal.RequestId, cancellationToken), runId);
            await CountAsync(caller, runId, Add, cancellationToken);
        }

        RunMail Add(RunMail? sent) => (sent ?? RunMail.Nothing) is { Signals: < MostSignals } some && some.Bytes + size <= MostSignalBytes
            ? some.With(size, signal.RequestId)
            : throw FailureException.FailedPrecondition(
                $"The run '{runId}' was sent as much as it can take: {MostSignals} events, {MostSignalBytes} bytes.");
    }

    public void Dispose()
    {
        foreach (var turn in _turns)
        {
            turn.Dispose();
        }
    }

    // The record is read within the turn, so what was sent before is counted in it, and a run that has ended is refused. It can still end
    // between that reading and the sending: what is sent then is lost in the ended run although its sender reads OK. The gap is one
    // call, and with a large payload the writing of it.
    private async Task InTurnAsync(string runId, Func<Task> command, CancellationToken cancellationToken)
    {
        var turn = _turns[(uint)runId.GetHashCode(StringComparison.Ordinal) % Lanes];
        await turn.WaitAsync(cancellationToken);
        try
        {
            await command();
        }
        finally
        {
            turn.Release();
        }
    }

    // Counted after it was sent: what did not get through costs nothing.
    private async Task CountAsync(Caller caller, string runId, Func<RunMail?, RunMail> count, CancellationToken cancellationToken)
    {
        try
        {
            await records.ChangeAsync(caller.Tenant, runId, found => found with { Sent = count(found.Sent) }, cancellationToken);
        }
        catch (Exception exception) when (exception is FailureException || Trouble.IsOutage(exception))
        {
            // It has arrived: nobody must send it again only because it is not counted.
            LogUncounted(logger, exception, runId);
        }
    }

    private static FailureException CancelledOften(string runId) => new(
        FailureMapping.Create(FailureCode.Saturated, $"The run '{runId}' was told to stop {MostCancels} times; it is not told again.") with
            { Retryable = false });

    private async Task<RunRecord> RequireAsync(Caller caller, string runId, CancellationToken cancellationToken)
    {
        if (runId.Contains('/', StringComparison.Ordinal)
            || await records.ReadAsync(caller.Tenant, runId, cancellationToken) is not { } record)
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

        return record;
    }

    private static void RequireUnderWay(RunRecord record)
    {
        if (record.EndedAt is not null)
        {
            throw Ended(record.RunId, record.Outcome is { } outcome ? $" ({outcome.InWords()})" : "");
        }
    }

    private static void RequireSent(bool isThere, string runId)
    {
        if (!isThere)
        {
            throw Ended(runId, "");
        }
    }

    private static FailureException Ended(string runId, string how) =>
        FailureException.FailedPrecondition($"The run '{runId}' has already ended{how}.");

    /// <summary>
    /// An event that no step ever takes is a mistake of the sender. One that comes before its step waits for it is kept by the run.
    /// </summary>
    private static void RequireAwaited(RunRecord record, string name)
    {
        if (record.Events is not { } awaited || awaited.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return;
        }

        throw FailureException.FailedPrecondition(awaited.Count == 0
            ? $"No step of the run '{record.RunId}' waits for an event."
            : $"No step of the run '{record.RunId}' waits for an event '{name}'; it takes {string.Join(", ", awaited.Take(MostNamed).Select(known => $"'{known}'"))}"
                + (awaited.Count > MostNamed ? $" and {awaited.Count - MostNamed} more." : "."));
    }

    [LoggerMessage(1, LogLevel.Warning, "What was sent to run {RunId} could not be counted.")]
    private static partial void LogUncounted(ILogger logger, Exception exception, string runId);
}
