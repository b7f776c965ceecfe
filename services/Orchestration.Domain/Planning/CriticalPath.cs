using System.Collections.Immutable;

namespace Orchestration.Domain.Planning;

/// <summary>The chain of steps that decides how long a run takes at least.</summary>
/// <param name="Steps">Positions of the steps from first to last.</param>
/// <param name="Length">Sum of their estimates.</param>
public sealed record CriticalPath(ImmutableArray<int> Steps, TimeSpan Length)
{
    /// <summary>
    /// The longest path through a graph without cycles, in linear time. Among equally long ones the one earlier in the plan.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="estimate">How long a step takes, by its position; not negative.</param>
    public static CriticalPath Of(StepGraph graph, Func<int, TimeSpan> estimate)
    {
        var lengths = new TimeSpan[graph.Ids.Length];
        var before = new int[lengths.Length];
        int last = -1;
        foreach (int step in TopologicalLevels.Of(graph).SelectMany(level => level))
        {
            before[step] = -1;
            foreach (int dependency in graph.Dependencies[step])
            {
                if (before[step] < 0 || lengths[dependency] > lengths[before[step]])
                {
                    before[step] = dependency;
                }
            }

            lengths[step] = estimate(step) + (before[step] < 0 ? TimeSpan.Zero : lengths[before[step]]);
            last = last < 0 || lengths[step] > lengths[last] || (lengths[step] == lengths[last] && before[step] == last) ? step : last;
        }

        return new CriticalPath(Trace(before, last), last < 0 ? TimeSpan.Zero : lengths[last]);
    }

    private static ImmutableArray<int> Trace(int[] before, int last)
    {
        var path = new List<int>();
        for (int step = last; step >= 0; step = before[step])
        {
            path.Add(step);
        }

        path.Reverse();
        return [.. path];
    }
}
