using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Orchestration.Domain.Execution;
using Orchestration.Domain.Expressions;
using Orchestration.Domain.Planning;
using Orchestration.Domain.Plans;
using Orchestration.Hosting.Errors;
using Orchestration.Hosting.Identity;
using Orchestrator.Blobs;
using Orchestrator.Dispatch;
using Orchestrator.Workflows;

namespace Orchestrator.Runs;

/// <param name="Text">The plan as text; null when it is registered.</param>
/// <param name="PlanName">"name" or "name@version"; null when there is a text.</param>
/// <param name="RequestId">Empty means a new run each time.</param>
/// <param name="Priority">Null means the plan's.</param>
internal sealed record RunRequest(
    string? Text,
    string? PlanName,
    JsonElement? Inputs,
    string RequestId,
    ImmutableSortedDictionary<string, string> Labels,
    int? Priority)
{
    /// <summary>SHA-256 of what is to be run, base64url.</summary>
    public string Digest()
    {
        var inputs = Inputs is { } given ? JsonSerializer.Serialize(given) : "";
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{PlanName}\n{Text?.Length}\n{Text}\n{inputs}")));
    }
}

/// <param name="IsRepeated">True when the request id was known and no run was started.</param>
internal sealed record SubmittedRun(string RunId, bool IsRepeated);

/// <summary>Accepts runs: everything that can be wrong is found here, before anything starts.</summary>
internal sealed class RunSubmission(
    SubmittedPlans plans, RunStorage storage, RunStarter starter, RunEventPublisher events, IOptions<DispatchOptions> options, TimeProvider clock)
{
    public async Task<SubmittedRun> SubmitAsync(Caller caller, RunRequest request, CancellationToken cancellationToken)
    {
        var runId = request.RequestId.Length == 0
            ? RunIds.ForRequest(caller.Tenant, $"\n{Guid.NewGuid():n}")
            : RunIds.ForRequest(caller.Tenant, request.RequestId);
        // To the millisecond, as it stands in the run: expressions see the same start of the run at the door and later.
        var now = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        var execution = await plans.ReadAsync(caller.Tenant, request, cancellationToken);
        var plan = execution.Plan;
        if (RunCapacity.Check(plan) is { IsEmpty: false } tooLarge)
        {
            throw InvalidPlan.Exception(tooLarge);
        }

        var inputs = RunInputs.Complete(plan, request.Inputs, new ExpressionScope { Run = new RunView(runId, 1, now), Now = now });
        if (!inputs.Problems.IsEmpty)
        {
            throw InvalidPlan.Exception(inputs.Problems);
        }

        var outline = OutlineBuilder.Build(plan);
        var stored = await storage.KeepAsync(new ValueOwner(caller.Tenant, runId), plan, inputs.Inputs, outline, cancellationToken);
        var run = new RunRef(caller.Tenant, null, stored.PlanHash, null, request.Priority ?? plan.Priority, now.ToUnixTimeMilliseconds());
        var limits = new RunLimits(options.Value.PerRun, options.Value.AttemptTimeout, options.Value.HistoryBudget);
        var labels = request.Labels.IsEmpty ? null : request.Labels;
        var start = new RunStart(run, outline, stored.Inputs, limits, null, caller.Name, labels, execution.SchedulerVersion);
        var record = new RunRecord(
            runId, plan.Id, plan.Version, execution.ContentHash, request.RequestId, caller.Name, now, Started: false, request.Digest(), Scheduler: start.Scheduler)
        {
            Events = EventsOf(plan),
        };
        var isNew = await starter.StartAsync(caller.Tenant, record, start, cancellationToken);
        if (isNew)
        {
            // The run says it too, with the same number; but that may take a while when much is going on.
            await events.AnnounceAsync(run, runId, start.Origin.ToFact(), cancellationToken);
        }

        return new SubmittedRun(runId, !isNew);
    }

    // Events reach the top-level plan only: a plan below it that waits for one is refused when it is read.
    private static List<string> EventsOf(Plan plan) =>
    [
        .. plan.Steps.Select(step => step.Work).OfType<StepWork.WaitFor>().Select(wait => wait.Event)
            .Where(name => name.Length <= RunCapacity.LongestEvent)
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];
}

/// <summary>Finds the plan a request means, ready to run.</summary>
internal sealed class SubmittedPlans(PlanResolver resolver, PlanCatalogue catalogue)
{
    public async Task<ExecutionPlan> ReadAsync(string tenant, RunRequest request, CancellationToken cancellationToken)
    {
        var planned = await resolver.ReadAsync(tenant, await TextOfAsync(tenant, request, cancellationToken), cancellationToken);
        return planned.Execution ?? throw InvalidPlan.Exception(planned.Problems);
    }

    private async Task<string> TextOfAsync(string tenant, RunRequest request, CancellationToken cancellationToken)
    {
        if (request.Text is { } text)
        {
            return text;
        }

        var (id, version) = PlanCatalogue.Split(request.PlanName ?? "");
        return await catalogue.FindAsync(tenant, id, version, cancellationToken) is { } record
            ? record.Text
            : throw FailureException.NotFound($"There is no plan '{request.PlanName}'.");
    }
}

/// <summary>Puts what a run needs later where it is found later.</summary>
internal sealed class RunStorage(PlanStore plans, ValueStore values)
{
    public async Task<StoredRun> KeepAsync(
        ValueOwner owner, Plan plan, JsonElement inputs, PlanOutline outline, CancellationToken cancellationToken)
    {
        var hash = await plans.KeepAsync(owner.Tenant, plan, cancellationToken);
        return new StoredRun(hash, await values.KeepAsync(owner, inputs, InlineBudget.LimitOf(outline), cancellationToken));
    }
}

internal sealed record StoredRun(string PlanHash, RunValue Inputs);
