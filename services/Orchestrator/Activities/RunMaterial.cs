using System.Text.Json;
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
        var given = bindings.Kept is { } kept ? await TakeAsync<Bindings>(run, runId, kept, cancellationToken) : bindings;
        var resolved = await Values.ResolveAsync(new ValueOwner(run.Tenant, run.RootOf(runId)), given, cancellationToken);
        var view = new RunView(runId, 1, DateTimeOffset.FromUnixTimeMilliseconds(run.StartedMs));
        var now = DateTimeOffset.FromUnixTimeMilliseconds(clockMs);
        return BindingScope.Of(resolved, [.. plan.Steps.Select(step => step.Id)], view, now, itemName);
    }

    /// <summary>Leaves something for activities to come, so that they are given its address only.</summary>
    /// <param name="smallest">Bytes from which on it is worth it; 0 means always.</param>
    /// <returns>Its address; null when it is too small.</returns>
    public async Task<RunValue?> LeaveAsync<T>(RunRef run, string runId, T parcel, int smallest, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToElement(parcel, WorkflowJson.Shared);
        return await Values.KeepAsync(new ValueOwner(run.Tenant, run.RootOf(runId)), json, smallest, cancellationToken) as RunValue.Blob;
    }

    /// <summary>What an activity before has left.</summary>
    public async Task<T> TakeAsync<T>(RunRef run, string runId, RunValue address, CancellationToken cancellationToken)
    {
        var json = await Values.ReadAsync(new ValueOwner(run.Tenant, run.RootOf(runId)), address, cancellationToken);
        return json.Deserialize<T>(WorkflowJson.Shared)!;
    }

    /// <summary>The failure of a template: the plan is wrong, or its data are.</summary>
    public static Failure Unusable(string what, string? error) =>
        new(FailureCode.InvalidArgument, FailureClass.Permanent, $"{what}: {error}", Retryable: false);
}
