using Dapr;
using Microsoft.Extensions.Options;
using Orchestration.Hosting.Errors;

namespace Orchestrator.Agents.Registry;

/// <summary>Reads the registry's records again and again.</summary>
internal sealed partial class RegistryRefresh(
    AgentRegistry registry, IOptions<AgentsOptions> options, TimeProvider time, ILogger<RegistryRefresh> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.RefreshInterval, time);
        var failing = false;
        do
        {
            try
            {
                await registry.RefreshAsync(stoppingToken);
                failing = false;
            }
            catch (Exception exception) when (exception is DaprException or FailureException && !stoppingToken.IsCancellationRequested)
            {
                // The last reading stands; what is said to this replica still counts.
                if (!failing)
                {
                    LogUnread(logger, exception);
                }

                failing = true;
            }
        }
        while (await WaitAsync(timer, stoppingToken));
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The agent registry's records cannot be read; the last reading stands.")]
    private static partial void LogUnread(ILogger logger, Exception exception);
}
