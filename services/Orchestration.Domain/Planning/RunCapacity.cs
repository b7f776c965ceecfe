using System.Collections.Immutable;
using System.Globalization;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Planning;

/// <summary>What one run can hold. A valid plan may be larger; it has to be split before it is run.</summary>
public static class RunCapacity
{
    /// <summary>Most steps of one run: they all stand in one history, which must stay far below what a sidecar sends. A sub-plan is a run
    /// of its own.</summary>
    public const int MaxSteps = 1_000;

    /// <summary>Most items of one repeated step: their results pass through several histories.</summary>
    public const int MaxItems = 10_000;

    /// <summary>Longest name of an event, in UTF-16 characters.</summary>
    public const int LongestEvent = 64;

    /// <summary>
    /// Longest time a step may wait, and the time it waits for an event when it states none: the values of a run are kept for 30 days.
    /// </summary>
    public static TimeSpan LongestWait { get; } = TimeSpan.FromDays(25);

    /// <summary>Finds the plans, this one and those inside it, that are too large to be run.</summary>
    /// <param name="plan">A valid plan, with the plans it names put in place.</param>
    public static ImmutableArray<Problem> Check(Plan plan)
    {
        var problems = new ProblemList();
        Check(plan, "", problems);
        return problems.ToImmutable();
    }

    private static void Check(Plan plan, string path, ProblemList problems)
    {
        if (plan.Steps.Length > MaxSteps)
        {
            problems.Add(ProblemCode.TooLarge, $"{path}steps", default, string.Create(
                CultureInfo.InvariantCulture, $"{plan.Steps.Length} steps are more than the {MaxSteps} of one run; split it into sub-plans"));
        }

        for (int i = 0; i < plan.Steps.Length; i++)
        {
            string step = $"{path}steps{DocumentPath.Index(i)}";
            if (plan.Steps[i].Work is StepWork.RunPlan { Definition: { } below })
            {
                Check(below, $"{step}.plan.", problems);
            }

            if (plan.Steps[i].Fallback is Fallback.OtherPlan { Work.Definition: { } other })
            {
                Check(other, $"{step}.fallback.plan.", problems);
            }
        }

        if (plan.FallbackPlan is { } fallback)
        {
            Check(fallback, $"{path}fallbackPlan.", problems);
        }
    }
}
