using System.Collections.Immutable;
using Orchestration.Domain.Planning;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Tests.Planning;

/// <summary>Levels, cycles, chains and critical paths (EXE-04 … EXE-08).</summary>
public sealed class GraphTests
{
    [Fact]
    public void Levels_DiamondDependency_PutsJoinLast()
    {
        Plan plan = Graphs.Of(5, step => step switch { 0 => [3], 1 => [0], 2 => [0], 4 => [1, 2, 3], _ => [] });

        Assert.Equal([[3], [0], [1, 2], [4]], Levels(plan));
    }

    [Fact]
    public void Levels_SequentialPlan_FollowTheDocumentWhereTheyCan()
    {
        Plan plan = Graphs.Of(4, step => step == 0 ? [2] : []) with { Parallel = false };

        Assert.Equal([[1], [2], [0], [3]], TopologicalLevels.Of(plan, StepGraph.Of(plan)).Select(level => level.ToArray()));
    }

    [Fact]
    public void Levels_RandomPlans_RespectEdgesAndAreTight() => Graphs.ForMany(10_000, (plan, _) =>
    {
        StepGraph graph = StepGraph.Of(plan);
        int[][] levels = Levels(plan);
        var levelOf = levels.SelectMany((level, i) => level.Select(step => (step, i))).ToDictionary(pair => pair.step, pair => pair.i);
        return levelOf.Count == plan.Steps.Length
            && levelOf.All(pair =>
                pair.Value == graph.Dependencies[pair.Key].Select(dependency => levelOf[dependency] + 1).DefaultIfEmpty().Max());
    });

    [Fact]
    public void Cycle_AddedToARandomPlan_IsFoundAndReal() => Graphs.ForMany(1000, (plan, random) =>
    {
        Assert.Empty(CycleFinder.Find(StepGraph.Of(plan)));
        int length = random.Next(1, plan.Steps.Length + 1);
        int[] ring = [.. Enumerable.Range(0, plan.Steps.Length)];
        random.Shuffle(ring);
        Plan cyclic = plan with { Steps = [.. plan.Steps] };
        for (int i = 0; i < length; i++)
        {
            PlanStep step = cyclic.Steps[ring[i]];
            cyclic = cyclic with
                { Steps = cyclic.Steps.SetItem(ring[i], step with { DependsOn = step.DependsOn.Add($"s{ring[(i + 1) % length]}") }) };
        }

        StepGraph graph = StepGraph.Of(cyclic);
        ImmutableArray<ImmutableArray<int>> cycles = CycleFinder.Find(graph);
        return !cycles.IsEmpty && cycles.All(
            cycle => cycle.Index().All(step => graph.Dependencies[step.Item].Contains(cycle[(step.Index + 1) % cycle.Length])));
    });

    [Fact]
    public void CriticalPath_RandomPlans_IsAPathAndNoOtherIsLonger() => Graphs.ForMany(1000, (plan, random) =>
    {
        StepGraph graph = StepGraph.Of(plan);
        TimeSpan[] estimates = [.. plan.Steps.Select(_ => TimeSpan.FromSeconds(random.Next(10)))];
        CriticalPath path = CriticalPath.Of(graph, step => estimates[step]);
        bool isPath = path.Steps.Zip(path.Steps.Skip(1)).All(pair => graph.Dependencies[pair.Second].Contains(pair.First));
        return isPath
            && path.Length == Sum(path.Steps.Select(step => estimates[step]))
            && Enumerable.Range(0, 50).All(_ => RandomPath(graph, estimates, random) <= path.Length);
    });

    [Fact]
    public void CriticalPath_LongChainOfShortSteps_BeatsOneLongStep()
    {
        Plan plan = Graphs.Of(4, step => step switch { 1 => [0], 2 => [1], _ => [] });

        CriticalPath path = CriticalPath.Of(StepGraph.Of(plan), step => TimeSpan.FromSeconds(step == 3 ? 5 : 2));

        Assert.Equal([0, 1, 2], path.Steps);
        Assert.Equal(TimeSpan.FromSeconds(6), path.Length);
    }

    [Fact]
    public void Chain_OfAStep_IsAllItWaitsForInPlanOrder()
    {
        Plan plan = Graphs.Of(6, step => step switch { 0 => [4], 4 => [2, 1], 5 => [0], _ => [] });

        Assert.Equal([0, 1, 2, 4], StepGraph.Of(plan).Chain(5));
    }

    [Fact]
    public void Planner_TenThousandSteps_IsLinear()
    {
        Plan plan = Graphs.Acyclic(new Random(7), 10_000, 3);

        ExecutionPlan execution = Assert.IsType<ExecutionPlan>(Planner.Plan(plan, null, PlanLimits.Default).Execution);

        Assert.Equal(10_000, execution.Levels.Sum(level => level.Length));
        Assert.Equal(ExecutionPlan.CurrentSchedulerVersion, execution.SchedulerVersion);
        Assert.Equal(execution.CriticalPath.Steps.Length, execution.Levels.Length);
    }

    private static int[][] Levels(Plan plan) => [.. TopologicalLevels.Of(StepGraph.Of(plan)).Select(level => level.ToArray())];

    private static TimeSpan RandomPath(StepGraph graph, TimeSpan[] estimates, Random random)
    {
        int step = random.Next(estimates.Length);
        TimeSpan length = estimates[step];
        while (!graph.Dependencies[step].IsEmpty)
        {
            step = graph.Dependencies[step][random.Next(graph.Dependencies[step].Length)];
            length += estimates[step];
        }

        return length;
    }

    private static TimeSpan Sum(IEnumerable<TimeSpan> spans) => spans.Aggregate(TimeSpan.Zero, (sum, span) => sum + span);
}
