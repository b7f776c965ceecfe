using System.Collections.Immutable;

namespace Orchestration.Domain.Expressions;

/// <summary>An operator on two values; both are evaluated.</summary>
internal sealed class Binary(int position, string symbol, Node left, Node right) : Node(position, left, right)
{
    internal string Symbol => symbol;

    protected override CelValue Compute(Evaluation evaluation)
    {
        CelValue a = left.Evaluate(evaluation);
        if (a is ErrorValue)
        {
            return a;
        }

        CelValue b = right.Evaluate(evaluation);
        return b is ErrorValue ? b : Apply(evaluation, a, b);
    }

    private CelValue Apply(Evaluation evaluation, CelValue a, CelValue b) => symbol switch
    {
        "==" => Comparison.AreEqual(evaluation, a, b),
        "!=" => Comparison.AreEqual(evaluation, a, b) is BoolValue equal ? CelValue.Bool(!equal.Value) : evaluation.Exhausted!,
        "in" => Comparison.IsIn(evaluation, a, b),
        "+" => Arithmetic.Add(evaluation, a, b),
        "-" => Arithmetic.Subtract(a, b),
        "*" => Arithmetic.Multiply(a, b),
        "/" => Arithmetic.Divide(a, b),
        "%" => Arithmetic.Modulo(a, b),
        _ => Comparison.Order(evaluation, symbol, a, b),
    };
}

/// <summary><c>!</c> or <c>-</c>, as often as written.</summary>
internal sealed class Unary(int position, char symbol, int count, Node operand) : Node(position, operand)
{
    internal char Symbol => symbol;

    protected override CelValue Compute(Evaluation evaluation)
    {
        CelValue value = operand.Evaluate(evaluation);
        for (int i = 0; i < count && value is not ErrorValue; i++)
        {
            value = symbol == '-' ? Arithmetic.Negate(value) : Not(value);
        }

        return value;
    }

    private static CelValue Not(CelValue value) => value is BoolValue flag
        ? CelValue.Bool(!flag.Value)
        : ErrorValue.NoOverload("!_", value);
}

/// <summary>A function call, <c>f(x)</c>, or with a target <c>x.f(y)</c>; the target is the first argument.</summary>
internal sealed class Call(int position, string name, bool hasTarget, ImmutableArray<Node> arguments) : Node(position, arguments.AsSpan())
{
    private readonly Function? _function = Functions.Find(name, hasTarget, arguments.Length);

    internal string Name => name;

    internal bool IsKnown => _function is not null;

    internal bool HasTarget => hasTarget;

    protected override CelValue Compute(Evaluation evaluation)
    {
        if (_function is null)
        {
            return new ErrorValue($"unknown function '{name}' with {arguments.Length} arguments");
        }

        var values = new CelValue[arguments.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = arguments[i].Evaluate(evaluation);
            if (values[i] is ErrorValue error)
            {
                return error;
            }
        }

        return _function(evaluation, values) ?? ErrorValue.NoOverload(name, values);
    }
}

internal enum Macro
{
    All,
    Exists,
    ExistsOne,
    Map,
    Filter,
}

/// <summary>
/// A macro over the items of a list or the keys of a map. <paramref name="filter"/> is the middle argument of the three-argument map.
/// </summary>
internal sealed class Comprehension(int position, Macro macro, Node range, string variable, Node? filter, Node body)
    : Node(position, filter is null ? [range, body] : [range, body, filter])
{
    internal Macro Macro => macro;

    internal string Variable => variable;

    internal Node Range => range;

    protected override CelValue Compute(Evaluation evaluation)
    {
        CelValue source = range.Evaluate(evaluation);
        if (source is ListValue unread && evaluation.Charge(unread.ConversionCost) is { } tooMuch)
        {
            return tooMuch;
        }

        IEnumerable<CelValue>? items = source switch
        {
            ListValue list => list.Items,
            MapValue map => map.Keys,
            _ => null,
        };
        if (items is null)
        {
            return source as ErrorValue ?? ErrorValue.NoOverload(macro.ToString(), source);
        }

        Local? outer = evaluation.Locals;
        try
        {
            return macro switch
            {
                Macro.All => Quantify(evaluation, outer, items, stopAt: false),
                Macro.Exists => Quantify(evaluation, outer, items, stopAt: true),
                Macro.ExistsOne => CountOne(evaluation, outer, items),
                Macro.Filter => Collect(evaluation, outer, items, body, result: null),
                _ => Collect(evaluation, outer, items, filter, result: body),
            };
        }
        finally
        {
            evaluation.Locals = outer;
        }
    }

    private CelValue With(Evaluation evaluation, Local? outer, CelValue item, Node node)
    {
        evaluation.Locals = new Local(variable, item, outer);
        return node.Evaluate(evaluation);
    }

    private CelValue Quantify(Evaluation evaluation, Local? outer, IEnumerable<CelValue> items, bool stopAt)
    {
        CelValue? error = null;
        foreach (CelValue item in items)
        {
            CelValue value = With(evaluation, outer, item, body);
            if (evaluation.Exhausted is { } exhausted)
            {
                return exhausted;
            }

            if (value is not BoolValue flag)
            {
                error ??= value as ErrorValue ?? ErrorValue.NoOverload(macro.ToString(), value);
            }
            else if (flag.Value == stopAt)
            {
                return flag;
            }
        }

        return error ?? CelValue.Bool(!stopAt);
    }

    private CelValue CountOne(Evaluation evaluation, Local? outer, IEnumerable<CelValue> items)
    {
        int count = 0;
        foreach (CelValue item in items)
        {
            CelValue value = With(evaluation, outer, item, body);
            if (value is not BoolValue flag)
            {
                return value as ErrorValue ?? ErrorValue.NoOverload(macro.ToString(), value);
            }

            count += flag.Value ? 1 : 0;
        }

        return CelValue.Bool(count == 1);
    }

    /// <summary>The items that pass the test, or what <paramref name="result"/> makes of them.</summary>
    private CelValue Collect(Evaluation evaluation, Local? outer, IEnumerable<CelValue> items, Node? test, Node? result)
    {
        var collected = new List<CelValue>();
        foreach (CelValue item in items)
        {
            CelValue passed = test is null ? BoolValue.True : With(evaluation, outer, item, test);
            if (passed is not BoolValue flag)
            {
                return passed as ErrorValue ?? ErrorValue.NoOverload(macro.ToString(), passed);
            }

            if (!flag.Value)
            {
                continue;
            }

            CelValue value = result is null ? item : With(evaluation, outer, item, result);
            if (value is ErrorValue)
            {
                return value;
            }

            collected.Add(value);
        }

        return new ListValue([.. collected]);
    }
}
