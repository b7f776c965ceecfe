using System.Globalization;
using System.Text.RegularExpressions;

namespace Sidecar.Jobs;

/// <summary>Durations as Go writes them: 1h30m, 1.5s, 300ms.</summary>
internal static partial class GoDuration
{
    private static readonly Dictionary<string, double> Ticks = new()
    {
        ["ns"] = 0.01,
        ["us"] = TimeSpan.TicksPerMicrosecond,
        ["µs"] = TimeSpan.TicksPerMicrosecond,
        ["ms"] = TimeSpan.TicksPerMillisecond,
        ["s"] = TimeSpan.TicksPerSecond,
        ["m"] = TimeSpan.TicksPerMinute,
        ["h"] = TimeSpan.TicksPerHour,
    };

    /// <summary>False for anything else, and for what is negative or longer than a thousand years.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text == "0")
        {
            return true;
        }

        var match = Whole().Match(text);
        if (!match.Success)
        {
            return false;
        }

        var ticks = match.Groups["number"].Captures.Zip(match.Groups["unit"].Captures)
            .Sum(part => double.Parse(part.First.ValueSpan, CultureInfo.InvariantCulture) * Ticks[part.Second.Value]);
        if (ticks > TimeSpan.FromDays(366_000).Ticks)
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)ticks);
        return true;
    }

    [GeneratedRegex(@"^(?:(?<number>[0-9]{1,15}(?:\.[0-9]{1,15})?)(?<unit>ns|us|µs|ms|s|m|h))+$")]
    private static partial Regex Whole();
}
