using System.Data.Common;
using Microsoft.Extensions.Options;
using Monitor.Storage;

namespace Monitor.Projection;

/// <summary>Keeps the history within its limits, again and again; every replica may.</summary>
internal sealed partial class RetentionSweep(
    History history, EventCounts counts, IOptions<MonitorOptions> options, TimeProvider time, ILogger<RetentionSweep> logger)
        : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private readonly Retention retention = new(history.Database);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var old = await retention.RemoveOldAsync(now - options.Value.KeepFor, cancellationToken);
        var lost = await retention.RemoveLostAsync(now - options.Value.KeepFor, cancellationToken);
        var surplus = await retention.RemoveSurplusAsync(options.Value.KeepRuns, now - Retention.Settled, cancellationToken);
        await retention.RemoveDeadLettersAsync(now - options.Value.KeepFor, cancellationToken);
        if (old + lost + surplus > 0)
        {
            counts.Removed(old + lost + surplus);
            LogRemoved(logger, old, options.Value.KeepFor, lost, surplus, options.Value.KeepRuns);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (history.IsOpen)
            {
                await TrySweepAsync(stoppingToken);
            }
        }
    }

    private async Task TrySweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SweepAsync(cancellationToken);
        }
        catch (DbException exception)
        {
            LogFailed(logger, exception);
        }
    }

    [LoggerMessage(1, LogLevel.Information,
        "Removed {Old} runs that ended more than {KeepFor} ago, {Lost} without an end that were silent as long, and {Surplus} beyond {KeepRuns} of a tenant.")]
    private static partial void LogRemoved(ILogger logger, long old, TimeSpan keepFor, long lost, long surplus, long keepRuns);

    [LoggerMessage(2, LogLevel.Warning, "Old runs could not be removed; they are next time.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
