using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Orchestration.Domain.Expressions;

/// <summary>The conversion functions; null means that there is no overload for the kind of value.</summary>
internal static class Conversions
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static CelValue? ToBool(CelValue value) => value switch
    {
        BoolValue => value,
        StringValue text => text.Value switch
        {
            "1" or "t" or "T" or "true" or "TRUE" or "True" => BoolValue.True,
            "0" or "f" or "F" or "false" or "FALSE" or "False" => BoolValue.False,
            _ => Invalid(text, "bool"),
        },
        _ => null,
    };

    internal static CelValue? ToInt(CelValue value) => value switch
    {
        IntValue => value,
        UintValue natural => natural.Value <= long.MaxValue ? new IntValue((long)natural.Value) : OutOfRange("int"),
        // Both bounds are excluded: a double cannot tell them from values beyond.
        DoubleValue number => number.Value is > -9223372036854775808.0 and < 9223372036854775808.0
            ? new IntValue((long)number.Value)
            : OutOfRange("int"),
        StringValue text => long.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long parsed)
            ? new IntValue(parsed)
            : Invalid(text, "int"),
        TimestampValue time => new IntValue(time.Seconds),
        _ => null,
    };

    internal static CelValue? ToUint(CelValue value) => value switch
    {
        UintValue => value,
        IntValue integer => integer.Value >= 0 ? new UintValue((ulong)integer.Value) : OutOfRange("uint"),
        DoubleValue number => number.Value is > -1.0 and < 18446744073709551616.0 ? new UintValue((ulong)number.Value) : OutOfRange("uint"),
        StringValue text => ulong.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong parsed)
            ? new UintValue(parsed)
            : Invalid(text, "uint"),
        _ => null,
    };

    internal static CelValue? ToDouble(CelValue value) => value switch
    {
        DoubleValue => value,
        IntValue integer => new DoubleValue(integer.Value),
        UintValue natural => new DoubleValue(natural.Value),
        StringValue text => ParseDouble(text),
        _ => null,
    };

    internal static CelValue? ToBytes(CelValue value) => value switch
    {
        BytesValue => value,
        StringValue text => new BytesValue([.. Encoding.UTF8.GetBytes(text.Value)]),
        _ => null,
    };

    internal static CelValue? ToStringValue(CelValue value) => value switch
    {
        StringValue => value,
        BoolValue flag => new StringValue(flag.Value ? "true" : "false"),
        IntValue integer => new StringValue(integer.Value.ToString(CultureInfo.InvariantCulture)),
        UintValue natural => new StringValue(natural.Value.ToString(CultureInfo.InvariantCulture)),
        DoubleValue number => new StringValue(Text(number.Value)),
        BytesValue bytes => Decode(bytes.Value),
        TimestampValue time => new StringValue(TimeParsing.Text(time)),
        DurationValue duration => new StringValue(TimeParsing.Text(duration)),
        _ => null,
    };

    private static string Text(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e'),
    };

    private static CelValue ParseDouble(StringValue text)
    {
        double? special = text.Value.ToLowerInvariant() switch
        {
            "inf" or "+inf" or "infinity" or "+infinity" => double.PositiveInfinity,
            "-inf" or "-infinity" => double.NegativeInfinity,
            "nan" => double.NaN,
            _ => null,
        };
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (special is null && double.TryParse(text.Value, Style, CultureInfo.InvariantCulture, out double parsed))
        {
            special = parsed;
        }

        return special is { } number ? new DoubleValue(number) : Invalid(text, "double");
    }

    private static CelValue Decode(ImmutableArray<byte> bytes)
    {
        try
        {
            return new StringValue(StrictUtf8.GetString(bytes.AsSpan()));
        }
        catch (DecoderFallbackException)
        {
            return new ErrorValue("the bytes are not UTF-8");
        }
    }

    private static ErrorValue OutOfRange(string type) => new($"the value is out of the range of {type}");

    private static ErrorValue Invalid(StringValue text, string type) =>
        new($"'{(text.Value.Length > 40 ? text.Value[..40] + "…" : text.Value)}' is not a valid {type}");
}
