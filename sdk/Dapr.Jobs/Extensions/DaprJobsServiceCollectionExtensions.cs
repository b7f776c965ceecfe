using Dapr.Jobs.Callbacks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dapr.Jobs.Extensions;

/// <summary>Adds <see cref="DaprJobsClient"/> to an app.</summary>
public static class DaprJobsServiceCollectionExtensions
{
    /// <summary>
    /// Adds the client, and what the app needs to be triggered over gRPC. The client finds the sidecar by configuration, then by the
    /// environment.
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="configure">Configures the client.</param>
    /// <param name="lifetime">Lifetime of the client.</param>
    public static IDaprJobsBuilder AddDaprJobsClient(
        this IServiceCollection services,
        Action<IServiceProvider, DaprJobsClientBuilder>? configure = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
    {
        services.AddGrpc();
        services.TryAddSingleton<JobHandlerSlot>();
        services.Add(new ServiceDescriptor(typeof(DaprJobsClient), provider => Build(provider, configure), lifetime));
        return new DaprJobsBuilder(services);
    }

    private static DaprJobsClient Build(IServiceProvider provider, Action<IServiceProvider, DaprJobsClientBuilder>? configure)
    {
        var builder = new DaprJobsClientBuilder(provider.GetService<IConfiguration>());
        configure?.Invoke(provider, builder);
        return builder.Build();
    }
}
