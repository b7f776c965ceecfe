using System.Text.Json;
using System.Text.Json.Serialization;
using Dapr.Workflow;
using Orchestration.Domain.Execution;
using Orchestration.Domain.Failures;
using Orchestration.Domain.Plans;
using Orchestrator.Blobs;
using Orchestrator.Runs;
using Orchestrator.Workflows;

namespace Orchestrator.Activities;

/// <param name="Sequence">Number of the run's last event, which this activity makes.</param>
internal sealed record FinishInput(
    [property: JsonPropertyName("r")] RunRef Run,
    [property: JsonPropertyName("e")] RunResult Ending,
    [property: JsonPropertyName("b")] Bindings? Bindings,
    [property: JsonPropertyName("l")] int Limit,
    [property: JsonPropertyName("n")] long Sequence,
    [property: JsonPropertyName("f")] FactBatch Facts,
    [property: JsonPropertyName("t")] long NowMs);

internal sealed record FinishOutput(
    [property: JsonPropertyName("o")] RunValue? Output,
    [property: JsonPropertyName("f")] Failure? Failure);

/// <summary>The last activity of a run: makes its output and publishes its last events.</summary>
internal sealed class FinishRun(RunMaterial material, RunEventPublisher events, ILogger<FinishRun> logger) : WorkflowActivity<FinishInput, FinishOutput>
{
    public override async Task<FinishOutput> RunAsync(WorkflowActivityContext context, FinishInput input)
    {
        var stop = CancellationToken.None;
        var made = input.Bindings is { } bindings
            ? await TryMakeOutputAsync(context.InstanceId, input, bindings, stop)
            : new FinishOutput(input.Ending.Output, null);
        var ending = made.Failure is { } failure
            ? input.Ending with { Outcome = RunOutcome.Failed, Output = null, Failure = failure }
            : input.Ending with { Output = made.Output };
        try
        {
            await events.PublishLastAsync(input.Run, context.InstanceId, input.Facts, new RunEnd(input.Sequence, input.NowMs, ending), stop);
            return made;
        }
        catch (Exception exception) when (Trouble.FinalFailureOf(exception) is not null)
        {
            // Its result stands in the run itself, although subscribers will not see it.
            Trouble.LogFailed(logger, exception, context.InstanceId, nameof(FinishRun));
            return new FinishOutput(null, Trouble.FinalFailureOf(exception));
        }
    }

    private async Task<FinishOutput> TryMakeOutputAsync(string runId, FinishInput input, Bindings bindings, CancellationToken stop)
    {
        try
        {
            return await MakeOutputAsync(runId, input, bindings, stop);
        }
        catch (Exception exception) when (Trouble.FinalFailureOf(exception) is not null)
        {
            Trouble.LogFailed(logger, exception, runId, nameof(FinishRun));
            return new FinishOutput(null, Trouble.FinalFailureOf(exception));
        }
    }

    private async Task<FinishOutput> MakeOutputAsync(string runId, FinishInput input, Bindings bindings, CancellationToken stop)
    {
        var plan = await material.PlanOfAsync(input.Run, stop);
        var owner = new ValueOwner(input.Run.Tenant, input.Run.RootOf(runId));
        if (plan.Output is not { } template)
        {
            return new FinishOutput(await material.Values.KeepAsync(owner, OutputsById(plan, owner, bindings), input.Limit, stop), null);
        }

        var scope = await material.ScopeAsync(input.Run, runId, plan, bindings, null, input.NowMs, stop);
        var output = template.Evaluate(scope);
        return output.Succeeded
            ? new FinishOutput(await material.Values.KeepAsync(owner, output.Value, input.Limit, stop), null)
            : new FinishOutput(null, RunMaterial.Unusable("output", output.Error));
    }

    // Large outputs stay where they are: the caller gets their references.
    private static JsonElement OutputsById(Plan plan, ValueOwner owner, Bindings bindings)
    {
        var outputs = (bindings.Steps ?? []).ToDictionary(
            step => plan.Steps[step.Step].Id,
            step => ValueStore.ToPublic(owner, step.Output ?? RunValue.Null));
        return JsonSerializer.SerializeToElement(outputs);
    }
}
