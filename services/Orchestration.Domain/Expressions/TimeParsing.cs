using System.Globalization;
using System.Text.RegularExpressions;

namespace Orchestration.Domain.Expressions;

/// <summary>Timestamps as RFC 3339 and durations as numbers with units, both ways.</summary>
internal static partial class TimeParsing
{
    internal static CelValue? ToTimestamp(CelValue value) => value switch
    {
        TimestampValue => value,
        IntValue seconds => TimestampValue.FromNanos((Int128)seconds.Value * 1_000_000_000),
        StringValue text => ParseTimestamp(text.Value),
        _ => null,
    };

    internal static CelValue? ToDuration(CelValue value) => value switch
    {
        DurationValue => value,
        StringValue text => ParseDuration(text.Value),
        _ => null,
    };

    internal static string Text(TimestampValue time)
    {
        DateTime date = DateTime.UnixEpoch.AddSeconds(time.Seconds);
        return date.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) + Fraction(time.Nanos) + "Z";
    }

    internal static string Text(DurationValue duration)
    {
        Int128 nanos = Int128.Abs(duration.Nanos);
        string sign = duration.Nanos < 0 ? "-" : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{sign}{(long)(nanos / 1_000_000_000)}{Fraction((int)(nanos % 1_000_000_000))}s");
    }

    private static string Fraction(int nanos) =>
        nanos == 0 ? "" : "." + nanos.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');

    private static CelValue ParseTimestamp(string text)
    {
        Match match = Timestamp.Match(text);
        if (!match.Success
            || !DateTime.TryParseExact(
                match.Groups["time"].Value, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local))
        {
            return new ErrorValue("not a timestamp between year 1 and 9999 such as 2026-01-31T23:59:59Z");
        }

        int nanos = int.Parse(match.Groups["fraction"].Value.PadRight(9, '0'), CultureInfo.InvariantCulture);
        Int128 seconds = (local.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
        return TimestampValue.FromNanos(((seconds - OffsetSeconds(match.Groups["zone"].Value)) * 1_000_000_000) + nanos);
    }

    private static int OffsetSeconds(string zone)
    {
        if (zone is "Z" or "z")
        {
            return 0;
        }

        int hours = int.Parse(zone.AsSpan(1, 2), CultureInfo.InvariantCulture);
        int minutes = int.Parse(zone.AsSpan(4, 2), CultureInfo.InvariantCulture);
        return (zone[0] == '-' ? -60 : 60) * ((hours * 60) + minutes);
    }

    private static CelValue ParseDuration(string text)
    {
        Match match = Duration.Match(text);
        if (!match.Success)
        {
            return new ErrorValue("not a duration such as 1h30m, 1.5s or 100ms");
        }

        Int128 total = 0;
        for (int i = 0; i < match.Groups["unit"].Captures.Count; i++)
        {
            total += Nanos(match.Groups["number"].Captures[i].Value, match.Groups["unit"].Captures[i].Value);
        }

        return DurationValue.FromNanos(match.Groups["sign"].Value == "-" ? -total : total);
    }

    private static Int128 Nanos(string number, string unit)
    {
        long perUnit = unit switch
        {
            "h" => 3_600_000_000_000,
            "m" => 60_000_000_000,
            "s" => 1_000_000_000,
            "ms" => 1_000_000,
            "us" or "µs" or "μs" => 1_000,
            _ => 1,
        };
        int point = number.IndexOf('.', StringComparison.Ordinal);
        string whole = point < 0 ? number : number[..point];
        string fraction = point < 0 ? "" : number[(point + 1)..];
        // 18 digits decide; what is behind them is far below a nanosecond.
        string significant = fraction.Length > 18 ? fraction[..18] : fraction;
        Int128 scaled = significant.Length == 0
            ? 0
            : Int128.Parse(significant, CultureInfo.InvariantCulture) * perUnit / Power(significant.Length);
        return whole.Length == 0 ? scaled : (Int128.Parse(whole, CultureInfo.InvariantCulture) * perUnit) + scaled;
    }

    private static Int128 Power(int digits)
    {
        Int128 power = 1;
        for (int i = 0; i < digits; i++)
        {
            power *= 10;
        }

        return power;
    }

    [GeneratedRegex(@"\A(?<time>\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d)(\.(?<fraction>\d{1,9})\d*)?(?<zone>[Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Timestamp { get; }

    [GeneratedRegex(@"\A(?<sign>[+-]?)((?<number>[0-9]{1,19}(\.[0-9]{0,30})?|\.[0-9]{1,30})(?<unit>h|ms|m|s|us|µs|μs|ns)){1,8}\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Duration { get; }
}
