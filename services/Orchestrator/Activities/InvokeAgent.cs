using Dapr.Workflow;
using Orchestration.Domain.Execution;
using Orchestration.Domain.Failures;
using Orchestration.Hosting.Errors;
using Orchestrator.Runs;

namespace Orchestrator.Activities;

/// <summary>
/// One attempt of one step: publishes the facts it was handed, makes the input, has an agent do the work, keeps the output.
/// Whatever goes wrong comes back as a value. It may be delivered again after a crash: agents apply effects once by the key
/// of run and step.
/// </summary>
internal sealed partial class InvokeAgent(StepWorker worker, RunMaterial material, RunEventPublisher events, ILogger<InvokeAgent> logger)
    : WorkflowActivity<AttemptInput, AttemptOutput>
{
    // Their address takes sixty characters, and stands in the history twice.
    private const int SmallestKept = 200;

    private static readonly TimeSpan OutageWait = TimeSpan.FromSeconds(1);

    public override async Task<AttemptOutput> RunAsync(WorkflowActivityContext context, AttemptInput input)
    {
        var publishing = PublishAsync(context.InstanceId, input);
        var output = await WorkAsync(context.InstanceId, input);
        var kept = output.ComesBack && input.Bindings.Kept is null ? await KeepAsync(context.InstanceId, input) : null;
        return output with { Unpublished = !await publishing, Kept = kept };
    }

    private async Task<AttemptOutput> WorkAsync(string runId, AttemptInput input)
    {
        try
        {
            return await worker.DoAsync(runId, input);
        }
        catch (FailureException known)
        {
            return AttemptOutput.Failed(known.Failure);
        }
        catch (OperationCanceledException)
        {
            return AttemptOutput.Failed(
                new Failure(FailureCode.Cancelled, FailureClass.Business, "the attempt was stopped", Retryable: false));
        }
        catch (Exception outage) when (Trouble.IsOutage(outage))
        {
            LogOutage(logger, outage, runId, input.Step, input.Attempt);
            return AttemptOutput.Wait("outage", "the orchestrator cannot reach its sidecar or its state", OutageWait);
        }
#pragma warning disable CA1031 // The edge of an activity: here, and nowhere else, an exception becomes a failure.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogUnexpected(logger, exception, runId, input.Step, input.Attempt);
            return AttemptOutput.Failed(
                new Failure(FailureCode.Internal, FailureClass.System, "the attempt failed inside the orchestrator", Retryable: true));
        }
    }

    // What follows carries the address of the values only: a step that waits for long must not fill the history with them.
    private async Task<RunValue?> KeepAsync(string runId, AttemptInput input)
    {
        try
        {
            return await material.LeaveAsync(input.Run, runId, input.Bindings, SmallestKept, CancellationToken.None);
        }
#pragma warning disable CA1031 // The next attempt is given all of it again, and tries this too.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogUnkept(logger, exception, runId, input.Step, input.Attempt);
            return null;
        }
    }

    private async Task<bool> PublishAsync(string runId, AttemptInput input)
    {
        if (input.Facts is not { } facts)
        {
            return true;
        }

        try
        {
            await events.PublishAsync(input.Run, runId, facts, TimeSpan.Zero, CancellationToken.None);
            return true;
        }
#pragma warning disable CA1031 // The facts are handed out again with the next attempt; the work of this one goes on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogUnpublished(logger, exception, runId, facts.Facts.Length);
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Run {RunId}, step {Step}, attempt {Attempt}: the orchestrator itself failed.")]
    private static partial void LogUnexpected(ILogger logger, Exception exception, string runId, int step, int attempt);

    [LoggerMessage(3, LogLevel.Warning, "Run {RunId}, step {Step}, attempt {Attempt} waits: the sidecar or its state is away.")]
    private static partial void LogOutage(ILogger logger, Exception exception, string runId, int step, int attempt);

    [LoggerMessage(4, LogLevel.Warning,
        "Run {RunId}, step {Step}, attempt {Attempt}: the values it works on could not be left for the next attempt.")]
    private static partial void LogUnkept(ILogger logger, Exception exception, string runId, int step, int attempt);

    [LoggerMessage(2, LogLevel.Warning, "Run {RunId}: {Count} events could not be published and are handed out again.")]
    private static partial void LogUnpublished(ILogger logger, Exception exception, string runId, int count);
}
