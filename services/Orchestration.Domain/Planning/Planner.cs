using System.Collections.Immutable;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Planning;

/// <summary>What planning yields.</summary>
/// <param name="Execution">The execution plan; null when there is an error.</param>
/// <param name="Problems">Everything wrong, in document order; warnings do not stop a plan.</param>
public sealed record PlanningResult(ExecutionPlan? Execution, ImmutableArray<Problem> Problems);

/// <summary>Plan → execution plan, in time linear in the size of the plan.</summary>
public static class Planner
{
    /// <summary>What a step is taken to last when nothing is known about it.</summary>
    public static readonly TimeSpan DefaultEstimate = TimeSpan.FromSeconds(1);

    /// <summary>Reads, validates and freezes a document.</summary>
    public static PlanningResult Plan(string text, AgentCatalog? catalog, PlanLimits limits)
    {
        (Plan? plan, ImmutableArray<Problem> problems) = PlanValidator.ReadAndValidate(text, catalog, limits);
        return new PlanningResult(plan is null ? null : Freeze(plan), problems);
    }

    /// <summary>Validates and freezes a plan.</summary>
    public static PlanningResult Plan(Plan plan, AgentCatalog? catalog, PlanLimits limits)
    {
        ImmutableArray<Problem> problems = PlanValidator.Validate(plan, SourceMap.None, catalog, limits);
        bool isValid = problems.All(problem => problem.Severity != ProblemSeverity.Error);
        return new PlanningResult(isValid ? Freeze(plan) : null, problems);
    }

    /// <summary>Freezes a plan that has passed validation.</summary>
    public static ExecutionPlan Freeze(Plan plan)
    {
        StepGraph graph = StepGraph.Of(plan);
        return new ExecutionPlan
        {
            Plan = plan,
            ContentHash = PlanJson.ContentHash(plan),
            Levels = TopologicalLevels.Of(plan, graph),
            CriticalPath = CriticalPath.Of(graph, step => Estimate(plan.Steps[step])),
        };
    }

    private static TimeSpan Estimate(PlanStep step) => step.Work is StepWork.Delay delay ? delay.Duration : DefaultEstimate;
}
