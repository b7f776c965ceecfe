using System.Text.Json.Serialization;
using Dapr.Workflow;
using Orchestration.Domain.Execution;
using Orchestrator.Runs;
using Orchestrator.Workflows;

namespace Orchestrator.Activities;

internal sealed record PublishInput(
    [property: JsonPropertyName("r")] RunRef Run,
    [property: JsonPropertyName("f")] FactBatch Facts);

/// <summary>Publishes facts when no attempt could take them along.</summary>
internal sealed class PublishEvents(RunEventPublisher events, ILogger<PublishEvents> logger) : WorkflowActivity<PublishInput, bool>
{
    public override async Task<bool> RunAsync(WorkflowActivityContext context, PublishInput input)
    {
        try
        {
            await events.PublishAsync(input.Run, context.InstanceId, input.Facts, RunEventPublisher.Patience, CancellationToken.None);
            return true;
        }
        catch (Exception exception) when (Trouble.FinalFailureOf(exception) is not null)
        {
            // Facts that cannot be published at all must not hold up the run.
            Trouble.LogFailed(logger, exception, context.InstanceId, nameof(PublishEvents));
            return false;
        }
    }
}
