using System.Globalization;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Execution;

/// <summary>
/// Where a plan stands within the frozen plan of its root run: <c>""</c> the plan itself, <c>"3"</c> the plan of step 3,
/// <c>"3f"</c> the plan that stands in for step 3, <c>"f"</c> the plan that stands in for the plan; deeper ones joined by <c>/</c>.
/// </summary>
public static class PlanPath
{
    /// <summary>The path of a plan below another.</summary>
    /// <param name="parent">Path of the plan above.</param>
    /// <param name="source">Which plan of it.</param>
    /// <param name="step">Position of the step; not read for the plan's own fallback.</param>
    public static string Below(string parent, ChildSource source, int step)
    {
        var last = source switch
        {
            ChildSource.PlanFallback => "f",
            ChildSource.StepFallback => string.Create(CultureInfo.InvariantCulture, $"{step}f"),
            _ => step.ToString(CultureInfo.InvariantCulture),
        };
        return parent.Length == 0 ? last : $"{parent}/{last}";
    }

    /// <summary>The plan at a path.</summary>
    /// <exception cref="ArgumentException">There is no plan at the path.</exception>
    public static Plan Find(Plan root, string path)
    {
        var plan = root;
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            plan = Descend(plan, part) ?? throw new ArgumentException($"there is no plan at '{path}'", nameof(path));
        }

        return plan;
    }

    /// <summary>The inputs a plan at a path is given by the plan above it; null for a plan that takes those of the plan above.</summary>
    /// <param name="parent">The plan above.</param>
    /// <param name="source">Which plan of it.</param>
    /// <param name="step">Position of the step.</param>
    public static Template? InputOf(Plan parent, ChildSource source, int step) => source switch
    {
        ChildSource.Step => (parent.Steps[step].Work as StepWork.RunPlan)?.Input,
        ChildSource.StepFallback => (parent.Steps[step].Fallback as Fallback.OtherPlan)?.Work.Input,
        _ => null,
    };

    private static Plan? Descend(Plan plan, string part)
    {
        if (part == "f")
        {
            return plan.FallbackPlan;
        }

        var isFallback = part.EndsWith('f');
        var step = plan.Steps[int.Parse(part.AsSpan(0, part.Length - (isFallback ? 1 : 0)), CultureInfo.InvariantCulture)];
        return isFallback ? (step.Fallback as Fallback.OtherPlan)?.Work.Definition : (step.Work as StepWork.RunPlan)?.Definition;
    }
}
