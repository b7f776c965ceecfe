using System.Text.Json;
using Orchestration.Domain.Expressions;
using Orchestration.Domain.Failures;
using Orchestration.Domain.Planning;

namespace Orchestration.Domain.Execution;

/// <summary>Evaluates whether a step runs, and over which items.</summary>
public static class EntryEvaluation
{
    /// <summary>Evaluates condition and items of a step; never throws.</summary>
    /// <param name="when">The condition; null means true.</param>
    /// <param name="items">The list; null for a step that is not repeated.</param>
    /// <param name="scope">What the expressions see.</param>
    public static StepEntry Evaluate(string? when, string? items, ExpressionScope scope)
    {
        if (when is not null)
        {
            var condition = Run(when, scope, static (expression, names) => expression.EvaluateCondition(names));
            if (!condition.Succeeded)
            {
                return Invalid("when", condition.Error);
            }

            if (condition.Value.ValueKind == JsonValueKind.False)
            {
                return new StepEntry(Skip: true);
            }
        }

        return items is null ? new StepEntry(Skip: false) : EvaluateItems(items, scope);
    }

    private static StepEntry EvaluateItems(string items, ExpressionScope scope)
    {
        var list = Run(items, scope, static (expression, names) => expression.EvaluateList(names));
        if (!list.Succeeded)
        {
            return Invalid("forEach", list.Error);
        }

        var count = list.Value.GetArrayLength();
        return count > RunCapacity.MaxItems
            ? Invalid("forEach", $"{count} items are more than {RunCapacity.MaxItems}; split the list over sub-plans")
            : new StepEntry(Skip: false, RunValue.Of(list.Value), count);
    }

    private static Evaluated Run(string text, ExpressionScope scope, Func<Expression, ExpressionScope, Evaluated> evaluate) =>
        Expression.Parse(text, out var error) is { } expression
            ? evaluate(expression, scope)
            : new Evaluated(default, error!.Message);

    private static StepEntry Invalid(string field, string? error) => new(
        Skip: false,
        Failure: new Failure(FailureCode.InvalidArgument, FailureClass.Permanent, $"{field}: {error}", Retryable: false));
}
