using System.Data.Common;
using Microsoft.Extensions.Options;
using Monitor.Storage;

namespace Monitor.Projection;

/// <summary>
/// Looks for runs whose events wait for a missing one. Warns of each gap once; one that has lasted too long is passed over with a
/// mark, so that the run's history goes on and says what it lacks.
/// </summary>
internal sealed partial class GapWatch(
    History history, EventIntake intake, EventCounts counts, IOptions<MonitorOptions> options, TimeProvider time, ILogger<GapWatch> logger)
    : BackgroundService
{
    public static readonly TimeSpan WarnAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    // When this process saw a gap first. A monitor that was away finds old gaps, and what fills them may be on its way.
    private Dictionary<(RunKey Run, long Missing), DateTimeOffset> seen = [];

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var patience = options.Value.GapPatience;
        var gaps = await history.Reader.ReadGapsAsync(now - WarnAfter, cancellationToken);
        foreach (var gap in gaps.Where(gap => !seen.ContainsKey((gap.Run, gap.Missing))))
        {
            LogGap(logger, gap.Run.RunId, gap.Run.Tenant, gap.Missing, gap.Since, gap.Waiting);
        }

        seen = gaps.ToDictionary(gap => (gap.Run, gap.Missing), gap => seen.GetValueOrDefault((gap.Run, gap.Missing), now));
        foreach (var gap in gaps.Where(gap => seen[(gap.Run, gap.Missing)] <= now - patience))
        {
            await PassOverAsync(gap, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (history.IsOpen)
            {
                await TryCheckAsync(stoppingToken);
            }
        }
    }

    /// <summary>Through the one writer, which knows whether the gap is still there.</summary>
    private async Task PassOverAsync(Gap gap, CancellationToken cancellationToken)
    {
        var next = gap.First > gap.Missing ? await history.Reader.FindParkedAsync(gap.Run, gap.First, cancellationToken) : null;
        if (next is not null && await intake.PassOverAsync(GapEvent.Of(gap, next), cancellationToken))
        {
            counts.PassedOver(gap.First - gap.Missing);
            LogPassedOver(logger, gap.Run.RunId, gap.Run.Tenant, gap.Missing, gap.First - 1, gap.Since);
        }
    }

    private async Task TryCheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await CheckAsync(cancellationToken);
        }
        catch (DbException exception)
        {
            LogFailed(logger, exception);
        }
    }

    [LoggerMessage(1, LogLevel.Warning,
        "Run {Run} of {Tenant}: event {Missing} has not come since {Since:O}; {Waiting} later events wait for it.")]
    private static partial void LogGap(ILogger logger, string run, string tenant, long missing, DateTimeOffset since, long waiting);

    [LoggerMessage(2, LogLevel.Warning, "Gaps could not be looked for.")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    [LoggerMessage(3, LogLevel.Error,
        "Run {Run} of {Tenant}: events {First} to {Last} have not come since {Since:O} and are passed over; its history is incomplete.")]
    private static partial void LogPassedOver(ILogger logger, string run, string tenant, long first, long last, DateTimeOffset since);
}
