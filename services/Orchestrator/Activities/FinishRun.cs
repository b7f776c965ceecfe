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
/// <param name="Kept">Where an earlier call has left the facts; null when they are in the batch.</param>
internal sealed record FinishInput(
    [property: JsonPropertyName("r")] RunRef Run,
    [property: JsonPropertyName("e")] RunResult Ending,
    [property: JsonPropertyName("b")] Bindings? Bindings,
    [property: JsonPropertyName("l")] int Limit,
    [property: JsonPropertyName("n")] long Sequence,
    [property: JsonPropertyName("f")] FactBatch Facts,
    [property: JsonPropertyName("t")] long NowMs,
    [property: JsonPropertyName("k")] RunValue? Kept = null)
{
    /// <summary>The same call when only the publishing is left to do.</summary>
    public FinishInput Later(FinishOutput made) => this with
    {
        Ending = EndingWith(made),
        Bindings = null,
        Facts = new FactBatch(Facts.Id, []),
        Kept = made.Kept,
    };

    /// <summary>How the run ends with what was made of its output.</summary>
    public RunResult EndingWith(FinishOutput made) => made.Failure is { } failure
        ? Ending with { Outcome = RunOutcome.Failed, Output = null, Failure = failure }
        : Ending with { Output = made.Output };
}

/// <param name="Kept">Set when the last events could not be published: where they are left.</param>
internal sealed record FinishOutput(
    [property: JsonPropertyName("o")] RunValue? Output,
    [property: JsonPropertyName("f")] Failure? Failure,
    [property: JsonPropertyName("k")] RunValue? Kept = null);

/// <summary>The last activity of a run: makes its output and publishes its last events.</summary>
internal sealed class FinishRun(RunMaterial material, RunEventPublisher events, RunRecords records, ILogger<FinishRun> logger)
    : WorkflowActivity<FinishInput, FinishOutput>
{
    public override async Task<FinishOutput> RunAsync(WorkflowActivityContext context, FinishInput input)
    {
        var stop = CancellationToken.None;
        var made = input.Bindings is { } bindings
            ? await TryMakeOutputAsync(context.InstanceId, input, bindings, stop)
            : new FinishOutput(input.Ending.Output, null);
        var end = new RunEnd(input.Sequence, input.NowMs, input.EndingWith(made));
        try
        {
            if (input.Run.Root is null)
            {
                await records.EndAsync(input.Run.Tenant, context.InstanceId, end.Result.Outcome, stop);
            }

            var facts = input.Kept is { } kept
                ? await material.TakeAsync<FactBatch>(input.Run, context.InstanceId, kept, stop)
                : input.Facts;
            await events.PublishLastAsync(input.Run, context.InstanceId, facts, end, stop);
            return made;
        }
        catch (Exception outage) when (Trouble.IsOutage(outage))
        {
            Trouble.LogRefused(logger, outage, context.InstanceId);
            return made with { Kept = input.Kept ?? await material.LeaveAsync(input.Run, context.InstanceId, input.Facts, 0, stop) };
        }
        catch (Exception exception) when (Trouble.FinalFailureOf(exception) is not null)
        {
            // Its result stands in the run itself, although subscribers will not see it.
            Trouble.LogFailed(logger, exception, context.InstanceId, nameof(FinishRun));
            return made;
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
            var outputs = await OutputsByIdAsync(plan, owner, bindings, stop);
            return new FinishOutput(await material.Values.KeepAsync(owner, outputs, input.Limit, stop), null);
        }

        var scope = await material.ScopeAsync(input.Run, runId, plan, bindings, null, input.NowMs, stop);
        var output = template.Evaluate(scope);
        return output.Succeeded
            ? new FinishOutput(await material.Values.KeepAsync(owner, output.Value, input.Limit, stop), null)
            : new FinishOutput(null, RunMaterial.Unusable("output", output.Error));
    }

    // Large outputs stay where they are: the caller gets their references.
    private async Task<JsonElement> OutputsByIdAsync(Plan plan, ValueOwner owner, Bindings bindings, CancellationToken stop)
    {
        var outputs = new Dictionary<string, JsonElement>();
        foreach (var step in bindings.Steps ?? [])
        {
            var output = step.Output is RunValue.Parts parts ? await material.Values.JoinAsync(owner, parts, stop) : step.Output;
            outputs[plan.Steps[step.Step].Id] = ValueStore.ToPublic(owner, output ?? RunValue.Null);
        }

        return JsonSerializer.SerializeToElement(outputs);
    }
}
