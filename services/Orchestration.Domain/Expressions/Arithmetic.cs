namespace Orchestration.Domain.Expressions;

/// <summary>The arithmetic operators. Integers never wrap: what does not fit is an error.</summary>
internal static class Arithmetic
{
    internal static CelValue Add(Evaluation evaluation, CelValue left, CelValue right) => (left, right) switch
    {
        (IntValue a, IntValue b) => Int((Int128)a.Value + b.Value),
        (UintValue a, UintValue b) => Uint((Int128)a.Value + b.Value),
        (DoubleValue a, DoubleValue b) => new DoubleValue(a.Value + b.Value),
        (TimestampValue a, DurationValue b) => TimestampValue.FromNanos(a.TotalNanos + b.Nanos),
        (DurationValue a, TimestampValue b) => TimestampValue.FromNanos(b.TotalNanos + a.Nanos),
        (DurationValue a, DurationValue b) => DurationValue.FromNanos((Int128)a.Nanos + b.Nanos),
        _ => Concatenate(evaluation, left, right),
    };

    internal static CelValue Subtract(CelValue left, CelValue right) => (left, right) switch
    {
        (IntValue a, IntValue b) => Int((Int128)a.Value - b.Value),
        (UintValue a, UintValue b) => Uint((Int128)a.Value - b.Value),
        (DoubleValue a, DoubleValue b) => new DoubleValue(a.Value - b.Value),
        (TimestampValue a, TimestampValue b) => DurationValue.FromNanos(a.TotalNanos - b.TotalNanos),
        (TimestampValue a, DurationValue b) => TimestampValue.FromNanos(a.TotalNanos - b.Nanos),
        (DurationValue a, DurationValue b) => DurationValue.FromNanos((Int128)a.Nanos - b.Nanos),
        _ => ErrorValue.NoOverload("-", left, right),
    };

    internal static CelValue Multiply(CelValue left, CelValue right) => (left, right) switch
    {
        (IntValue a, IntValue b) => Int((Int128)a.Value * b.Value),
        (UintValue a, UintValue b) => Uint((UInt128)a.Value * b.Value),
        (DoubleValue a, DoubleValue b) => new DoubleValue(a.Value * b.Value),
        _ => ErrorValue.NoOverload("*", left, right),
    };

    internal static CelValue Divide(CelValue left, CelValue right) => (left, right) switch
    {
        (IntValue, IntValue { Value: 0 }) or (UintValue, UintValue { Value: 0 }) => new ErrorValue("division by zero"),
        (IntValue a, IntValue b) => Int((Int128)a.Value / b.Value),
        (UintValue a, UintValue b) => new UintValue(a.Value / b.Value),
        (DoubleValue a, DoubleValue b) => new DoubleValue(a.Value / b.Value),
        _ => ErrorValue.NoOverload("/", left, right),
    };

    internal static CelValue Modulo(CelValue left, CelValue right) => (left, right) switch
    {
        (IntValue, IntValue { Value: 0 }) or (UintValue, UintValue { Value: 0 }) => new ErrorValue("modulus by zero"),
        (IntValue a, IntValue b) => Int((Int128)a.Value % b.Value),
        (UintValue a, UintValue b) => new UintValue(a.Value % b.Value),
        _ => ErrorValue.NoOverload("%", left, right),
    };

    internal static CelValue Negate(CelValue value) => value switch
    {
        IntValue a => Int(-(Int128)a.Value),
        DoubleValue a => new DoubleValue(-a.Value),
        _ => ErrorValue.NoOverload("-_", value),
    };

    private static CelValue Concatenate(Evaluation evaluation, CelValue left, CelValue right) => (left, right) switch
    {
        (StringValue a, StringValue b) => evaluation.Charge(a.Value.Length + b.Value.Length)
            ?? (CelValue)new StringValue(a.Value + b.Value),
        (BytesValue a, BytesValue b) => evaluation.Charge(a.Value.Length + b.Value.Length)
            ?? (CelValue)new BytesValue([.. a.Value, .. b.Value]),
        (ListValue a, ListValue b) => evaluation.Charge(8L * (a.Count + b.Count)) ?? (CelValue)new ListValue([.. a.Items, .. b.Items]),
        _ => ErrorValue.NoOverload("+", left, right),
    };

    private static CelValue Int(Int128 value) =>
        value < long.MinValue || value > long.MaxValue ? new ErrorValue("integer overflow") : new IntValue((long)value);

    private static CelValue Uint(Int128 value) =>
        value < 0 || value > ulong.MaxValue ? new ErrorValue("unsigned integer overflow") : new UintValue((ulong)value);

    private static CelValue Uint(UInt128 value) =>
        value > ulong.MaxValue ? new ErrorValue("unsigned integer overflow") : new UintValue((ulong)value);
}
