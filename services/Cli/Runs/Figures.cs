using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Orchestration.Contracts;

namespace Cli.Runs;

/// <summary>Times and counts for people.</summary>
internal static class Figures
{
    public static string Time(Timestamp? time) => time?.ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        ?? "";

    public static string Duration(Duration? duration) => duration is null ? "" : Seconds(duration.ToTimeSpan());

    public static string Between(Timestamp? from, Timestamp? to) => from is null || to is null
        ? ""
        : Seconds(to.ToDateTimeOffset() - from.ToDateTimeOffset());

    /// <summary>Clocks of two machines differ: what has just begun may seem to lie ahead.</summary>
    public static string SoFar(Timestamp? from, DateTimeOffset now) =>
        from is null ? "" : Seconds(now > from.ToDateTimeOffset() ? now - from.ToDateTimeOffset() : TimeSpan.Zero) + " so far";

    public static string Items(int count) => count == 1 ? "1 item" : string.Create(CultureInfo.InvariantCulture, $"{count} items");

    public static string Steps(Run run)
    {
        var failed = run.StepsFailed > 0 ? string.Create(CultureInfo.InvariantCulture, $", {run.StepsFailed} failed") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{run.StepsEnded} of {run.StepsTotal} ended{failed}");
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00} s");
}
