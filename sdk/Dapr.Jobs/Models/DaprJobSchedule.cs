using System.Globalization;
using System.Text.RegularExpressions;

namespace Dapr.Jobs.Models;

/// <summary>When a job is triggered: once, or again and again.</summary>
public sealed partial class DaprJobSchedule
{
    private DaprJobSchedule(string expression) => ExpressionValue = expression;

    /// <summary>Once a year.</summary>
    public static DaprJobSchedule Yearly => new("@yearly");

    /// <summary>Once a month.</summary>
    public static DaprJobSchedule Monthly => new("@monthly");

    /// <summary>Once a week.</summary>
    public static DaprJobSchedule Weekly => new("@weekly");

    /// <summary>Once a day.</summary>
    public static DaprJobSchedule Daily => new("@daily");

    /// <summary>Once a day, at midnight.</summary>
    public static DaprJobSchedule Midnight => new("@midnight");

    /// <summary>At the beginning of each hour.</summary>
    public static DaprJobSchedule Hourly => new("@hourly");

    /// <summary>The schedule as the sidecar reads it.</summary>
    public string ExpressionValue { get; }

    /// <summary>Whether it is one of the periods with a name, or an interval.</summary>
    public bool IsPrefixedPeriodExpression => Prefixed().IsMatch(ExpressionValue);

    /// <summary>Whether it is a point in time.</summary>
    public bool IsPointInTimeExpression => DateTimeOffset.TryParse(ExpressionValue, CultureInfo.InvariantCulture, out _);

    /// <summary>Whether it is an interval.</summary>
    public bool IsDurationExpression => Duration().IsMatch(ExpressionValue);

    /// <summary>Whether it is a cron expression of six fields.</summary>
    public bool IsCronExpression => Cron().IsMatch(ExpressionValue);

    /// <summary>A cron schedule.</summary>
    public static DaprJobSchedule FromCronExpression(CronExpressionBuilder builder) => new(builder.ToString());

    /// <summary>Once, at this time.</summary>
    public static DaprJobSchedule FromDateTime(DateTimeOffset scheduledTime) =>
        new(scheduledTime.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>A cron expression of six fields, seconds first, or a period such as @daily or @every 1h30m.</summary>
    public static DaprJobSchedule FromExpression(string expression)
    {
        ArgumentException.ThrowIfNullOrEmpty(expression);
        return new DaprJobSchedule(expression);
    }

    /// <summary>Again and again, this far apart.</summary>
    /// <param name="duration">The interval, at least a millisecond.</param>
    public static DaprJobSchedule FromDuration(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.FromMilliseconds(1));
        return new DaprJobSchedule(string.Create(
            CultureInfo.InvariantCulture,
            $"@every {(int)duration.TotalHours}h{duration.Minutes}m{duration.Seconds}s{duration.Milliseconds}ms"));
    }

    [GeneratedRegex(@"^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every ([0-9]+(ms|s|m|h))+)$")]
    private static partial Regex Prefixed();

    [GeneratedRegex("^(@every )?([0-9]+(ms|s|m|h))+$")]
    private static partial Regex Duration();

    [GeneratedRegex(@"^((\*|[0-9A-Z]+(-[0-9A-Z]+)?)(/[0-9]+)?(,(\*|[0-9A-Z]+(-[0-9A-Z]+)?)(/[0-9]+)?)*( |$)){6}(?<! )$")]
    private static partial Regex Cron();
}
