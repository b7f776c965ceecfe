using Grpc.HealthCheck;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Grpc.AspNetCore.HealthChecks;

/// <summary>Takes every periodic run of the checks over into the statuses that watchers follow.</summary>
internal sealed class HealthPublisher(HealthServiceImpl service, IOptions<GrpcHealthChecksOptions> options) : IHealthCheckPublisher
{
    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        foreach (var mapping in options.Value.Services)
        {
            var covered = report.Entries.Where(entry => mapping.Covers(entry.Key, entry.Value.Tags)).Select(entry => entry.Value);
            service.SetStatus(mapping.Name, StatusOf(covered));
        }

        return Task.CompletedTask;
    }

    /// <summary>A degraded service still serves; without any check nothing is known.</summary>
    public static ServingStatus StatusOf(IEnumerable<HealthReportEntry> entries)
    {
        var statuses = entries.Select(entry => entry.Status).ToList();
        return statuses switch
        {
            [] => ServingStatus.Unknown,
            _ when statuses.Contains(HealthStatus.Unhealthy) => ServingStatus.NotServing,
            _ => ServingStatus.Serving,
        };
    }
}
