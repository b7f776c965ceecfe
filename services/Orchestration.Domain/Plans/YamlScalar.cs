using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Orchestration.Domain.Plans;

/// <summary>The types of plain scalars, by the core schema of YAML 1.2: <c>yes</c>, <c>on</c> and <c>12:30</c> are strings.</summary>
internal static partial class YamlScalar
{
    internal static ScalarNode Resolve(Scalar scalar, Mark start)
    {
        string text = scalar.Value;
        if (scalar.Style != ScalarStyle.Plain)
        {
            return new ScalarNode(start, ScalarKind.Text, text, IsQuoted: true);
        }

        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => new ScalarNode(start, ScalarKind.Null, text),
            "true" or "True" or "TRUE" => new ScalarNode(start, ScalarKind.Flag, "true"),
            "false" or "False" or "FALSE" => new ScalarNode(start, ScalarKind.Flag, "false"),
            _ => Number(text) is { } number
                ? new ScalarNode(start, ScalarKind.Number, number)
                : new ScalarNode(start, ScalarKind.Text, text),
        };
    }

    /// <summary>The number as JSON writes it; null when the text is none. Infinity and NaN, which JSON lacks, stay strings.</summary>
    private static string? Number(string text)
    {
        if (JsonNumber.IsMatch(text))
        {
            return text;
        }

        if (Radix.IsMatch(text))
        {
            return ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong hex)
                && text[1] == 'x'
                ? hex.ToString(CultureInfo.InvariantCulture)
                : null;
        }

        return OtherNumber.IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value)
            ? Plain(text, value)
            : null;
    }

    /// <summary>Integers such as +7 and 007 keep all their digits.</summary>
    private static string Plain(string text, double value) =>
        Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out Int128 integer)
            ? integer.ToString(CultureInfo.InvariantCulture)
            : value.ToString("R", CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"\A-?(0|[1-9][0-9]{0,300})(\.[0-9]{1,300})?([eE][+-]?[0-9]{1,3})?\z",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex JsonNumber { get; }

    [GeneratedRegex(@"\A0x[0-9a-fA-F]{1,16}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Radix { get; }

    [GeneratedRegex(
        @"\A[-+]?(\.[0-9]{1,300}|[0-9]{1,300}(\.[0-9]{0,300})?)([eE][-+]?[0-9]{1,3})?\z",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OtherNumber { get; }
}
