using System.Globalization;

namespace Sidecar.Jobs;

/// <summary>
/// A cron expression of six fields: second, minute, hour, day of month, month, day of week. A day matches one of the two
/// day fields when both are restricted, as in every cron.
/// </summary>
internal sealed class CronExpression
{
    private const int SearchedYears = 8;

    private static readonly (int Low, int High, string Names)[] Fields =
        [(0, 59, ""), (0, 59, ""), (0, 23, ""), (1, 31, ""), (1, 12, "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC"), (
            0, 7, "SUNMONTUEWEDTHUFRISAT")];

    private readonly bool[][] sets;
    private readonly bool anyDay;
    private readonly TimeZoneInfo zone;

    private CronExpression(bool[][] sets, bool anyDay, TimeZoneInfo zone)
    {
        this.sets = sets;
        this.anyDay = anyDay;
        this.zone = zone;
    }

    /// <summary>Null when it is not understood.</summary>
    public static CronExpression? TryParse(string text, TimeZoneInfo zone)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length != Fields.Length)
        {
            return null;
        }

        var sets = parts.Select((part, i) => Parse(part, Fields[i])).ToArray();
        if (Array.TrueForAll(sets, set => set is not null))
        {
            // Seven is Sunday too.
            sets[5]![0] |= sets[5]![7];
            return new CronExpression(sets!, IsAny(parts[3]) || IsAny(parts[5]), zone);
        }

        return null;
    }

    /// <summary>The first match after a time; null when there is none for years, as on 30 February.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var local = TimeZoneInfo.ConvertTime(after, zone).DateTime;
        var time = new DateTime(local.Year, local.Month, local.Day, local.Hour, local.Minute, local.Second).AddSeconds(1);
        var end = time.AddYears(SearchedYears);
        while (time < end)
        {
            if (!sets[4][time.Month])
            {
                time = new DateTime(time.Year, time.Month, 1).AddMonths(1);
            }
            else if (!MatchesDay(time))
            {
                time = time.Date.AddDays(1);
            }
            else if (!sets[2][time.Hour])
            {
                time = time.Date.AddHours(time.Hour + 1);
            }
            else if (!sets[1][time.Minute])
            {
                time = time.AddSeconds(60 - time.Second);
            }
            else if (!sets[0][time.Second] || zone.IsInvalidTime(time))
            {
                time = time.AddSeconds(1);
            }
            else if (new DateTimeOffset(time, zone.GetUtcOffset(time)) is var found && found > after)
            {
                return found.ToUniversalTime();
            }
            else
            {
                // The hour that the clocks go back comes twice and counts once.
                time = time.AddSeconds(1);
            }
        }

        return null;
    }

    private bool MatchesDay(DateTime time)
    {
        var ofMonth = sets[3][time.Day];
        var ofWeek = sets[5][(int)time.DayOfWeek];
        return anyDay ? ofMonth && ofWeek : ofMonth || ofWeek;
    }

    private static bool IsAny(string part) => part[0] is '*' or '?';

    /// <summary>One flag per value; null when it is not understood.</summary>
    private static bool[]? Parse(string text, (int Low, int High, string Names) field)
    {
        var set = new bool[field.High + 1];
        foreach (var item in text.Split(','))
        {
            if (!TryParse(item, field, out var from, out var to, out var step))
            {
                return null;
            }

            for (var i = from; i <= to; i += step)
            {
                set[i] = true;
            }
        }

        return set;
    }

    /// <summary>A value, a range or everything, with or without a step.</summary>
    private static bool TryParse(string item, (int Low, int High, string Names) field, out int from, out int to, out int step)
    {
        (from, to, step) = (field.Low, field.High, 1);
        var parts = item.Split('/');
        if (parts.Length > 2
            || (parts.Length == 2 && !(int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out step) && step > 0)))
        {
            return false;
        }

        if (parts[0] is "*" or "?")
        {
            return true;
        }

        var ends = parts[0].Split('-');
        if (ends.Length > 2 || !TryValue(ends[0], field, out from) || !TryValue(ends[^1], field, out to))
        {
            return false;
        }

        // A step without an end of the range goes to the end of the field.
        to = ends.Length == 1 && parts.Length == 2 ? field.High : to;
        return from <= to;
    }

    private static bool TryValue(string text, (int Low, int High, string Names) field, out int value)
    {
        var name = text.Length == 3 ? field.Names.IndexOf(text, StringComparison.OrdinalIgnoreCase) : -1;
        if (name >= 0 && name % 3 == 0)
        {
            value = (name / 3) + field.Low;
            return true;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= field.Low && value <= field.High;
    }
}
