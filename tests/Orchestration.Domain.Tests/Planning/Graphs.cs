using FsCheck;
using FsCheck.Fluent;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Tests.Planning;

/// <summary>Plans with random dependencies.</summary>
internal static class Graphs
{
    /// <summary>A plan without cycles whose document order is a random one.</summary>
    internal static Plan Acyclic(Random random, int steps, int edgesPerStep)
    {
        int[] rank = [.. Enumerable.Range(0, steps)];
        random.Shuffle(rank);
        int[] byRank = new int[steps];
        for (int i = 0; i < steps; i++)
        {
            byRank[rank[i]] = i;
        }

        return Of(steps, step => rank[step] == 0
            ? []
            : [.. Enumerable.Range(0, random.Next(edgesPerStep + 1)).Select(_ => byRank[random.Next(rank[step])])]);
    }

    internal static Plan Of(int steps, Func<int, int[]> dependsOn) => new()
    {
        Id = "random",
        Steps =
        [
            .. Enumerable.Range(0, steps).Select(i => new PlanStep
            {
                Id = $"s{i}",
                Work = new StepWork.CallAgent(new AgentSelector("agent"), "act", Template.Empty),
                DependsOn = [.. dependsOn(i).Select(d => $"s{d}").Distinct()],
            }),
        ],
    };

    /// <summary>Checks a property of many random plans.</summary>
    internal static void ForMany(int tests, Func<Plan, Random, bool> property) =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new Random(seed);
            return property(Acyclic(random, random.Next(1, 40), 3), random);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(tests));
}
