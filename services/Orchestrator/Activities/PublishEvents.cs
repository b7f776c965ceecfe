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
internal sealed class PublishEvents(RunEventPublisher events) : WorkflowActivity<PublishInput, bool>
{
    public override async Task<bool> RunAsync(WorkflowActivityContext context, PublishInput input)
    {
        await events.PublishAsync(input.Run, context.InstanceId, input.Facts, CancellationToken.None);
        return true;
    }
}
