using System.Text.Json.Serialization;
using Dapr.Workflow;
using Orchestration.Domain.Execution;
using Orchestrator.Blobs;
using Orchestrator.Workflows;

namespace Orchestrator.Activities;

internal sealed record EntryInput(
    [property: JsonPropertyName("r")] RunRef Run,
    [property: JsonPropertyName("s")] int Step,
    [property: JsonPropertyName("b")] Bindings Bindings,
    [property: JsonPropertyName("l")] int Limit,
    [property: JsonPropertyName("n")] long NowMs);

/// <summary>Evaluates condition and items of a step whose values are blobs; workflow code never reads those.</summary>
internal sealed class EvaluateExpression(RunMaterial material, ILogger<EvaluateExpression> logger) : WorkflowActivity<EntryInput, StepEntry>
{
    public override async Task<StepEntry> RunAsync(WorkflowActivityContext context, EntryInput input)
    {
        try
        {
            return await EvaluateAsync(context.InstanceId, input);
        }
        catch (Exception exception) when (Trouble.FinalFailureOf(exception) is not null)
        {
            Trouble.LogFailed(logger, exception, context.InstanceId, nameof(EvaluateExpression));
            return new StepEntry(Skip: false, Failure: Trouble.FinalFailureOf(exception));
        }
    }

    private async Task<StepEntry> EvaluateAsync(string runId, EntryInput input)
    {
        var stop = CancellationToken.None;
        var plan = await material.PlanOfAsync(input.Run, stop);
        var step = plan.Steps[input.Step];
        var scope = await material.ScopeAsync(input.Run, runId, plan, input.Bindings, null, input.NowMs, stop);
        var entry = EntryEvaluation.Evaluate(step.When, step.ForEach?.Items, scope);
        if (entry.Items is not RunValue.Inline items)
        {
            return entry;
        }

        var owner = new ValueOwner(input.Run.Tenant, input.Run.RootOf(runId));
        return entry with { Items = await material.Values.KeepAsync(owner, items.Json, input.Limit, stop) };
    }
}
