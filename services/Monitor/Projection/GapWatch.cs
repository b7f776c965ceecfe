using System.Data.Common;
using Monitor.Storage;

namespace Monitor.Projection;

/// <summary>Warns of runs whose events wait for a missing one for long: once for each gap.</summary>
internal sealed partial class GapWatch(History history, TimeProvider time, ILogger<GapWatch> logger) : BackgroundService
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private HashSet<(RunKey Run, long Missing)> warned = [];

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var gaps = await history.Reader.ReadGapsAsync(time.GetUtcNow() - Patience, cancellationToken);
        foreach (var gap in gaps.Where(gap => !warned.Contains((gap.Run, gap.Missing))))
        {
            LogGap(logger, gap.Run.RunId, gap.Run.Tenant, gap.Missing, gap.Since, gap.Waiting);
        }

        warned = [.. gaps.Select(gap => (gap.Run, gap.Missing))];
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

    [LoggerMessage(1, LogLevel.Warning, "Run {Run} of {Tenant}: event {Missing} has not come since {Since:O}; {Waiting} later events wait for it.")]
    private static partial void LogGap(ILogger logger, string run, string tenant, long missing, DateTimeOffset since, long waiting);

    [LoggerMessage(2, LogLevel.Warning, "Gaps could not be looked for.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
