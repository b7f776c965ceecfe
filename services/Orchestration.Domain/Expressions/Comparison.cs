namespace Orchestration.Domain.Expressions;

/// <summary>Equality over all kinds, order over the ordered ones. Numbers of different kinds compare by value.</summary>
internal static class Comparison
{
    internal static CelValue AreEqual(Evaluation evaluation, CelValue left, CelValue right)
    {
        bool equal = Same(evaluation, left, right);
        return evaluation.Exhausted ?? CelValue.Bool(equal);
    }

    internal static CelValue IsIn(Evaluation evaluation, CelValue item, CelValue container)
    {
        switch (container)
        {
            case MapValue map:
                return evaluation.Charge(map.LookupCost) ?? CelValue.Bool(map.Find(item) is not null);
            case ListValue list:
                evaluation.Charge(list.ConversionCost);
                bool found = evaluation.Exhausted is null && Array.Exists(list.Items, candidate => Same(evaluation, item, candidate));
                return evaluation.Exhausted ?? CelValue.Bool(found);
            default:
                return ErrorValue.NoOverload("in", item, container);
        }
    }

    internal static CelValue Order(Evaluation evaluation, string symbol, CelValue left, CelValue right)
    {
        if (IsNaN(left) || IsNaN(right))
        {
            return BoolValue.False;
        }

        if (Compare(evaluation, left, right) is not { } order)
        {
            return ErrorValue.NoOverload(symbol, left, right);
        }

        return evaluation.Exhausted ?? CelValue.Bool(symbol switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        });
    }

    private static bool IsNaN(CelValue value) => value is DoubleValue { Value: double.NaN };

    private static bool Same(Evaluation evaluation, CelValue left, CelValue right)
    {
        if (evaluation.Charge(1) is not null || IsNaN(left) || IsNaN(right))
        {
            return false;
        }

        return (left, right) switch
        {
            (ListValue a, ListValue b) => SameItems(evaluation, a, b),
            (MapValue a, MapValue b) => SameEntries(evaluation, a, b),
            (NullValue, NullValue) => true,
            (TypeValue a, TypeValue b) => a.Name == b.Name,
            _ => Compare(evaluation, left, right) == 0,
        };
    }

    private static bool SameItems(Evaluation evaluation, ListValue left, ListValue right)
    {
        bool same = left.Count == right.Count && evaluation.Charge(left.ConversionCost + right.ConversionCost) is null;
        for (int i = 0; same && i < left.Items.Length; i++)
        {
            same = Same(evaluation, left.Items[i], right.Items[i]);
        }

        return same;
    }

    private static bool SameEntries(Evaluation evaluation, MapValue left, MapValue right) =>
        left.Count == right.Count
        && left.Keys.All(key => evaluation.Charge(left.LookupCost + right.LookupCost) is null
            && right.Find(key) is { } other
            && Same(evaluation, left.Find(key)!, other));

    /// <summary>Null when the two have no order.</summary>
    private static int? Compare(Evaluation evaluation, CelValue left, CelValue right) => (left, right) switch
    {
        (BoolValue a, BoolValue b) => a.Value.CompareTo(b.Value),
        (StringValue a, StringValue b) => CompareText(evaluation, a.Value, b.Value),
        (BytesValue a, BytesValue b) => a.Value.AsSpan().SequenceCompareTo(b.Value.AsSpan()),
        (TimestampValue a, TimestampValue b) => a.TotalNanos.CompareTo(b.TotalNanos),
        (DurationValue a, DurationValue b) => a.Nanos.CompareTo(b.Nanos),
        _ => CompareNumbers(left, right),
    };

    private static int? CompareNumbers(CelValue left, CelValue right) => (left, right) switch
    {
        (IntValue a, IntValue b) => a.Value.CompareTo(b.Value),
        (UintValue a, UintValue b) => a.Value.CompareTo(b.Value),
        (DoubleValue a, DoubleValue b) => Compare(a.Value, b.Value),
        (IntValue a, UintValue b) => ((Int128)a.Value).CompareTo(b.Value),
        (UintValue a, IntValue b) => ((Int128)a.Value).CompareTo(b.Value),
        (IntValue a, DoubleValue b) => Compare(a.Value, b.Value),
        (DoubleValue a, IntValue b) => Compare(a.Value, b.Value),
        (UintValue a, DoubleValue b) => Compare(a.Value, b.Value),
        (DoubleValue a, UintValue b) => Compare(a.Value, b.Value),
        _ => null,
    };

    /// <summary>Unlike <see cref="double.CompareTo(double)"/>, zero and minus zero are equal; NaN does not come here.</summary>
    private static int Compare(double left, double right) => left < right ? -1 : left > right ? 1 : 0;

    /// <summary>By code point, so that characters above U+FFFF sort behind the others.</summary>
    private static int CompareText(Evaluation evaluation, string left, string right)
    {
        if (evaluation.Charge(Math.Min(left.Length, right.Length) / 16) is not null)
        {
            return 0;
        }

        int common = left.AsSpan().CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        char a = left[common];
        char b = right[common];
        return char.IsSurrogate(a) == char.IsSurrogate(b) ? a.CompareTo(b) : char.IsSurrogate(a) ? 1 : -1;
    }
}
