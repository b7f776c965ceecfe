using System.Globalization;

namespace Dapr.Jobs;

/// <summary>Builds a cron expression of six fields, seconds first. A field that is not set matches always.</summary>
public sealed class CronExpressionBuilder
{
    private const string Always = "*";

    private readonly string[] _fields = [Always, Always, Always, Always, Always, Always];

    /// <summary>Triggers at these values of a field.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside the field's range.</exception>
    public CronExpressionBuilder On(OnCronPeriod period, params int[] values)
    {
        var (first, last) = Range((CronPeriod)period);
        return Set((CronPeriod)period, List(values, value => Number(InRange(value, first, last))));
    }

    /// <summary>Triggers in these months.</summary>
    public CronExpressionBuilder On(params MonthOfYear[] months) => Set(CronPeriod.Month, List(months, Name));

    /// <summary>Triggers on these days.</summary>
    public CronExpressionBuilder On(params DayOfWeek[] days) => Set(CronPeriod.DayOfWeek, List(days, Name));

    /// <summary>Triggers at each value of a range, its ends included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An end is outside the field's range.</exception>
    /// <exception cref="ArgumentException">The range does not go up.</exception>
    public CronExpressionBuilder Through(ThroughCronPeriod period, int from, int to)
    {
        var (first, last) = Range((CronPeriod)period);
        return Through((CronPeriod)period, InRange(from, first, last), InRange(to, first, last), Number);
    }

    /// <summary>Triggers on each day of a range, its ends included.</summary>
    /// <exception cref="ArgumentException">The range does not go up.</exception>
    public CronExpressionBuilder Through(DayOfWeek from, DayOfWeek to) => Through(CronPeriod.DayOfWeek, from, to, Name);

    /// <summary>Triggers in each month of a range, its ends included.</summary>
    /// <exception cref="ArgumentException">The range does not go up.</exception>
    public CronExpressionBuilder Through(MonthOfYear from, MonthOfYear to) => Through(CronPeriod.Month, from, to, Name);

    /// <summary>Triggers at every value of a field.</summary>
    public CronExpressionBuilder Each(CronPeriod period) => Set(period, Always);

    /// <summary>Triggers at every n-th value of a field.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The interval is below 1.</exception>
    public CronExpressionBuilder Every(EveryCronPeriod period, int interval)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(interval);
        return Set(Field(period), $"*/{Number(interval)}");
    }

    /// <summary>The expression.</summary>
    public override string ToString() => string.Join(' ', _fields);

    private CronExpressionBuilder Through<T>(CronPeriod field, T from, T to, Func<T, string> text) =>
        Comparer<T>.Default.Compare(from, to) < 0
            ? Set(field, $"{text(from)}-{text(to)}")
            : throw new ArgumentException($"The range {text(from)}-{text(to)} does not go up.", nameof(to));

    private CronExpressionBuilder Set(CronPeriod field, string text)
    {
        _fields[(int)field] = text;
        return this;
    }

    private static string List<T>(T[] values, Func<T, string> text)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Length, nameof(values));
        return string.Join(',', values.Distinct().Order().Select(text));
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Name<T>(T value) where T : struct, Enum => value.ToString()[..3].ToUpperInvariant();

    private static int InRange(int value, int first, int last)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, last);
        return value;
    }

    private static (int First, int Last) Range(CronPeriod field) => field switch
    {
        CronPeriod.Hour => (0, 23),
        CronPeriod.DayOfMonth => (1, 31),
        CronPeriod.Month => (1, 12),
        _ => (0, 59),
    };

    private static CronPeriod Field(EveryCronPeriod period) => period switch
    {
        EveryCronPeriod.Month => CronPeriod.Month,
        EveryCronPeriod.DayInMonth => CronPeriod.DayOfMonth,
        EveryCronPeriod.DayInWeek => CronPeriod.DayOfWeek,
        _ => (CronPeriod)period,
    };
}
