using System.Collections.Immutable;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Planning;

/// <summary>One plan under validation, top-level or nested, and where its problems go.</summary>
internal sealed class PlanCheck
{
    private readonly ProblemList _problems;
    private readonly SourceMap _sources;

    internal PlanCheck(Plan plan, SourceMap sources, AgentCatalog? catalog, PlanLimits limits)
        : this(plan, "", 1, new ProblemList(), sources)
    {
        Catalog = catalog;
        Limits = limits;
    }

    private PlanCheck(Plan plan, string part, int depth, ProblemList problems, SourceMap sources)
    {
        Plan = plan;
        Part = part;
        Depth = depth;
        _problems = problems;
        _sources = sources;
        Graph = StepGraph.Of(plan);
        Inputs = [.. plan.Inputs.Select(input => input.Name)];
    }

    internal Plan Plan { get; }

    internal string Part { get; }

    internal int Depth { get; }

    internal StepGraph Graph { get; }

    internal AgentCatalog? Catalog { get; private init; }

    internal PlanLimits Limits { get; private init; } = PlanLimits.Default;

    /// <summary>Names of the declared inputs; empty when any are accepted.</summary>
    internal ImmutableArray<string> Inputs { get; private init; }

    /// <summary>Steps counted so far in this plan and those around it.</summary>
    internal int TotalSteps { get; set; }

    internal ImmutableArray<Problem> Problems => _problems.ToImmutable();

    /// <summary>A plan inside this one; without inputs of its own it may see those given.</summary>
    internal PlanCheck Nested(Plan plan, string part, ImmutableArray<string> inheritedInputs) =>
        new(plan, part, Depth + 1, _problems, _sources)
    {
        Catalog = Catalog,
        Limits = Limits,
        Inputs = plan.Inputs.IsEmpty ? inheritedInputs : [.. plan.Inputs.Select(input => input.Name)],
        TotalSteps = TotalSteps,
    };

    internal string Field(string name) => Part.Length == 0 ? name : $"{Part}.{name}";

    internal string Step(int position) => Field("steps") + DocumentPath.Index(position);

    internal string Suggest(string name, IEnumerable<string> candidates) => _problems.Suggest(name, candidates);

    internal void Report(string code, string part, string message, ProblemSeverity severity = ProblemSeverity.Error)
    {
        (string path, Mark at) = _sources.Find(part);
        _problems.Add(code, path, at, message, severity);
    }

    /// <summary>Reports a place inside an expression.</summary>
    internal void Report(string code, StepExpression expression, int position, string message)
    {
        (string path, Mark at) = _sources.Find(expression.Part, expression.Text, position);
        _problems.Add(code, path, at, message);
    }
}
