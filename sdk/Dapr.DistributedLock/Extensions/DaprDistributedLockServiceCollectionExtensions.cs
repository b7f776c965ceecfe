using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dapr.DistributedLock.Extensions;

/// <summary>Adds <see cref="DaprDistributedLockClient"/> to an app.</summary>
[Experimental("DAPR_DISTRIBUTEDLOCK")]
public static class DaprDistributedLockServiceCollectionExtensions
{
    /// <summary>Adds the client. It finds the sidecar by configuration, then by the environment.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="configure">Configures the client.</param>
    /// <param name="lifetime">Lifetime of the client.</param>
    public static IDaprDistributedLockBuilder AddDaprDistributedLock(
        this IServiceCollection services,
        Action<IServiceProvider, DaprDistributedLockBuilder>? configure = null,
        ServiceLifetime lifetime = ServiceLifetime.Scoped)
    {
        services.Add(new ServiceDescriptor(typeof(DaprDistributedLockClient), provider => Build(provider, configure), lifetime));
        return new DaprLockBuilder(services);
    }

    private static DaprDistributedLockClient Build(
        IServiceProvider provider, Action<IServiceProvider, DaprDistributedLockBuilder>? configure)
    {
        var builder = new DaprDistributedLockBuilder(provider.GetService<IConfiguration>());
        configure?.Invoke(provider, builder);
        return builder.Build();
    }
}
