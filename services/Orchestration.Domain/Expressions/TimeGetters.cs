using System.Globalization;

namespace Orchestration.Domain.Expressions;

/// <summary>Parts of timestamps, in UTC or a given zone, and of durations.</summary>
internal static class TimeGetters
{
    internal static readonly string[] Names =
    [
        "getDate", "getDayOfMonth", "getDayOfWeek", "getDayOfYear", "getFullYear", "getMonth",
        "getHours", "getMinutes", "getSeconds", "getMilliseconds",
    ];

    /// <summary>Null when the value has no such part.</summary>
    internal static CelValue? Get(string getter, CelValue value, string? zone)
    {
        if (value is DurationValue duration)
        {
            return zone is null ? OfDuration(getter, duration.Nanos) : null;
        }

        if (value is not TimestampValue time)
        {
            return null;
        }

        long seconds = time.Seconds;
        if (zone is not null)
        {
            if (OffsetAt(time, zone) is not { } offset)
            {
                return new ErrorValue($"unknown time zone '{zone}'");
            }

            seconds = Math.Clamp(seconds + (long)offset.TotalSeconds, TimestampValue.MinSeconds, TimestampValue.MaxSeconds);
        }

        return new IntValue(OfTime(getter, DateTime.UnixEpoch.AddSeconds(seconds), time.Nanos));
    }

    private static IntValue? OfDuration(string getter, long nanos) => getter switch
    {
        "getHours" => new IntValue(nanos / 3_600_000_000_000),
        "getMinutes" => new IntValue(nanos / 60_000_000_000),
        "getSeconds" => new IntValue(nanos / 1_000_000_000),
        // The part below one second, unlike the others; the reference says so.
        "getMilliseconds" => new IntValue(nanos / 1_000_000 % 1000),
        _ => null,
    };

    private static int OfTime(string getter, DateTime time, int nanos) => getter switch
    {
        "getDate" => time.Day,
        "getDayOfMonth" => time.Day - 1,
        "getDayOfWeek" => (int)time.DayOfWeek,
        "getDayOfYear" => time.DayOfYear - 1,
        "getFullYear" => time.Year,
        "getMonth" => time.Month - 1,
        "getHours" => time.Hour,
        "getMinutes" => time.Minute,
        "getSeconds" => time.Second,
        _ => nanos / 1_000_000,
    };

    /// <summary>A zone is a name such as <c>Europe/Berlin</c> or an offset such as <c>-08:00</c>.</summary>
    private static TimeSpan? OffsetAt(TimestampValue time, string zone)
    {
        ReadOnlySpan<char> digits = zone.AsSpan().TrimStart("+-");
        if (TimeSpan.TryParseExact(digits, @"hh\:mm", CultureInfo.InvariantCulture, out TimeSpan offset)
            && zone.Length - digits.Length <= 1)
        {
            return zone[0] == '-' ? -offset : offset;
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(zone, out TimeZoneInfo? info)
            ? info.GetUtcOffset(DateTime.UnixEpoch.AddSeconds(time.Seconds))
            : null;
    }
}
