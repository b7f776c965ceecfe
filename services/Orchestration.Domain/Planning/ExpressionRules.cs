using System.Collections.Immutable;
using Orchestration.Domain.Expressions;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Planning;

/// <summary>Rules about expressions: that they parse, and that what they name is there.</summary>
internal static class ExpressionRules
{
    private static readonly ImmutableArray<string> AlwaysVisible = ["inputs", "steps", "run", "now"];
    private static readonly ImmutableArray<string> StepMembers = ["output", "state", "error"];
    private static readonly ImmutableArray<string> RunMembers = ["id", "attempt", "startedAt"];

    internal static void ExpressionsParse(PlanCheck check)
    {
        foreach ((_, StepExpression expression) in All(check))
        {
            if (expression.Error is { } error)
            {
                check.Report(ProblemCode.ExpressionSyntax, expression, error.Position, $"{error.Message}, in: {Short(expression.Text)}");
            }
        }
    }

    internal static void FunctionsExist(PlanCheck check)
    {
        foreach ((_, StepExpression expression) in All(check))
        {
            foreach (UnknownCall call in expression.Parsed?.UnknownCalls ?? [])
            {
                string message = $"there is no function '{call.Name}' with these arguments{check.Suggest(call.Name, Expression.FunctionNames.Where(name => name != call.Name))}";
                check.Report(ProblemCode.UnknownFunction, expression, call.Position, message);
            }
        }
    }

    internal static void NamesExist(PlanCheck check)
    {
        foreach ((PlanStep? step, StepExpression expression) in All(check))
        {
            ImmutableArray<string> visible = Visible(step, expression.Place);
            foreach (NameUse use in expression.Parsed?.Names ?? [])
            {
                // A missing dependency is reported where it is named.
                if (Unknown(check, use, visible) is { } problem
                    && !(problem.Code == ProblemCode.UnknownStep && step?.DependsOn.Contains(use.Members[0]) == true))
                {
                    check.Report(problem.Code, expression, use.Position, problem.Message);
                }
            }
        }
    }

    internal static void ReadStepsHaveEnded(PlanCheck check)
    {
        foreach ((PlanStep? step, StepExpression expression) in All(check).Where(pair => pair.Step is not null))
        {
            int position = check.Graph.PositionOf(step!.Id);
            foreach (NameUse use in expression.Parsed?.Names ?? [])
            {
                int read = use is { Root: "steps", Members.Length: > 0 } ? check.Graph.PositionOf(use.Members[0]) : -1;
                if (read >= 0 && (read == position || !check.Graph.WaitsFor(position, read)))
                {
                    string message = read == position
                        ? $"'{step.Id}' reads itself; in its output mapping the raw result is called 'result'"
                        : $"'{step.Id}' reads '{use.Members[0]}' but does not depend on it; add it to dependsOn";
                    check.Report(ProblemCode.NotAnAncestor, expression, use.Position, message);
                }
            }
        }
    }

    private static IEnumerable<(PlanStep? Step, StepExpression Expression)> All(PlanCheck check)
    {
        for (int i = 0; i < check.Plan.Steps.Length; i++)
        {
            foreach (StepExpression expression in StepExpressions.Of(check.Plan.Steps[i], check.Step(i)))
            {
                yield return (check.Plan.Steps[i], expression);
            }
        }

        foreach (StepExpression expression in StepExpressions.In(check.Plan.Output, ExpressionPlace.Result, check.Field("output")))
        {
            yield return (null, expression);
        }
    }

    private static ImmutableArray<string> Visible(PlanStep? step, ExpressionPlace place)
    {
        ImmutableArray<string> visible = AlwaysVisible;
        if (step?.ForEach is { } forEach && place != ExpressionPlace.Entry)
        {
            visible = visible.Add(forEach.As).Add("index");
        }

        return step is not null && place == ExpressionPlace.Result ? visible.Add("result") : visible;
    }

    private static (string Code, string Message)? Unknown(PlanCheck check, NameUse use, ImmutableArray<string> visible) => use switch
    {
        _ when !visible.Contains(use.Root) =>
            (ProblemCode.UnknownName,
                $"there is no '{use.Root}' here{check.Suggest(use.Root, visible)} (known: {string.Join(", ", visible)})"),
        { Root: "inputs", Members: [var input, ..] } when !check.Inputs.IsEmpty && !check.Inputs.Contains(input) =>
            (ProblemCode.UnknownName, $"the plan declares no input '{input}'{check.Suggest(input, check.Inputs)}"),
        { Root: "steps", Members: [var step, ..] } when check.Graph.PositionOf(step) < 0 =>
            (ProblemCode.UnknownStep, $"there is no step '{step}'{check.Suggest(step, check.Graph.Ids)}"),
        { Root: "steps", Members: [_, var member] } when !StepMembers.Contains(member) =>
            (ProblemCode.UnknownName, $"a step has {string.Join(", ", StepMembers)}, not '{member}'{check.Suggest(member, StepMembers)}"),
        { Root: "run", Members: [var member, ..] } when !RunMembers.Contains(member) =>
            (ProblemCode.UnknownName, $"run has {string.Join(", ", RunMembers)}, not '{member}'{check.Suggest(member, RunMembers)}"),
        _ => null,
    };

    private static string Short(string text) => text.Length > 80 ? text.Trim()[..Math.Min(79, text.Trim().Length)] + "…" : text.Trim();
}
