using Grpc.Net.ClientFactory;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers gRPC clients.</summary>
public static class GrpcClientServiceExtensions
{
    /// <summary>Registers a client under the name of its type; its address is configured elsewhere.</summary>
    /// <typeparam name="TClient">The client.</typeparam>
    /// <param name="services">The services.</param>
    public static IHttpClientBuilder AddGrpcClient<TClient>(this IServiceCollection services)
        where TClient : class => services.AddGrpcClient<TClient>(typeof(TClient).Name);

    /// <summary>Registers a client under the name of its type.</summary>
    /// <typeparam name="TClient">The client.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="configureClient">Sets its address and more.</param>
    public static IHttpClientBuilder AddGrpcClient<TClient>(
        this IServiceCollection services, Action<GrpcClientFactoryOptions> configureClient)
        where TClient : class => services.AddGrpcClient<TClient>(typeof(TClient).Name, configureClient);

    /// <summary>Registers a client under the name of its type.</summary>
    /// <typeparam name="TClient">The client.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="configureClient">Sets its address and more.</param>
    public static IHttpClientBuilder AddGrpcClient<TClient>(
        this IServiceCollection services, Action<IServiceProvider, GrpcClientFactoryOptions> configureClient)
        where TClient : class => services.AddGrpcClient<TClient>(typeof(TClient).Name, configureClient);

    /// <summary>Registers a client under a name; its address is configured elsewhere.</summary>
    /// <typeparam name="TClient">The client.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="name">The name.</param>
    public static IHttpClientBuilder AddGrpcClient<TClient>(this IServiceCollection services, string name)
        where TClient : class => services.AddGrpcClient<TClient>(name, (_, _) => { });

    /// <summary>Registers a client under a name.</summary>
    /// <typeparam name="TClient">The client.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="name">The name.</param>
    /// <param name="configureClient">Sets its address and more.</param>
    public static IHttpClientBuilder AddGrpcClient<TClient>(
        this IServiceCollection services, string name, Action<GrpcClientFactoryOptions> configureClient)
        where TClient : class
    {
        ArgumentNullException.ThrowIfNull(configureClient);
        return services.AddGrpcClient<TClient>(name, (_, options) => configureClient(options));
    }

    /// <summary>Registers a client under a name.</summary>
    /// <typeparam name="TClient">The client.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="name">The name.</param>
    /// <param name="configureClient">Sets its address and more.</param>
    public static IHttpClientBuilder AddGrpcClient<TClient>(
        this IServiceCollection services, string name, Action<IServiceProvider, GrpcClientFactoryOptions> configureClient)
        where TClient : class
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configureClient);

        services.TryAddSingleton<ChannelCache>();
        services.TryAddTransient<GrpcClientFactory, ScopedClientFactory>();
        services.AddTransient(provider => provider.GetRequiredService<GrpcClientFactory>().CreateClient<TClient>(name));
        services.AddSingleton(new GrpcClientName(name));
        services.ConfigureGrpcClient(name, (_, options) => options.IsRegistered = true);
        services.ConfigureGrpcClient(name, configureClient);

        // The channel keeps its handler as long as it lives.
        services.Configure<HttpClientFactoryOptions>(name, options => options.HandlerLifetime = Timeout.InfiniteTimeSpan);
        return services.AddHttpClient(name)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { EnableMultipleHttp2Connections = true });
    }

    internal static void ConfigureGrpcClient(
        this IServiceCollection services, string name, Action<IServiceProvider, GrpcClientFactoryOptions> configure) =>
        services.AddTransient<IConfigureOptions<GrpcClientFactoryOptions>>(provider =>
            new ConfigureNamedOptions<GrpcClientFactoryOptions>(name, options => configure(provider, options)));
}
