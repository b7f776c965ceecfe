namespace Sidecar.Jobs;

/// <summary>When a job is triggered again and again.</summary>
internal sealed class JobSchedule
{
    private const string Every = "@every ";
    private const string Zone = "CRON_TZ=";

    private static readonly Dictionary<string, string> Named = new()
    {
        ["@yearly"] = "0 0 0 1 1 *",
        ["@annually"] = "0 0 0 1 1 *",
        ["@monthly"] = "0 0 0 1 * *",
        ["@weekly"] = "0 0 0 * * 0",
        ["@daily"] = "0 0 0 * * *",
        ["@midnight"] = "0 0 0 * * *",
        ["@hourly"] = "0 0 * * * *",
    };

    private readonly TimeSpan interval;
    private readonly CronExpression? cron;

    private JobSchedule(TimeSpan interval, CronExpression? cron)
    {
        this.interval = interval;
        this.cron = cron;
    }

    /// <summary>Null when it is not understood.</summary>
    public static JobSchedule? TryParse(string text)
    {
        if (text.StartsWith(Every, StringComparison.Ordinal))
        {
            return GoDuration.TryParse(text[Every.Length..].Trim(), out var interval) && interval > TimeSpan.Zero
                ? new JobSchedule(interval, null)
                : null;
        }

        var zone = TimeZoneInfo.Utc;
        if (text.StartsWith(Zone, StringComparison.Ordinal))
        {
            var parts = text[Zone.Length..].Split(' ', 2);
            if (parts.Length < 2 || !TimeZoneInfo.TryFindSystemTimeZoneById(parts[0], out zone))
            {
                return null;
            }

            text = parts[1].Trim();
        }

        return CronExpression.TryParse(Named.GetValueOrDefault(text, text), zone) is { } cron ? new JobSchedule(TimeSpan.Zero, cron) : null;
    }

    /// <summary>The trigger after this one; null when there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after) => cron is null ? after + interval : cron.Next(after);

    /// <summary>The trigger that follows one of <paramref name="last"/> and is not before <paramref name="now"/>: ticks that were missed
    /// are not made up for.</summary>
    public DateTimeOffset? NextFrom(DateTimeOffset last, DateTimeOffset now)
    {
        if (cron is not null)
        {
            return cron.Next(last > now ? last : now);
        }

        var missed = now > last ? (now - last).Ticks / interval.Ticks : 0;
        return last + ((missed + 1) * interval);
    }
}
