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
internal sealed class PackOutputs(RunMaterial material, ILogger<PackOutputs> logger) : WorkflowActivity<PackInput, PackOutput>
{
    private const int SmallestBlob = 200;

    public override async Task<PackOutput> RunAsync(WorkflowActivityContext context, PackInput input)
    {
        try
        {
            return await PackAsync(context.InstanceId, input);
        }
        catch (Exception exception) when (Trouble.FinalFailureOf(exception) is not null)
        {
            // The next history begins with all of them: larger, but it begins.
            Trouble.LogFailed(logger, exception, context.InstanceId, nameof(PackOutputs));
            return new PackOutput(input.Ranges);
        }
    }

    private async Task<PackOutput> PackAsync(string runId, PackInput input)
    {
        var packed = ImmutableArray.CreateBuilder<PackedRange>(input.Ranges.Length);
        foreach (var range in input.Ranges)
        {
            var kept = await material.LeaveAsync(input.Run, runId, range.Values, SmallestBlob, CancellationToken.None);
            packed.Add(range with { Values = kept ?? range.Values });
        }

        return new PackOutput(packed.MoveToImmutable());
    }
}
