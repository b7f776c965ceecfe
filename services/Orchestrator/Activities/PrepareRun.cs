using System.Text.Json.Serialization;
using Dapr.Workflow;
using Orchestration.Domain.Execution;
using Orchestration.Domain.Expressions;
using Orchestration.Domain.Failures;
using Orchestration.Domain.Planning;
using Orchestrator.Blobs;
using Orchestrator.Workflows;

namespace Orchestrator.Activities;

internal sealed record PrepareInput(
    [property: JsonPropertyName("r")] RunRef Run,
    [property: JsonPropertyName("p")] ParentStep Parent);

/// <param name="Failure">Set when the run cannot start: the values it was given do not fit its plan.</param>
internal sealed record PreparedRun(
    [property: JsonPropertyName("o")] PlanOutline? Outline,
    [property: JsonPropertyName("i")] RunValue? Inputs,
    [property: JsonPropertyName("f")] Failure? Failure);

/// <summary>Finds the plan of a run below another and makes its inputs. The parent hands over references only.</summary>
internal sealed class PrepareRun(RunMaterial material, ILogger<PrepareRun> logger) : WorkflowActivity<PrepareInput, PreparedRun>
{
    public override async Task<PreparedRun> RunAsync(WorkflowActivityContext context, PrepareInput input)
    {
        try
        {
            return await PrepareAsync(context.InstanceId, input);
        }
        catch (Exception exception) when (Trouble.FinalFailureOf(exception) is not null)
        {
            Trouble.LogFailed(logger, exception, context.InstanceId, nameof(PrepareRun));
            return Refused(Trouble.FinalFailureOf(exception)!);
        }
    }

    private async Task<PreparedRun> PrepareAsync(string runId, PrepareInput input)
    {
        var (run, parent) = (input.Run, input.Parent);
        var stop = CancellationToken.None;
        var plan = await material.PlanOfAsync(run, stop);
        var above = await material.PlanAtAsync(run, parent.Path, stop);
        var owner = new ValueOwner(run.Tenant, run.RootOf(runId));
        var outline = OutlineBuilder.Build(plan);
        if (PlanPath.InputOf(above, parent.Source, parent.Position) is not { } template)
        {
            return new PreparedRun(outline, parent.Bindings.Inputs ?? RunValue.Null, null);
        }

        var itemName = above.Steps[parent.Position].ForEach?.As;
        var scope = await material.ScopeAsync(run, parent.RunId, above, parent.Bindings, itemName, run.StartedMs, stop);
        var inputs = template.Evaluate(scope);
        if (!inputs.Succeeded)
        {
            return Refused(RunMaterial.Unusable("input", inputs.Error));
        }

        var view = new RunView(runId, 1, DateTimeOffset.FromUnixTimeMilliseconds(run.StartedMs));
        var bound = RunInputs.Complete(plan, inputs.Value, new ExpressionScope { Run = view, Now = view.StartedAt });
        return bound.Problems.IsEmpty
            ? new PreparedRun(outline, await material.Values.KeepAsync(owner, bound.Inputs, InlineBudget.LimitOf(outline), stop), null)
            : Refused(RunMaterial.Unusable("input", string.Join("; ", bound.Problems.Select(problem => problem.Message))));
    }

    private static PreparedRun Refused(Failure failure) => new(null, null, failure);
}
