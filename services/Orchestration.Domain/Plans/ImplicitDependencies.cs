namespace Orchestration.Domain.Plans;

/// <summary>A step depends on every step its expressions read. Only steps that exist are added; the others are the validator's.</summary>
internal static class ImplicitDependencies
{
    internal static Plan Add(Plan plan)
    {
        var ids = plan.Steps.Select(step => step.Id).ToHashSet(StringComparer.Ordinal);
        return plan with { Steps = [.. plan.Steps.Select(step => Add(step, ids))] };
    }

    private static PlanStep Add(PlanStep step, HashSet<string> ids)
    {
        string[] missing =
        [
            .. StepExpressions.Of(step, "")
                .SelectMany(expression => expression.Parsed?.Names ?? [])
                .Where(use => use is { Root: "steps", Members.Length: > 0 })
                .Select(use => use.Members[0])
                .Distinct()
                .Where(id => id != step.Id && ids.Contains(id) && !step.DependsOn.Contains(id)),
        ];
        return missing.Length == 0 ? step : step with { DependsOn = [.. step.DependsOn, .. missing] };
    }
}
