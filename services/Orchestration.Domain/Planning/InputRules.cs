using System.Text.Json;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Planning;

/// <summary>Rules about the inputs of plans.</summary>
internal static class InputRules
{
    internal static void DefaultsMatchTheirTypes(PlanCheck check)
    {
        foreach (PlanInput input in check.Plan.Inputs)
        {
            if (input.Default is not { IsConstant: true } @default)
            {
                continue;
            }

            foreach (SchemaProblem problem in RunInputs.Check(input, @default.Json))
            {
                string part = $"{check.Field("inputs")}{DocumentPath.Member(input.Name)}.default{problem.Path}";
                check.Report(ProblemCode.Schema, part, $"the default of '{input.Name}' does not fit: {problem.Message}");
            }
        }
    }

    internal static void SubPlansGetTheirInputs(PlanCheck check)
    {
        for (int i = 0; i < check.Plan.Steps.Length; i++)
        {
            PlanStep step = check.Plan.Steps[i];
            if (step.Work is StepWork.RunPlan { Definition: { } definition } run)
            {
                CheckMembers(check, definition, run.Input, $"{check.Step(i)}.input");
            }
        }
    }

    private static void CheckMembers(PlanCheck check, Plan plan, Template given, string part)
    {
        if (plan.Inputs.IsEmpty || given.Json.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (PlanInput input in plan.Inputs.Where(input => input.Required && !given.Json.TryGetProperty(input.Name, out _)))
        {
            check.Report(ProblemCode.MissingInput, part, $"the plan '{plan.Id}' needs the input '{input.Name}'");
        }

        foreach (JsonProperty member in given.Json.EnumerateObject().Where(member => plan.Inputs.All(input => input.Name != member.Name)))
        {
            string suggestion = check.Suggest(member.Name, plan.Inputs.Select(input => input.Name));
            check.Report(ProblemCode.UnknownInput, part
                + DocumentPath.Member(member.Name), $"the plan '{plan.Id}' has no input '{member.Name}'{suggestion}");
        }
    }
}
