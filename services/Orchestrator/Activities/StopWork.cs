using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dapr.Workflow;
using Orchestrator.Dispatch;
using Orchestrator.Runs;

namespace Orchestrator.Activities;

internal sealed record StopInput(
    [property: JsonPropertyName("c")] ImmutableArray<string> Children,
    [property: JsonPropertyName("w")] bool WholeRun);

/// <summary>
/// Tells what is in flight that it is no longer wanted: attempts in this process by their token, runs below by an event.
/// Attempts in other replicas end by their own timeout; their answers change nothing any more.
/// </summary>
internal sealed class StopWork(LiveAttempts live, RunSignals signals, ILogger<StopWork> logger) : WorkflowActivity<StopInput, bool>
{
    public override async Task<bool> RunAsync(WorkflowActivityContext context, StopInput input)
    {
        if (input.WholeRun)
        {
            live.Cancel(context.InstanceId);
        }

        foreach (var child in input.Children)
        {
            await StopAsync(context.InstanceId, child);
        }

        return true;
    }

    // Thrown, and repeated, while the sidecar is away. What can never work must not keep the others from being told.
    private async Task StopAsync(string runId, string child)
    {
        try
        {
            await signals.CancelAsync(child, "the run above was stopped", CancellationToken.None);
        }
        catch (Exception exception) when (Trouble.FinalFailureOf(exception) is not null)
        {
            Trouble.LogFailed(logger, exception, runId, nameof(StopWork));
        }
    }
}
