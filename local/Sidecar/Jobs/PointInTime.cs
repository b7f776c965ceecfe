using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace Sidecar.Jobs;

/// <summary>When a job is due or ends: an RFC 3339 time, or a Go or ISO 8601 duration from now on.</summary>
internal static partial class PointInTime
{
    public static bool TryParse(string text, DateTimeOffset now, out DateTimeOffset time)
    {
        if (Rfc3339().IsMatch(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time))
        {
            return true;
        }

        time = now;
        if (GoDuration.TryParse(text, out var duration))
        {
            time = now + duration;
            return true;
        }

        return text.StartsWith('P') && TryAddIso(text, now, out time);
    }

    // Months and years count by the calendar, not by thirty days.
    private static bool TryAddIso(string text, DateTimeOffset now, out DateTimeOffset time)
    {
        var match = IsoDuration().Match(text);
        time = now;
        if (!match.Success || text.EndsWith('T') || text == "P")
        {
            return false;
        }

        int Number(string name) => match.Groups[name] is { Success: true } group
            ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture)
            : 0;
        time = now.AddYears(Number("years")).AddMonths(Number("months")).AddDays((7 * Number("weeks")) + Number("days"));
        if (match.Groups["time"] is { Success: true } rest)
        {
            time += XmlConvert.ToTimeSpan($"P{rest.Value}");
        }

        return true;
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$")]
    private static partial Regex Rfc3339();

    [GeneratedRegex(
        @"^P(?:(?<years>\d{1,3})Y)?(?:(?<months>\d{1,4})M)?(?:(?<weeks>\d{1,5})W)?(?:(?<days>\d{1,6})D)?(?<time>T(?:\d{1,7}H)?(?:\d{1,"
        + @"8}M)?(?:\d{1,9}(?:\.\d{1,7})?S)?)?$")]
    private static partial Regex IsoDuration();
}
