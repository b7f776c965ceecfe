using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Orchestration.Domain.Expressions;

/// <summary>Where and why a text is not an expression.</summary>
/// <param name="Message">What is wrong.</param>
/// <param name="Position">Where, from 0.</param>
public sealed record ExpressionError(string Message, int Position);

/// <summary>What an expression or a template yields: a value, or the reason why there is none.</summary>
/// <param name="Value">The value; undefined when there is an error.</param>
/// <param name="Error">One sentence, or null when there is a value.</param>
public sealed record Evaluated(JsonElement Value, string? Error = null)
{
    /// <summary>True when there is a value.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;

    internal static Evaluated Failed(string error) => new(default, error);
}

/// <summary>
/// A parsed expression in CEL, the Common Expression Language, without messages of protocol buffers. Evaluation is pure,
/// always ends, and never throws: problems of the expression or its data are results.
/// </summary>
public sealed class Expression
{
    /// <summary>Longest text of an expression, in characters.</summary>
    public const int MaxLength = 16 * 1024;

    private readonly Node _root;

    private Expression(string text, Node root)
    {
        Text = text;
        _root = root;
        var uses = new List<NameUse>();
        var unknown = new List<UnknownCall>();
        NameFinder.Find(root, [], uses, unknown);
        Names = [.. uses];
        UnknownCalls = [.. unknown];
    }

    /// <summary>The expression as written.</summary>
    public string Text { get; }

    /// <summary>The names it uses, without the variables of its own macros.</summary>
    public ImmutableArray<NameUse> Names { get; }

    /// <summary>Calls that can only fail because there is no such function.</summary>
    public ImmutableArray<UnknownCall> UnknownCalls { get; }

    /// <summary>Names of all functions and macros, for suggestions.</summary>
    public static IEnumerable<string> FunctionNames => Functions.Names;

    /// <summary>Parses a text.</summary>
    /// <param name="text">The expression, without <c>${{ }}</c>.</param>
    /// <param name="error">What is wrong, when the result is null.</param>
    public static Expression? Parse(string text, out ExpressionError? error)
    {
        if (text.Length > MaxLength)
        {
            error = new ExpressionError($"an expression has at most {MaxLength} characters", 0);
            return null;
        }

        try
        {
            (Node root, error) = Parser.Parse(text);
            return error is null ? new Expression(text, root) : null;
        }
        catch (ExpressionSyntaxException problem)
        {
            error = new ExpressionError(problem.Message, problem.Position);
            return null;
        }
    }

    /// <summary>Parses and evaluates; a text that does not parse yields an error.</summary>
    public static Evaluated Evaluate(string text, ExpressionScope scope) =>
        Parse(text, out ExpressionError? error) is { } expression
            ? expression.Evaluate(scope)
            : Evaluated.Failed($"{error!.Message} (column {error.Position + 1} of '{text}')");

    /// <summary>Evaluates to a JSON value.</summary>
    public Evaluated Evaluate(ExpressionScope scope) => ToResult(Run(scope));

    /// <summary>Evaluates a condition; a value that is not true or false is an error.</summary>
    public Evaluated EvaluateCondition(ExpressionScope scope)
    {
        CelValue value = Run(scope);
        return value is BoolValue or ErrorValue ? ToResult(value) : Evaluated.Failed($"{value.TypeName} is not true or false: {Text}");
    }

    /// <summary>Evaluates to a list; any other value is an error.</summary>
    public Evaluated EvaluateList(ExpressionScope scope)
    {
        CelValue value = Run(scope);
        return value is ListValue or ErrorValue ? ToResult(value) : Evaluated.Failed($"{value.TypeName} is not a list: {Text}");
    }

    /// <summary>The type it has whenever it has a value; null when that is not certain.</summary>
    /// <param name="declared">The type of a name followed by members; a computed member is null.</param>
    internal string? TypeWith(Func<string, ImmutableArray<string?>, string?> declared) => CertainType.Of(_root, declared);

    internal CelValue Run(ExpressionScope scope) => Run(new Evaluation(scope.Find));

    internal CelValue Run(Evaluation evaluation)
    {
        CelValue value = _root.Evaluate(evaluation);
        return evaluation.Exhausted ?? value;
    }

    private Evaluated ToResult(CelValue value) =>
        value is ErrorValue error ? Evaluated.Failed($"{error.Message}: {Text}") : new Evaluated(CelJson.ToElement(value));
}
