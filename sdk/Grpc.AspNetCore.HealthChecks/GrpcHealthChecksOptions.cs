using Grpc.Health.V1;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Grpc.AspNetCore.HealthChecks;

/// <summary>How health checks become the statuses of services.</summary>
public sealed class GrpcHealthChecksOptions
{
    /// <summary>Which checks decide about which service. The service "" (the whole server) depends on all checks unless remapped.</summary>
    public ServiceMappingCollection Services { get; } = [];

    /// <summary>
    /// Whether an answer comes from the last periodic run of the checks (<see cref="IHealthCheckPublisher"/>) instead of a run
    /// for the request. False unless set.
    /// </summary>
    public bool UseHealthChecksCache { get; set; }

    /// <summary>
    /// Whether watchers are left open when the application stops. False unless set: then they get
    /// <see cref="HealthCheckResponse.Types.ServingStatus.NotServing"/> and end.
    /// </summary>
    public bool SuppressCompletionOnShutdown { get; set; }
}
