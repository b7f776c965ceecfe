using Orchestration.Domain.Execution;
using Orchestration.Domain.Expressions;
using Orchestration.Domain.Failures;
using Orchestration.Domain.Plans;
using Orchestrator.Blobs;
using Orchestrator.Workflows;

namespace Orchestrator.Activities;

/// <summary>Finds what an activity works on: the plan behind a reference, and the values behind bindings.</summary>
internal sealed class RunMaterial(PlanStore plans, ValueStore values)
{
    public ValueStore Values { get; } = values;

    public Task<Plan> PlanOfAsync(RunRef run, CancellationToken cancellationToken) =>
        plans.ReadAsync(run.Tenant, run.Plan, run.Path, cancellationToken);

    public Task<Plan> PlanAtAsync(RunRef run, string? path, CancellationToken cancellationToken) =>
        plans.ReadAsync(run.Tenant, run.Plan, path, cancellationToken);

    /// <param name="clockMs">What <c>now</c> means; the same on every delivery of the activity.</param>
    public async Task<ExpressionScope> ScopeAsync(
        RunRef run, string runId, Plan plan, Bindings bindings, string? itemName, long clockMs, CancellationToken cancellationToken)
    {
        var resolved = await Values.ResolveAsync(new ValueOwner(run.Tenant, run.RootOf(runId)), bindings, cancellationToken);
        var view = new RunView(runId, 1, DateTimeOffset.FromUnixTimeMilliseconds(run.StartedMs));
        var now = DateTimeOffset.FromUnixTimeMilliseconds(clockMs);
        return BindingScope.Of(resolved, [.. plan.Steps.Select(step => step.Id)], view, now, itemName);
    }

    /// <summary>The failure of a template: the plan is wrong, or its data are.</summary>
    public static Failure Unusable(string what, string? error) =>
        new(FailureCode.InvalidArgument, FailureClass.Permanent, $"{what}: {error}", Retryable: false);
}
