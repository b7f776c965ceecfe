using System.Globalization;
using Grpc.Core;
using Orchestration.Contracts;
using Orchestration.Hosting.Errors;
using Orchestration.Hosting.Identity;
using Orchestrator.Runs;

namespace Orchestrator.Api;

/// <summary>The catalogue of plans over gRPC.</summary>
internal sealed class PlanServiceApi(PlanResolver resolver, PlanCatalogue catalogue, TimeProvider clock) : PlanService.PlanServiceBase
{
    private const int LargestPage = 500;
    private const int UsualPage = 50;

    public override async Task<RegisterPlanResponse> RegisterPlan(RegisterPlanRequest request, ServerCallContext context)
    {
        var caller = context.GetCaller();
        var text = request.Document?.Text ?? "";
        var planned = await resolver.ReadAsync(caller.Tenant, text, context.CancellationToken);
        var execution = planned.Execution ?? throw InvalidPlan.Exception(planned.Problems);
        var plan = execution.Plan;
        var record = new PlanRecord(plan.Id, plan.Version, execution.ContentHash, text, plan.Description, caller.Name, clock.GetUtcNow());
        await catalogue.RegisterAsync(caller.Tenant, record, context.CancellationToken);
        return new RegisterPlanResponse
        {
            PlanId = plan.Id,
            Version = plan.Version,
            ContentHash = execution.ContentHash,
            Problems = { InvalidPlan.Map(planned.Problems) },
        };
    }

    public override async Task<ValidatePlanResponse> ValidatePlan(ValidatePlanRequest request, ServerCallContext context)
    {
        var planned = await resolver.ReadAsync(context.GetCaller().Tenant, request.Document?.Text ?? "", context.CancellationToken);
        return new ValidatePlanResponse { Valid = planned.Execution is not null, Problems = { InvalidPlan.Map(planned.Problems) } };
    }

    public override async Task<PreviewPlanResponse> PreviewPlan(PreviewPlanRequest request, ServerCallContext context)
    {
        var tenant = context.GetCaller().Tenant;
        var text = request.PlanCase == PreviewPlanRequest.PlanOneofCase.PlanId
            ? (await RequireAsync(tenant, request.PlanId, context.CancellationToken)).Text
            : request.Document?.Text ?? "";
        var planned = await resolver.ReadAsync(tenant, text, context.CancellationToken);
        var response = new PreviewPlanResponse { Problems = { InvalidPlan.Map(planned.Problems) } };
        if (planned.Execution is { } execution)
        {
            response.Levels.Add(execution.Levels.Select(level => new Level { StepIds = { execution.IdsOf(level) } }));
            response.CriticalPath.Add(execution.IdsOf(execution.CriticalPath.Steps));
            response.Inputs.Add(execution.Plan.Inputs.Select(input => input.Name));
        }

        return response;
    }

    public override async Task<StoredPlan> GetPlan(GetPlanRequest request, ServerCallContext context)
    {
        var name = request.Version.Length == 0 ? request.PlanId : $"{request.PlanId}@{request.Version}";
        return Map(await RequireAsync(context.GetCaller().Tenant, name, context.CancellationToken));
    }

    public override async Task<ListPlansResponse> ListPlans(ListPlansRequest request, ServerCallContext context)
    {
        var from = 0;
        if (request.PageSize is < 0 or > LargestPage
            || (request.PageToken.Length > 0
                && !int.TryParse(request.PageToken, NumberStyles.None, CultureInfo.InvariantCulture, out from)))
        {
            throw FailureException.InvalidArgument(
                $"A page has 1 to {LargestPage} plans, and its token is the one the page before came with.");
        }

        var size = request.PageSize == 0 ? UsualPage : request.PageSize;
        var page = await catalogue.ListAsync(context.GetCaller().Tenant, from, size, context.CancellationToken);
        return new ListPlansResponse
        {
            Plans = { page.Plans.Select(Map) },
            NextPageToken = page.Next?.ToString(CultureInfo.InvariantCulture) ?? "",
        };
    }

    private async Task<PlanRecord> RequireAsync(string tenant, string name, CancellationToken cancellationToken)
    {
        var (id, version) = PlanCatalogue.Split(name);
        return await catalogue.FindAsync(tenant, id, version, cancellationToken)
            ?? throw FailureException.NotFound($"There is no plan '{name}'.");
    }

    private static StoredPlan Map(PlanName plan) => new()
    {
        PlanId = plan.Id,
        Version = plan.Version,
        ContentHash = plan.ContentHash ?? "",
        Description = plan.Description ?? "",
    };

    private static StoredPlan Map(PlanRecord plan) => new()
    {
        PlanId = plan.Id,
        Version = plan.Version,
        ContentHash = plan.ContentHash,
        Text = plan.Text,
        Description = plan.Description,
    };
}
