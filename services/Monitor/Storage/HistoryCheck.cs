using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Monitor.Storage;

/// <summary>Ready while the database answers and has our tables.</summary>
internal sealed class HistoryCheck(History history) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!history.IsOpen)
        {
            return HealthCheckResult.Unhealthy($"{history.Database.Name} is not open yet");
        }

        await history.CheckAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
