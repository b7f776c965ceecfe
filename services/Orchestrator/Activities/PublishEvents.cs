using System.Text.Json.Serialization;
using Dapr.Workflow;
using Orchestration.Domain.Execution;
using Orchestrator.Runs;
using Orchestrator.Workflows;

namespace Orchestrator.Activities;

/// <param name="Kept">Where an earlier call has left the facts; null when they are in the batch.</param>
internal sealed record PublishInput(
    [property: JsonPropertyName("r")] RunRef Run,
    [property: JsonPropertyName("f")] FactBatch Facts,
    [property: JsonPropertyName("k")] RunValue? Kept = null)
{
    /// <summary>The same call, with the address of the facts instead of them.</summary>
    public PublishInput Later(RunValue kept) => this with { Facts = new FactBatch(Facts.Id, []), Kept = kept };
}

/// <param name="Kept">Set when nothing could be published: where the facts are left, so that trying again costs the history no more than
/// this.</param>
internal sealed record PublishOutput([property: JsonPropertyName("k")] RunValue? Kept = null);

/// <summary>Publishes facts when no attempt could take them along.</summary>
internal sealed class PublishEvents(RunMaterial material, RunEventPublisher events, ILogger<PublishEvents> logger)
    : WorkflowActivity<PublishInput, PublishOutput>
{
    public override async Task<PublishOutput> RunAsync(WorkflowActivityContext context, PublishInput input)
    {
        var (runId, stop) = (context.InstanceId, CancellationToken.None);
        try
        {
            var facts = input.Kept is { } kept ? await material.TakeAsync<FactBatch>(input.Run, runId, kept, stop) : input.Facts;
            await events.PublishAsync(input.Run, runId, facts, events.Patience, stop);
            return new PublishOutput();
        }
        catch (Exception outage) when (Trouble.IsOutage(outage))
        {
            Trouble.LogRefused(logger, outage, runId);
            return new PublishOutput(input.Kept ?? await material.LeaveAsync(input.Run, runId, input.Facts, 0, stop));
        }
        catch (Exception exception) when (Trouble.FinalFailureOf(exception) is not null)
        {
            // Facts that cannot be published at all must not hold up the run.
            Trouble.LogFailed(logger, exception, runId, nameof(PublishEvents));
            return new PublishOutput();
        }
    }
}
