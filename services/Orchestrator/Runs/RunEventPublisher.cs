using System.Collections.Immutable;
using System.Globalization;
using Orchestration.Contracts;
using Orchestration.Domain.Execution;
using Orchestrator.Activities;
using Orchestrator.Workflows;

namespace Orchestrator.Runs;

/// <summary>Publishes the numbered facts of runs. Called by activities, which are repeated until it has worked.</summary>
internal sealed class RunEventPublisher(RunMaterial material, RunTopic topic)
{
    // Below what brokers and sidecars take in one message, with room for large outputs.
    private const int MostPerMessage = 200;

    public async Task PublishAsync(RunRef run, string runId, FactBatch batch, CancellationToken cancellationToken)
    {
        var mapping = new RunEventMapping(run, runId, await material.PlanOfAsync(run, cancellationToken));
        await PublishAsync(runId, [.. batch.Facts.Select(mapping.Map)], cancellationToken);
    }

    public async Task PublishLastAsync(RunRef run, string runId, FactBatch batch, RunEnd end, CancellationToken cancellationToken)
    {
        var mapping = new RunEventMapping(run, runId, await material.PlanOfAsync(run, cancellationToken));
        await PublishAsync(runId, [.. batch.Facts.Select(mapping.Map), mapping.MapEnd(end)], cancellationToken);
    }

    private async Task PublishAsync(string runId, ImmutableArray<RunEvent> events, CancellationToken cancellationToken)
    {
        foreach (var part in events.Chunk(MostPerMessage))
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{runId}/{part[0].Sequence}-{part[^1].Sequence}");
            await topic.PublishAsync(id, new RunEvents { Events = { part } }, cancellationToken);
        }
    }
}
