using System.Globalization;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Planning;

/// <summary>Rules about steps, their ids, dependencies and numbers.</summary>
internal static class StructureRules
{
    private static readonly string[] ReservedNames = ["inputs", "steps", "run", "now", "result", "index", "true", "false", "null", "in"];

    internal static void IdsAreUnique(PlanCheck check)
    {
        for (int i = 0; i < check.Plan.Steps.Length; i++)
        {
            string id = check.Plan.Steps[i].Id;
            int first = check.Graph.PositionOf(id);
            if (first != i)
            {
                check.Report(ProblemCode.DuplicateId, $"{check.Step(i)}.id", $"the id '{id}' is taken by step {first + 1}");
            }
        }
    }

    internal static void DependenciesExist(PlanCheck check)
    {
        for (int i = 0; i < check.Plan.Steps.Length; i++)
        {
            PlanStep step = check.Plan.Steps[i];
            for (int j = 0; j < step.DependsOn.Length; j++)
            {
                string id = step.DependsOn[j];
                if (check.Graph.PositionOf(id) < 0)
                {
                    string message = $"'{step.Id}' depends on '{id}', which is not a step of the plan{check.Suggest(id, check.Graph.Ids)}";
                    check.Report(ProblemCode.UnknownStep, $"{check.Step(i)}.dependsOn{DocumentPath.Index(j)}", message);
                }
            }
        }
    }

    internal static void ThereIsNoCycle(PlanCheck check)
    {
        foreach (var cycle in CycleFinder.Find(check.Graph))
        {
            string names = string.Join(" → ", cycle.Append(cycle[0]).Select(step => check.Graph.Ids[step]));
            check.Report(ProblemCode.Cycle, $"{check.Step(cycle[0])}.dependsOn", $"steps wait for each other: {names}");
        }
    }

    internal static void SizesAreWithinLimits(PlanCheck check)
    {
        PlanLimits limits = check.Limits;
        if (check.TotalSteps > limits.MaxSteps)
        {
            check.Report(ProblemCode.TooLarge, check.Field("steps"), Invariant(
                $"{check.TotalSteps} steps are more than {limits.MaxSteps}"));
        }

        int width = TopologicalLevels.Of(check.Graph).Select(level => level.Length).DefaultIfEmpty().Max();
        if (width > limits.MaxWidth)
        {
            check.Report(ProblemCode.TooLarge, check.Field("steps"), Invariant(
                $"{width} steps side by side are more than {limits.MaxWidth}"));
        }

        for (int i = 0; i < check.Plan.Steps.Length; i++)
        {
            PlanStep step = check.Plan.Steps[i];
            CheckSize(check, StepExpressions.InputOf(step.Work), $"{check.Step(i)}.input");
            CheckSize(check, step.Output, $"{check.Step(i)}.output");
        }
    }

    internal static void RetriesMakeSense(PlanCheck check)
    {
        for (int i = 0; i < check.Plan.Steps.Length; i++)
        {
            RetryPolicy retry = check.Plan.Steps[i].Retry;
            bool sensible = retry is { MaxRetries: >= 0 and <= 100, Factor: >= 1 and <= 100 } && retry.BaseDelay >= TimeSpan.Zero
                && retry.MaxDelay >= TimeSpan.Zero;
            if (!sensible)
            {
                check.Report(ProblemCode.BadValue, $"{check.Step(i)}.retry",
                    "0 to 100 retries, a factor of 1 to 100 and delays from zero are allowed");
            }
        }
    }

    internal static void RepetitionsMakeSense(PlanCheck check)
    {
        for (int i = 0; i < check.Plan.Steps.Length; i++)
        {
            PlanStep step = check.Plan.Steps[i];
            if (step.ForEach is not { } forEach)
            {
                continue;
            }

            bool isName = forEach.As.Length > 0 && !char.IsAsciiDigit(forEach.As[0])
                && forEach.As.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
            if (!isName || ReservedNames.Contains(forEach.As))
            {
                check.Report(ProblemCode.BadValue, $"{check.Step(i)}.forEach.as",
                    $"'{forEach.As}' cannot name the item: letters, digits and '_', and not one of {string.Join(", ", ReservedNames)}");
            }

            if (step.Work is StepWork.Delay or StepWork.WaitFor)
            {
                check.Report(ProblemCode.Conflict, $"{check.Step(i)}.forEach", "only calls and plans can be repeated");
            }
        }
    }

    private static void CheckSize(PlanCheck check, Template? template, string part)
    {
        if (template is not null && template.Bytes > check.Limits.MaxTemplateBytes)
        {
            check.Report(ProblemCode.TooLarge, part, Invariant(
                $"{template.Bytes} bytes are more than {check.Limits.MaxTemplateBytes}; pass large data as an input of the run"));
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
