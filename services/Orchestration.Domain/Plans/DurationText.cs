using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace Orchestration.Domain.Plans;

/// <summary>Durations of documents: <c>500ms</c>, <c>2s</c>, <c>1m30s</c>, <c>1.5h</c>, <c>2d</c>, ISO 8601 (<c>PT5M</c>), or a number of
/// milliseconds.</summary>
internal static partial class DurationText
{
    /// <summary>Longest duration a plan may name.</summary>
    internal static readonly TimeSpan Max = TimeSpan.FromDays(3650);

    internal static TimeSpan? Parse(string text)
    {
        string trimmed = text.Trim();
        return trimmed.StartsWith('P') ? ParseIso(trimmed) : ParseUnits(trimmed);
    }

    internal static TimeSpan? FromMilliseconds(string number) =>
        decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal milliseconds)
            ? FromTicks(milliseconds, TimeSpan.TicksPerMillisecond)
            : null;

    private static TimeSpan? ParseIso(string text)
    {
        try
        {
            TimeSpan duration = XmlConvert.ToTimeSpan(text);
            return duration < TimeSpan.Zero || duration > Max ? null : duration;
        }
        catch (Exception problem) when (problem is FormatException or OverflowException)
        {
            return null;
        }
    }

    private static TimeSpan? ParseUnits(string text)
    {
        Match match = Units.Match(text);
        if (!match.Success)
        {
            return null;
        }

        TimeSpan total = TimeSpan.Zero;
        for (int i = 0; i < match.Groups["unit"].Captures.Count; i++)
        {
            decimal number = decimal.Parse(match.Groups["number"].Captures[i].Value, CultureInfo.InvariantCulture);
            if (FromTicks(number, TicksPer(match.Groups["unit"].Captures[i].Value)) is not { } part || total + part > Max)
            {
                return null;
            }

            total += part;
        }

        return total;
    }

    private static long TicksPer(string unit) => unit switch
    {
        "d" => TimeSpan.TicksPerDay,
        "h" => TimeSpan.TicksPerHour,
        "m" => TimeSpan.TicksPerMinute,
        "s" => TimeSpan.TicksPerSecond,
        _ => TimeSpan.TicksPerMillisecond,
    };

    private static TimeSpan? FromTicks(decimal number, long perUnit) =>
        number >= 0 && number <= Max.Ticks / (decimal)perUnit ? TimeSpan.FromTicks((long)(number * perUnit)) : null;

    [GeneratedRegex(
        @"\A((?<number>[0-9]{1,15}(\.[0-9]{1,7})?)(?<unit>ms|d|h|m|s) ?){1,5}\z",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Units { get; }
}
