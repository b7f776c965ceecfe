using System.Collections.Immutable;

namespace Orchestration.Domain.Expressions;

/// <summary>
/// A value of the expression language: a closed family. Errors are values too, so that <c>||</c> and <c>&amp;&amp;</c> can absorb them.
/// </summary>
internal abstract record CelValue
{
    internal abstract string TypeName { get; }

    internal static CelValue Bool(bool value) => value ? BoolValue.True : BoolValue.False;
}

internal sealed record NullValue : CelValue
{
    internal static readonly NullValue Instance = new();

    internal override string TypeName => "null_type";
}

internal sealed record BoolValue(bool Value) : CelValue
{
    internal static readonly BoolValue True = new(true);
    internal static readonly BoolValue False = new(false);

    internal override string TypeName => "bool";
}

internal sealed record IntValue(long Value) : CelValue
{
    internal override string TypeName => "int";
}

internal sealed record UintValue(ulong Value) : CelValue
{
    internal override string TypeName => "uint";
}

internal sealed record DoubleValue(double Value) : CelValue
{
    internal override string TypeName => "double";
}

internal sealed record StringValue(string Value) : CelValue
{
    internal override string TypeName => "string";
}

internal sealed record BytesValue(ImmutableArray<byte> Value) : CelValue
{
    internal override string TypeName => "bytes";
}

/// <summary>A point in time, from year 1 to year 9999, in UTC.</summary>
/// <param name="Seconds">Since 1970-01-01.</param>
/// <param name="Nanos">0 to 999 999 999.</param>
internal sealed record TimestampValue(long Seconds, int Nanos) : CelValue
{
    internal const long MinSeconds = -62_135_596_800;
    internal const long MaxSeconds = 253_402_300_799;

    internal override string TypeName => "google.protobuf.Timestamp";

    internal Int128 TotalNanos => ((Int128)Seconds * 1_000_000_000) + Nanos;

    internal static CelValue FromNanos(Int128 nanos)
    {
        Int128 seconds = nanos / 1_000_000_000;
        Int128 rest = nanos % 1_000_000_000;
        if (rest < 0)
        {
            seconds--;
            rest += 1_000_000_000;
        }

        return seconds < MinSeconds || seconds > MaxSeconds
            ? new ErrorValue("timestamp out of range (year 1 to 9999)")
            : new TimestampValue((long)seconds, (int)rest);
    }

    internal static TimestampValue From(DateTimeOffset time)
    {
        long ticks = time.UtcTicks - DateTime.UnixEpoch.Ticks;
        long seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out long rest);
        return rest < 0
            ? new TimestampValue(seconds - 1, (int)(rest + TimeSpan.TicksPerSecond) * 100)
            : new TimestampValue(seconds, (int)rest * 100);
    }
}

/// <summary>A length of time, limited to 64-bit nanoseconds (about 292 years) like the reference implementation.</summary>
internal sealed record DurationValue(long Nanos) : CelValue
{
    internal override string TypeName => "google.protobuf.Duration";

    internal static CelValue FromNanos(Int128 nanos) =>
        nanos < long.MinValue || nanos > long.MaxValue ? new ErrorValue("duration out of range") : new DurationValue((long)nanos);
}

internal sealed record TypeValue(string Name) : CelValue
{
    internal override string TypeName => "type";
}

/// <summary>What an evaluation yields when it has no result.</summary>
internal sealed record ErrorValue(string Message) : CelValue
{
    internal override string TypeName => "error";

    internal static ErrorValue NoOverload(string what, CelValue left, CelValue right) =>
        new($"no such overload: {left.TypeName} {what} {right.TypeName}{Advice(left, right)}");

    internal static ErrorValue NoOverload(string function, params ReadOnlySpan<CelValue> arguments)
    {
        string[] types = new string[arguments.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            types[i] = arguments[i].TypeName;
        }

        return new($"no such overload: {function}({string.Join(", ", types)})");
    }

    private static string Advice(CelValue left, CelValue right) =>
        left != right && IsNumber(left) && IsNumber(right) ? "; convert one side, for example with double(x)" : "";

    private static bool IsNumber(CelValue value) => value is IntValue or UintValue or DoubleValue;
}
