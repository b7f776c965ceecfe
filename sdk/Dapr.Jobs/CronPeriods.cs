namespace Dapr.Jobs;

/// <summary>A field of a cron expression.</summary>
public enum CronPeriod
{
    /// <summary>Seconds.</summary>
    Second,

    /// <summary>Minutes.</summary>
    Minute,

    /// <summary>Hours.</summary>
    Hour,

    /// <summary>Days of the month.</summary>
    DayOfMonth,

    /// <summary>Months.</summary>
    Month,

    /// <summary>Days of the week.</summary>
    DayOfWeek,
}

/// <summary>A field that can have single values.</summary>
public enum OnCronPeriod
{
    /// <summary>Seconds, 0 to 59.</summary>
    Second,

    /// <summary>Minutes, 0 to 59.</summary>
    Minute,

    /// <summary>Hours, 0 to 23.</summary>
    Hour,

    /// <summary>Days of the month, 1 to 31.</summary>
    DayOfMonth,
}

/// <summary>A field that can have a range.</summary>
public enum ThroughCronPeriod
{
    /// <summary>Seconds, 0 to 59.</summary>
    Second,

    /// <summary>Minutes, 0 to 59.</summary>
    Minute,

    /// <summary>Hours, 0 to 23.</summary>
    Hour,

    /// <summary>Days of the month, 1 to 31.</summary>
    DayOfMonth,

    /// <summary>Months, 1 to 12.</summary>
    Month,
}

/// <summary>A field that can have an interval.</summary>
public enum EveryCronPeriod
{
    /// <summary>Seconds.</summary>
    Second,

    /// <summary>Minutes.</summary>
    Minute,

    /// <summary>Hours.</summary>
    Hour,

    /// <summary>Months.</summary>
    Month,

    /// <summary>Days of the month.</summary>
    DayInMonth,

    /// <summary>Days of the week.</summary>
    DayInWeek,
}
