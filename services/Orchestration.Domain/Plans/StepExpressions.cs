using Orchestration.Domain.Expressions;

namespace Orchestration.Domain.Plans;

/// <summary>Where an expression stands in a step.</summary>
internal enum ExpressionPlace
{
    /// <summary>Evaluated before the step starts, without an item.</summary>
    Entry,

    /// <summary>Evaluated for the work, once for every item.</summary>
    Work,

    /// <summary>Evaluated when the result is there.</summary>
    Result,
}

/// <summary>An expression of a step; <paramref name="Part"/> is its place in the plan.</summary>
internal readonly record struct StepExpression(ExpressionPlace Place, string Part, string Text, Expression? Parsed, ExpressionError? Error);

/// <summary>Lists the expressions of a step.</summary>
internal static class StepExpressions
{
    internal static IEnumerable<StepExpression> Of(PlanStep step, string part)
    {
        if (step.When is { } when)
        {
            yield return Parse(ExpressionPlace.Entry, $"{part}.when", when);
        }

        if (step.ForEach is { } forEach)
        {
            yield return Parse(ExpressionPlace.Entry, $"{part}.forEach.items", forEach.Items);
        }

        if (step.Work is StepWork.CallAgent call)
        {
            foreach (StepExpression expression in OfSelector(call.Agent, part))
            {
                yield return expression;
            }
        }

        foreach (StepExpression expression in In(InputOf(step.Work), ExpressionPlace.Work, $"{part}.input"))
        {
            yield return expression;
        }

        foreach (StepExpression expression in OfFallback(step.Fallback, $"{part}.fallback"))
        {
            yield return expression;
        }

        foreach (StepExpression expression in In(step.Output, ExpressionPlace.Result, $"{part}.output"))
        {
            yield return expression;
        }
    }

    internal static IEnumerable<StepExpression> In(Template? template, ExpressionPlace place, string part) => template is null
        ? []
        : template.Expressions.Select(found => new StepExpression(place, part + found.Path, found.Text, found.Parsed, found.Error));

    internal static Template? InputOf(StepWork work) => work switch
    {
        StepWork.CallAgent call => call.Input,
        StepWork.RunPlan run => run.Input,
        _ => null,
    };

    private static IEnumerable<StepExpression> OfSelector(AgentSelector selector, string part) =>
    [
        .. In(selector.AgentTemplate, ExpressionPlace.Work, $"{part}.agent"),
        .. In(selector.CapabilityTemplate, ExpressionPlace.Work, $"{part}.capability"),
    ];

    private static IEnumerable<StepExpression> OfFallback(Fallback? fallback, string part) => fallback switch
    {
        Fallback.OtherAgent other => OfSelector(other.Agent, part),
        Fallback.Value value => In(value.Output, ExpressionPlace.Work, $"{part}.value"),
        Fallback.OtherPlan plan => In(plan.Work.Input, ExpressionPlace.Work, $"{part}.input"),
        _ => [],
    };

    private static StepExpression Parse(ExpressionPlace place, string part, string text) =>
        new(place, part, text, Expression.Parse(text, out ExpressionError? error), error);
}
