using System.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using GrpcService = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers server reflection.</summary>
public static class GrpcReflectionServiceExtensions
{
    /// <summary>Registers server reflection for all gRPC services that are mapped.</summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddGrpcReflection(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(provider => new ReflectionServiceImpl(Mapped(provider)));
        services.TryAddSingleton(provider => new ReflectionV1ServiceImpl(Mapped(provider)));
        return services;
    }

    private static List<GrpcService> Mapped(IServiceProvider provider) =>
    [
        .. provider.GetRequiredService<EndpointDataSource>().Endpoints
            .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.ServiceType)
            .OfType<Type>()
            .Distinct()
            .Select(Describe)
            .OfType<GrpcService>(),
    ];

    // Generated code names the class that holds the descriptor on the service's base class.
    private static GrpcService? Describe(Type service) =>
        service.GetCustomAttribute<BindServiceMethodAttribute>(inherit: true)?.BindType
            .GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as GrpcService;
}
