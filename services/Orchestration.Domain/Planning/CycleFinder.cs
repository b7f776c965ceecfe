using System.Collections.Immutable;

namespace Orchestration.Domain.Planning;

/// <summary>Names the cycles of a graph, in linear time.</summary>
public static class CycleFinder
{
    /// <summary>
    /// Cycles that share no step, each from its first step in the plan along what it waits for, without repeating that step.
    /// Empty exactly when the graph has no cycle.
    /// </summary>
    public static ImmutableArray<ImmutableArray<int>> Find(StepGraph graph)
    {
        var stuck = new bool[graph.Ids.Length];
        Array.Fill(stuck, true);
        foreach (int step in TopologicalLevels.Of(graph).SelectMany(level => level))
        {
            stuck[step] = false;
        }

        ImmutableArray<ImmutableArray<int>>.Builder cycles = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        var visited = new bool[stuck.Length];
        for (int step = 0; step < stuck.Length; step++)
        {
            if (stuck[step] && !visited[step] && Walk(graph, step, stuck, visited) is { } cycle)
            {
                cycles.Add(cycle);
            }
        }

        return cycles.ToImmutable();
    }

    /// <summary>
    /// Every stuck step waits for another stuck one, so that following these leads into a cycle; null when it is one that was found before.
    /// </summary>
    private static ImmutableArray<int>? Walk(StepGraph graph, int step, bool[] stuck, bool[] visited)
    {
        var path = new List<int>();
        while (!visited[step])
        {
            visited[step] = true;
            path.Add(step);
            step = graph.Dependencies[step].First(dependency => stuck[dependency]);
        }

        int start = path.IndexOf(step);
        if (start < 0)
        {
            return null;
        }

        List<int> cycle = path[start..];
        int first = cycle.IndexOf(cycle.Min());
        return [.. cycle[first..], .. cycle[..first]];
    }
}
