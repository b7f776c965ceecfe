using System.Text.Json;
using Orchestration.Domain.Execution;
using Orchestration.Domain.Failures;
using Orchestration.Domain.Plans;
using Orchestration.Hosting.Errors;
using Orchestration.Hosting.Identity;
using Orchestrator.Activities;
using Orchestrator.Blobs;
using Orchestrator.Dispatch;

namespace Orchestrator.Runs;

/// <summary>Commands on runs that were accepted. A run of another tenant does not exist for the caller.</summary>
internal sealed partial class RunCommands(
    RunRecords records, RunSignals signals, LiveAttempts live, PlanStore plans, ValueStore values, ILogger<RunCommands> logger) : IDisposable
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

    public async Task CancelAsync(Caller caller, string runId, string reason, CancellationToken cancellationToken)
    {
        var record = await RequireAsync(caller, runId, cancellationToken);
        if (record.Outcome == RunOutcome.Cancelled)
        {
            // Asked again, perhaps because the answer got lost: it is as the caller wants it.
            return;
        }

        RequireUnderWay(record);
        await InTurnAsync(
            caller,
            runId,
            sent => sent.Cancels < MostCancels ? sent with { Cancels = sent.Cancels + 1 } : throw CancelledOften(runId),
            () => signals.CancelAsync(runId, reason, cancellationToken),
            // Here at once; elsewhere when the run gets to it.
            () => live.Cancel(runId),
            cancellationToken);
    }

    public async Task SignalAsync(Caller caller, string runId, string name, JsonElement payload, CancellationToken cancellationToken)
    {
        var record = await RequireAsync(caller, runId, cancellationToken);
        var size = name.Length + RunValue.SizeOf(payload);
        if (size > LargestSignal)
        {
            throw FailureException.InvalidArgument($"An event has at most {LargestSignal} bytes.");
        }

        RequireUnderWay(record);
        await RequireAwaitedAsync(caller, record, name, cancellationToken);
        Add(record.Sent ?? RunMail.Nothing, runId, size);
        var value = await values.KeepAsync(new ValueOwner(caller.Tenant, runId), payload, LargestInline, cancellationToken);
        await InTurnAsync(
            caller,
            runId,
            sent => Add(sent, runId, size),
            () => signals.SignalAsync(runId, name, value, cancellationToken),
            () => { },
            cancellationToken);
    }

    public void Dispose()
    {
        foreach (var turn in _turns)
        {
            turn.Dispose();
        }
    }

    // Counted after it was sent: what did not get through costs nothing.
    private async Task InTurnAsync(
        Caller caller, string runId, Func<RunMail, RunMail> count, Func<Task<bool>> send, Action sent, CancellationToken cancellationToken)
    {
        var turn = _turns[(uint)runId.GetHashCode(StringComparison.Ordinal) % Lanes];
        await turn.WaitAsync(cancellationToken);
        try
        {
            var record = await records.ReadAsync(caller.Tenant, runId, cancellationToken);
            count(record?.Sent ?? RunMail.Nothing);
            if (!await send())
            {
                throw FailureException.FailedPrecondition($"The run '{runId}' has already ended.");
            }

            sent();
            await CountAsync(caller, runId, count, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task CountAsync(Caller caller, string runId, Func<RunMail, RunMail> count, CancellationToken cancellationToken)
    {
        try
        {
            await records.ChangeAsync(
                caller.Tenant, runId, found => found with { Sent = count(found.Sent ?? RunMail.Nothing) }, cancellationToken);
        }
        catch (Exception exception) when (exception is FailureException || Trouble.IsOutage(exception))
        {
            // It has arrived: nobody must send it again only because it is not counted.
            LogUncounted(logger, exception, runId);
        }
    }

    private static RunMail Add(RunMail sent, string runId, long size) =>
        sent.Signals < MostSignals && sent.Bytes + size <= MostSignalBytes
            ? sent with { Signals = sent.Signals + 1, Bytes = sent.Bytes + size }
            : throw new FailureException(FailureMapping.Create(
                FailureCode.FailedPrecondition, $"The run '{runId}' was sent as much as it can take: {MostSignals} events, {MostSignalBytes} bytes."));

    private static FailureException CancelledOften(string runId) => new(
        FailureMapping.Create(FailureCode.Saturated, $"The run '{runId}' was told to stop {MostCancels} times; it is not told again.") with { Retryable = false });

    private async Task<RunRecord> RequireAsync(Caller caller, string runId, CancellationToken cancellationToken)
    {
        if (runId.Contains('/', StringComparison.Ordinal) || await records.ReadAsync(caller.Tenant, runId, cancellationToken) is not { } record)
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
            var how = record.Outcome is { } outcome ? $" ({JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString()).Replace('_', ' ')})" : "";
            throw FailureException.FailedPrecondition($"The run '{record.RunId}' has already ended{how}.");
        }
    }

    /// <summary>An event that no step ever takes is a mistake of the sender. One that comes before its step waits for it is kept by the run.</summary>
    private async Task RequireAwaitedAsync(Caller caller, RunRecord record, string name, CancellationToken cancellationToken)
    {
        // Events reach the top-level plan only: a plan below it that waits for one is refused when it is read.
        var plan = await plans.ReadAsync(caller.Tenant, PlanStore.OfPublic(record.ContentHash), path: null, cancellationToken);
        var awaited = plan.Steps.Select(step => step.Work).OfType<StepWork.WaitFor>().Select(wait => wait.Event)
            .Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (!awaited.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw FailureException.FailedPrecondition(awaited.Count == 0
                ? $"No step of the run '{record.RunId}' waits for an event."
                : $"No step of the run '{record.RunId}' waits for an event '{name}'; it takes {string.Join(", ", awaited.Take(MostNamed).Select(known => $"'{known}'"))}"
                    + (awaited.Count > MostNamed ? $" and {awaited.Count - MostNamed} more." : "."));
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "What was sent to run {RunId} could not be counted.")]
    private static partial void LogUncounted(ILogger logger, Exception exception, string runId);
}
