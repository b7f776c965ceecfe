using System.Collections.Immutable;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Planning;

/// <summary>Kahn's algorithm: the levels in which steps can run, in time linear in steps and dependencies.</summary>
public static class TopologicalLevels
{
    /// <summary>
    /// The steps by level: each is one level behind the last of those it waits for. Within a level the order of the plan holds.
    /// Steps on a cycle, and those that wait for them, are in no level.
    /// </summary>
    public static ImmutableArray<ImmutableArray<int>> Of(StepGraph graph)
    {
        int[] open = [.. graph.Dependencies.Select(dependencies => dependencies.Length)];
        ImmutableArray<ImmutableArray<int>>.Builder levels = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        List<int> level = [.. Enumerable.Range(0, open.Length).Where(step => open[step] == 0)];
        while (level.Count > 0)
        {
            levels.Add([.. level]);
            var next = new List<int>();
            foreach (int dependent in level.SelectMany(step => graph.Dependents[step]))
            {
                if (--open[dependent] == 0)
                {
                    next.Add(dependent);
                }
            }

            next.Sort();
            level = next;
        }

        return levels.ToImmutable();
    }

    /// <summary>
    /// The levels as a run follows them: those of <see cref="Of(StepGraph)"/>, or for a sequential plan one step after the other, always
    /// the first in the plan that waits for nothing.
    /// </summary>
    public static ImmutableArray<ImmutableArray<int>> Of(Plan plan, StepGraph graph) => plan.Parallel ? Of(graph) : Sequence(graph);

    private static ImmutableArray<ImmutableArray<int>> Sequence(StepGraph graph)
    {
        int[] open = [.. graph.Dependencies.Select(dependencies => dependencies.Length)];
        var ready = new PriorityQueue<int, int>(
            Enumerable.Range(0, open.Length).Where(step => open[step] == 0).Select(step => (step, step)));
        ImmutableArray<ImmutableArray<int>>.Builder levels = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        while (ready.TryDequeue(out int step, out _))
        {
            levels.Add([step]);
            foreach (int dependent in graph.Dependents[step])
            {
                if (--open[dependent] == 0)
                {
                    ready.Enqueue(dependent, dependent);
                }
            }
        }

        return levels.ToImmutable();
    }
}
