using System.Collections.Immutable;

namespace Orchestration.Domain.Expressions;

/// <summary>A node of a parsed expression.</summary>
internal abstract class Node(int position, params ReadOnlySpan<Node> children)
{
    /// <summary>Where it stands in the text, from 0.</summary>
    internal int Position { get; } = position;

    internal ImmutableArray<Node> Children { get; } = [.. children];

    internal int Depth { get; } = 1 + DepthOf(children);

    internal CelValue Evaluate(Evaluation evaluation) => evaluation.Step() ?? Compute(evaluation);

    protected abstract CelValue Compute(Evaluation evaluation);

    private static int DepthOf(ReadOnlySpan<Node> nodes)
    {
        int depth = 0;
        foreach (Node node in nodes)
        {
            depth = Math.Max(depth, node.Depth);
        }

        return depth;
    }
}

internal sealed class Literal(int position, CelValue value) : Node(position)
{
    internal CelValue Value => value;

    protected override CelValue Compute(Evaluation evaluation) => value;
}

/// <summary>A name. With a leading dot it is never the variable of a comprehension.</summary>
internal sealed class Identifier(int position, string name, bool leadingDot) : Node(position)
{
    internal string Name => name;

    internal bool LeadingDot => leadingDot;

    protected override CelValue Compute(Evaluation evaluation) =>
        (leadingDot ? null : evaluation.FindLocal(name))
        ?? evaluation.FindVariable(name)
        ?? TypeNames.Find(name)
        ?? (CelValue)new ErrorValue($"unknown name '{name}'");
}

/// <summary>Field access, or with <paramref name="test"/> the macro <c>has</c>.</summary>
internal sealed class Select(int position, Node operand, string member, bool test) : Node(position, operand)
{
    /// <summary>The whole dotted name when the operand is one; a variable, or a type, may have it.</summary>
    private readonly string? _qualified = Qualify(operand) is { } prefix ? $"{prefix}.{member}" : null;

    internal Node Operand => operand;

    internal string Field => member;

    internal bool IsTest => test;

    protected override CelValue Compute(Evaluation evaluation)
    {
        if (!test && _qualified is not null && FindQualified(evaluation) is { } found)
        {
            return found;
        }

        CelValue value = operand.Evaluate(evaluation);
        return value switch
        {
            ErrorValue => value,
            MapValue map when evaluation.Charge(map.LookupCost) is { } exhausted => exhausted,
            MapValue map when test => CelValue.Bool(map.Find(member) is not null),
            MapValue map => evaluation.Found(map.Find(member) ?? new ErrorValue($"no such key: '{member}'")),
            _ => new ErrorValue($"{value.TypeName} has no fields (looking for '{member}')"),
        };
    }

    private CelValue? FindQualified(Evaluation evaluation)
    {
        Identifier root = Root(operand);
        if (!root.LeadingDot && evaluation.FindLocal(root.Name) is not null)
        {
            return null;
        }

        return evaluation.FindQualified(_qualified!) ?? TypeNames.Find(_qualified!);
    }

    private static Identifier Root(Node node)
    {
        while (node is Select select)
        {
            node = select.Operand;
        }

        return (Identifier)node;
    }

    private static string? Qualify(Node node) => node switch
    {
        Identifier identifier => identifier.Name,
        Select { IsTest: false } select => select._qualified,
        _ => null,
    };
}

internal sealed class IndexAccess(int position, Node operand, Node index) : Node(position, operand, index)
{
    internal Node Operand => operand;

    internal Node Index => index;

    protected override CelValue Compute(Evaluation evaluation)
    {
        CelValue value = operand.Evaluate(evaluation);
        if (value is ErrorValue)
        {
            return value;
        }

        CelValue key = index.Evaluate(evaluation);
        return (value, key) switch
        {
            (_, ErrorValue) => key,
            (MapValue map, _) when evaluation.Charge(map.LookupCost) is { } exhausted => exhausted,
            (MapValue map, _) => evaluation.Found(map.Find(key) ?? new ErrorValue($"no such key: {CelJson.ToText(key)}")),
            (ListValue list, _) => evaluation.Charge(list.LookupCost) ?? evaluation.Found(At(list, key)),
            _ => ErrorValue.NoOverload("_[_]", value, key),
        };
    }

    private static CelValue At(ListValue list, CelValue key) => MapValue.Normalize(key) switch
    {
        IntValue { Value: >= 0 } i when i.Value < list.Count => list.At((int)i.Value),
        IntValue i => new ErrorValue($"index {i.Value} is outside the list of {list.Count}"),
        _ => new ErrorValue($"a list has no index {CelJson.ToText(key)}"),
    };
}

internal sealed class Conditional(int position, Node condition, Node whenTrue, Node whenFalse)
    : Node(position, condition, whenTrue, whenFalse)
{
    protected override CelValue Compute(Evaluation evaluation)
    {
        CelValue test = condition.Evaluate(evaluation);
        return test switch
        {
            ErrorValue => test,
            BoolValue { Value: true } => whenTrue.Evaluate(evaluation),
            BoolValue => whenFalse.Evaluate(evaluation),
            _ => ErrorValue.NoOverload("_?_:_", test),
        };
    }
}

/// <summary>A chain of <c>||</c> or <c>&amp;&amp;</c>. An error on one side is absorbed when another side decides.</summary>
internal sealed class Logical(int position, bool isOr, ImmutableArray<Node> operands) : Node(position, operands.AsSpan())
{
    protected override CelValue Compute(Evaluation evaluation)
    {
        CelValue? error = null;
        foreach (Node operand in operands)
        {
            CelValue value = operand.Evaluate(evaluation);
            if (value is not BoolValue flag)
            {
                error ??= value as ErrorValue ?? ErrorValue.NoOverload(isOr ? "_||_" : "_&&_", value);
            }
            else if (flag.Value == isOr)
            {
                return flag;
            }
        }

        return error ?? CelValue.Bool(!isOr);
    }
}

internal sealed class ListLiteral(int position, ImmutableArray<Node> items) : Node(position, items.AsSpan())
{
    protected override CelValue Compute(Evaluation evaluation)
    {
        var values = new CelValue[items.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = items[i].Evaluate(evaluation);
            if (values[i] is ErrorValue error)
            {
                return error;
            }
        }

        return new ListValue(values);
    }
}

/// <summary>A map literal; keys and values alternate in <paramref name="entries"/>.</summary>
internal sealed class MapLiteral(int position, ImmutableArray<Node> entries) : Node(position, entries.AsSpan())
{
    protected override CelValue Compute(Evaluation evaluation)
    {
        var map = new OrderedDictionary<CelValue, (CelValue, CelValue)>();
        for (int i = 0; i < entries.Length; i += 2)
        {
            CelValue key = entries[i].Evaluate(evaluation);
            CelValue value = key is ErrorValue ? key : entries[i + 1].Evaluate(evaluation);
            if ((value as ErrorValue ?? CelMaps.Add(map, key, value)) is { } error)
            {
                return error;
            }
        }

        return new EntriesMap(map);
    }
}
