using System.Collections.Immutable;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Planning;

/// <summary>
/// The steps of a plan and what they wait for, by position in the plan. Made in linear time; a dependency on a step that is
/// not there is left out, and of two steps with one id the first counts.
/// </summary>
public sealed class StepGraph
{
    private readonly Dictionary<string, int> _positions;

    private StepGraph(ImmutableArray<string> ids, Dictionary<string, int> positions, ImmutableArray<ImmutableArray<int>> dependencies)
    {
        Ids = ids;
        _positions = positions;
        Dependencies = dependencies;
        var dependents = new List<int>[ids.Length];
        for (int step = 0; step < ids.Length; step++)
        {
            foreach (int dependency in dependencies[step])
            {
                (dependents[dependency] ??= []).Add(step);
            }
        }

        Dependents = [.. dependents.Select(list => list is null ? [] : list.ToImmutableArray())];
    }

    /// <summary>Ids of the steps in the order of the plan.</summary>
    public ImmutableArray<string> Ids { get; }

    /// <summary>For every step the positions of the steps it waits for, in the order in which it names them, each once.</summary>
    public ImmutableArray<ImmutableArray<int>> Dependencies { get; }

    /// <summary>For every step the positions of the steps that wait for it, ascending.</summary>
    public ImmutableArray<ImmutableArray<int>> Dependents { get; }

    /// <summary>The graph of a plan.</summary>
    public static StepGraph Of(Plan plan)
    {
        var positions = new Dictionary<string, int>(plan.Steps.Length, StringComparer.Ordinal);
        for (int i = 0; i < plan.Steps.Length; i++)
        {
            positions.TryAdd(plan.Steps[i].Id, i);
        }

        return new StepGraph(
            [.. plan.Steps.Select(step => step.Id)],
            positions,
            [.. plan.Steps.Select(
                step => step.DependsOn.Where(positions.ContainsKey).Select(id => positions[id]).Distinct().ToImmutableArray())]);
    }

    /// <summary>Position of a step; -1 when there is none of that id.</summary>
    public int PositionOf(string id) => _positions.TryGetValue(id, out int position) ? position : -1;

    /// <summary>
    /// All steps a step waits for, directly or through others, ascending; the step itself only when it is part of a cycle.
    /// </summary>
    public ImmutableArray<int> Chain(int step)
    {
        var found = new bool[Ids.Length];
        var open = new Stack<int>(Dependencies[step]);
        while (open.TryPop(out int next))
        {
            if (!found[next])
            {
                found[next] = true;
                foreach (int dependency in Dependencies[next])
                {
                    open.Push(dependency);
                }
            }
        }

        return [.. found.Index().Where(entry => entry.Item).Select(entry => entry.Index)];
    }

    /// <summary>True when <paramref name="step"/> waits for <paramref name="other"/>, directly or through others.</summary>
    public bool WaitsFor(int step, int other) => Dependencies[step].Contains(other) || Chain(step).Contains(other);
}
