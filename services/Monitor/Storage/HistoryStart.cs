namespace Monitor.Storage;

/// <summary>Opens the history. A database that is not there yet is tried again; the service is not ready meanwhile.</summary>
internal sealed partial class HistoryStart(History history, TimeProvider time, ILogger<HistoryStart> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>The first try is over before the ports open: a service that starts well is ready at once.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!await TryOpenAsync(cancellationToken))
        {
            await base.StartAsync(cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        do
        {
            await Task.Delay(Pause, time, stoppingToken);
        }
        while (!await TryOpenAsync(stoppingToken));
    }

    private async Task<bool> TryOpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await history.OpenAsync(cancellationToken);
            LogOpen(logger, history.Database.Name, Schema.Version);
            return true;
        }
#pragma warning disable CA1031 // a database can fail in many ways, and all of them may pass
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogClosed(logger, exception, history.Database.Name);
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "The history is open: {Database}, schema version {Version}.")]
    private static partial void LogOpen(ILogger logger, string database, int version);

    [LoggerMessage(2, LogLevel.Error, "The history cannot be opened: {Database}; it is tried again.")]
    private static partial void LogClosed(ILogger logger, Exception exception, string database);
}
