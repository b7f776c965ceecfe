using System.Collections.Immutable;
using Orchestration.Domain.Expressions;
using Orchestration.Domain.Planning;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Execution;

/// <summary>Makes the outline of a valid plan.</summary>
public sealed class OutlineBuilder
{
    private readonly Plan _plan;
    private readonly Dictionary<string, int> _positions;
    private readonly Dictionary<string, int> _lanes = new(StringComparer.Ordinal);

    private OutlineBuilder(Plan plan)
    {
        _plan = plan;
        _positions = plan.Steps.Select((step, index) => (step.Id, index))
            .ToDictionary(pair => pair.Id, pair => pair.index, StringComparer.Ordinal);
    }

    /// <summary>The outline of a plan that has passed validation.</summary>
    public static PlanOutline Build(Plan plan)
    {
        var builder = new OutlineBuilder(plan);
        ImmutableArray<StepOutline> steps = [.. plan.Steps.Select(builder.Step)];
        return new PlanOutline
        {
            Steps = steps,
            Sequential = !plan.Parallel,
            Timeout = plan.Timeout,
            HasFallback = plan.FallbackPlan is not null,
            OutputReads = plan.Output is { } output ? builder.Reads(null, [output], []) : null,
            Lanes = builder._lanes.Count,
        };
    }

    private StepOutline Step(PlanStep step) => new()
    {
        Id = step.Id,
        Kind = Kind(step.Work),
        After = [.. step.DependsOn.Select(id => _positions[id]).Distinct().Order()],
        When = step.When,
        Items = step.ForEach?.Items,
        MaxParallel = step.ForEach?.MaxParallel ?? 0,
        EntryReads = OrNull(Reads(step, [], [step.When, step.ForEach?.Items])),
        WorkReads = OrNull(Reads(step, [.. WorkTemplates(step.Work), step.Output, .. FallbackTemplates(step.Fallback)], [])),
        Retry = step.Retry == RetryPolicy.Default ? null : step.Retry,
        Timeout = step.Timeout,
        Optional = !step.Critical,
        Fallback = FallbackOf(step.Fallback),
        MapsOutput = step.Output is not null,
        Duration = step.Work switch
        {
            StepWork.Delay delay => delay.Duration,
            StepWork.WaitFor wait => wait.Timeout ?? RunCapacity.LongestWait,
            _ => null,
        },
        Event = (step.Work as StepWork.WaitFor)?.Event,
        Lane = Lane(step.Work),
    };

    private static WorkKind Kind(StepWork work) => work switch
    {
        StepWork.CallAgent => WorkKind.Agent,
        StepWork.RunPlan => WorkKind.Plan,
        StepWork.Delay => WorkKind.Delay,
        StepWork.WaitFor => WorkKind.Wait,
        _ => throw new ArgumentException($"work {work.GetType().Name}", nameof(work)),
    };

    private static FallbackKind FallbackOf(Fallback? fallback) => fallback switch
    {
        null => FallbackKind.None,
        Fallback.OtherAgent => FallbackKind.Agent,
        Fallback.Value => FallbackKind.Value,
        Fallback.OtherPlan => FallbackKind.Plan,
        _ => throw new ArgumentException($"fallback {fallback.GetType().Name}", nameof(fallback)),
    };

    private static IEnumerable<Template?> WorkTemplates(StepWork work) => work switch
    {
        StepWork.CallAgent call => [call.Input, call.Agent.AgentTemplate, call.Agent.CapabilityTemplate],
        StepWork.RunPlan run => [run.Input],
        _ => [],
    };

    private static IEnumerable<Template?> FallbackTemplates(Fallback? fallback) => fallback switch
    {
        Fallback.OtherAgent other => [other.Agent.AgentTemplate, other.Agent.CapabilityTemplate],
        Fallback.Value value => [value.Output],
        Fallback.OtherPlan plan => [plan.Work.Input],
        _ => [],
    };

    private static Reads? OrNull(Reads reads) => reads is { Inputs: false, Steps.Length: 0 } ? null : reads;

    private int Lane(StepWork work)
    {
        var name = work switch
        {
            StepWork.CallAgent { Agent.Agent: { } agent } => $"agent {agent}",
            StepWork.CallAgent call => $"able {call.Agent.Capability}/{call.Action}",
            StepWork.RunPlan => "plans",
            _ => null,
        };
        if (name is null)
        {
            return 0;
        }

        if (!_lanes.TryGetValue(name, out var lane))
        {
            _lanes[name] = lane = _lanes.Count;
        }

        return lane;
    }

    private Reads Reads(PlanStep? reader, ReadOnlySpan<Template?> templates, ReadOnlySpan<string?> expressions)
    {
        var names = new List<NameUse>();
        foreach (var template in templates)
        {
            names.AddRange(template?.Expressions.SelectMany(found => found.Parsed?.Names ?? []) ?? []);
        }

        foreach (var text in expressions)
        {
            names.AddRange(text is null ? [] : Expression.Parse(text, out _)?.Names ?? []);
        }

        var steps = new SortedSet<int>();
        foreach (var use in names.Where(use => use.Root == "steps"))
        {
            steps.UnionWith(StepsOf(use, reader));
        }

        return new Reads([.. steps], names.Exists(use => use.Root == "inputs"));
    }

    // A computed name may mean any step that is sure to have ended.
    private IEnumerable<int> StepsOf(NameUse use, PlanStep? reader)
    {
        if (!use.Members.IsEmpty)
        {
            return _positions.TryGetValue(use.Members[0], out var position) ? [position] : [];
        }

        return reader is null ? _positions.Values : Ancestors(reader);
    }

    private HashSet<int> Ancestors(PlanStep step)
    {
        var found = new HashSet<int>();
        var open = new Stack<string>(step.DependsOn);
        while (open.TryPop(out var id))
        {
            if (found.Add(_positions[id]))
            {
                foreach (var next in _plan.Steps[_positions[id]].DependsOn)
                {
                    open.Push(next);
                }
            }
        }

        return found;
    }
}
