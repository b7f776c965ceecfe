using System.Collections.Immutable;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Planning;

/// <summary>Finds everything wrong with a plan that can be known before it runs. Never throws, and reports all problems at once.</summary>
public static class PlanValidator
{
    private static readonly ImmutableArray<Action<PlanCheck>> Rules =
    [
        StructureRules.IdsAreUnique,
        StructureRules.DependenciesExist,
        StructureRules.ThereIsNoCycle,
        StructureRules.SizesAreWithinLimits,
        StructureRules.RetriesMakeSense,
        StructureRules.RepetitionsMakeSense,
        WaitRules.EventsCanArrive,
        WaitRules.EventsCanBeSent,
        WaitRules.WaitsEndInTime,
        ExpressionRules.ExpressionsParse,
        ExpressionRules.FunctionsExist,
        ExpressionRules.NamesExist,
        ExpressionRules.ReadStepsHaveEnded,
        TypeRules.EntriesHaveTheirTypes,
        InputRules.DefaultsMatchTheirTypes,
        InputRules.SubPlansGetTheirInputs,
        AgentRules.AgentsExist,
    ];

    private static readonly ImmutableArray<string> WorkFields =
        ["id", "name", "agent", "agentId", "capability", "plan", "delay", "waitFor"];

    /// <summary>Validates a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="sources">Where its parts stand in the document it came from; <see cref="SourceMap.None"/> gives paths only.</param>
    /// <param name="catalog">The registered agents; null leaves agents unchecked.</param>
    /// <param name="limits">How large it may be.</param>
    public static ImmutableArray<Problem> Validate(Plan plan, SourceMap sources, AgentCatalog? catalog, PlanLimits limits)
    {
        var check = new PlanCheck(plan, sources, catalog, limits);
        Validate(check);
        return check.Problems;
    }

    /// <summary>Reads and validates a document: the problems of both, in document order.</summary>
    public static (Plan? Plan, ImmutableArray<Problem> Problems) ReadAndValidate(string text, AgentCatalog? catalog, PlanLimits limits)
    {
        PlanReading reading = PlanReader.Read(text);
        var problems = new ProblemList();
        problems.AddRange(reading.Problems);
        if (reading.Draft is { } draft)
        {
            problems.AddRange(Validate(draft, reading.Sources, catalog, limits).Where(found => !FollowsFrom(found, reading.Problems)));
        }

        return (problems.HasErrors ? null : reading.Plan, problems.ToImmutable());
    }

    // What a step or a fallback calls when that was not understood is a guess; a guess that fits no agent is no second mistake.
    private static bool FollowsFrom(Problem found, ImmutableArray<Problem> misread) => found.Code == ProblemCode.UnknownAction
        && misread.Any(problem => problem.Path == found.Path || (problem.Path.StartsWith(found.Path + ".", StringComparison.Ordinal)
            && (problem.Code == ProblemCode.UnknownField
                || WorkFields.Contains(problem.Path[(found.Path.Length + 1)..].Split('.', '[')[0]))));

    private static void Validate(PlanCheck check)
    {
        check.TotalSteps += check.Plan.Steps.Length;
        if (check.Depth > check.Limits.MaxDepth)
        {
            check.Report(ProblemCode.TooLarge, check.Part, $"plans are nested deeper than {check.Limits.MaxDepth}");
            return;
        }

        foreach (Action<PlanCheck> rule in Rules)
        {
            rule(check);
        }

        foreach ((Plan plan, string part, ImmutableArray<string> inputs) in NestedPlans(check))
        {
            PlanCheck nested = check.Nested(plan, part, inputs);
            Validate(nested);
            check.TotalSteps = nested.TotalSteps;
        }
    }

    private static IEnumerable<(Plan Plan, string Part, ImmutableArray<string> Inputs)> NestedPlans(PlanCheck check)
    {
        for (int i = 0; i < check.Plan.Steps.Length; i++)
        {
            PlanStep step = check.Plan.Steps[i];
            if (step.Work is StepWork.RunPlan { Definition: { } definition })
            {
                yield return (definition, $"{check.Step(i)}.plan", []);
            }

            if (step.Fallback is Fallback.OtherPlan { Work.Definition: { } other })
            {
                yield return (other, $"{check.Step(i)}.fallback.plan", []);
            }
        }

        if (check.Plan.FallbackPlan is { } fallback)
        {
            yield return (fallback, check.Field("fallbackPlan"), check.Inputs);
        }
    }
}
