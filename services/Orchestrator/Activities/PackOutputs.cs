using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dapr.Workflow;
using Orchestration.Domain.Execution;
using Orchestrator.Workflows;

namespace Orchestrator.Activities;

internal sealed record PackInput(
    [property: JsonPropertyName("r")] RunRef Run,
    [property: JsonPropertyName("p")] ImmutableArray<PackedRange> Ranges);

internal sealed record PackOutput([property: JsonPropertyName("p")] ImmutableArray<PackedRange> Ranges);

/// <summary>Keeps the outputs of finished items as one blob for each range, so that the next history begins without them.</summary>
internal sealed class PackOutputs(RunMaterial material) : WorkflowActivity<PackInput, PackOutput>
{
    private const int SmallestBlob = 200;

    public override async Task<PackOutput> RunAsync(WorkflowActivityContext context, PackInput input)
    {
        var packed = ImmutableArray.CreateBuilder<PackedRange>(input.Ranges.Length);
        foreach (var range in input.Ranges)
        {
            var kept = await material.LeaveAsync(input.Run, context.InstanceId, range.Values, SmallestBlob, CancellationToken.None);
            packed.Add(range with { Values = kept ?? range.Values });
        }

        return new PackOutput(packed.MoveToImmutable());
    }
}
