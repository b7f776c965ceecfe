using Grpc.AspNetCore.HealthChecks;
using Grpc.HealthCheck;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the gRPC health service.</summary>
public static class GrpcHealthChecksEndpointRouteBuilderExtensions
{
    /// <summary>Maps grpc.health.v1.Health.</summary>
    /// <param name="builder">The routes.</param>
    /// <exception cref="InvalidOperationException">The service was not registered.</exception>
    public static GrpcServiceEndpointConventionBuilder MapGrpcHealthChecksService(this IEndpointRouteBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.ServiceProvider.GetService<HealthServiceImpl>() is null)
        {
            throw new InvalidOperationException("Call AddGrpcHealthChecks on the services before mapping the health service.");
        }

        return builder.MapGrpcService<MappedHealthService>();
    }
}
