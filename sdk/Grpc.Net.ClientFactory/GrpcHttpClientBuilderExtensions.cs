using System.Runtime.CompilerServices;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Grpc.Net.ClientFactory;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Configures registered gRPC clients. All methods throw <see cref="InvalidOperationException"/> for other clients.</summary>
public static class GrpcHttpClientBuilderExtensions
{
    /// <summary>Changes the options of the channel before it is made.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configureChannel">Changes them.</param>
    public static IHttpClientBuilder ConfigureChannel(
        this IHttpClientBuilder builder, Action<IServiceProvider, GrpcChannelOptions> configureChannel)
    {
        ArgumentNullException.ThrowIfNull(configureChannel);
        return builder.With((services, options) => options.ChannelOptionsActions.Add(channel => configureChannel(services, channel)));
    }

    /// <summary>Changes the options of the channel before it is made.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configureChannel">Changes them.</param>
    public static IHttpClientBuilder ConfigureChannel(this IHttpClientBuilder builder, Action<GrpcChannelOptions> configureChannel)
    {
        ArgumentNullException.ThrowIfNull(configureChannel);
        return builder.With((_, options) => options.ChannelOptionsActions.Add(configureChannel));
    }

    /// <summary>Adds an interceptor that is made once for the channel.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configureInvoker">Makes it.</param>
    public static IHttpClientBuilder AddInterceptor(
        this IHttpClientBuilder builder, Func<IServiceProvider, Interceptor> configureInvoker) =>
        builder.AddInterceptor(InterceptorScope.Channel, configureInvoker);

    /// <summary>Adds an interceptor that is made once for the channel.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configureInvoker">Makes it.</param>
    public static IHttpClientBuilder AddInterceptor(this IHttpClientBuilder builder, Func<Interceptor> configureInvoker) =>
        builder.AddInterceptor(InterceptorScope.Channel, configureInvoker);

    /// <summary>Adds an interceptor.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="scope">How long it lives.</param>
    /// <param name="configureInvoker">Makes it.</param>
    public static IHttpClientBuilder AddInterceptor(
        this IHttpClientBuilder builder, InterceptorScope scope, Func<Interceptor> configureInvoker)
    {
        ArgumentNullException.ThrowIfNull(configureInvoker);
        return builder.AddInterceptor(scope, _ => configureInvoker());
    }

    /// <summary>Adds an interceptor.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="scope">How long it lives.</param>
    /// <param name="configureInvoker">Makes it.</param>
    public static IHttpClientBuilder AddInterceptor(
        this IHttpClientBuilder builder, InterceptorScope scope, Func<IServiceProvider, Interceptor> configureInvoker)
    {
        ArgumentNullException.ThrowIfNull(configureInvoker);
        return builder.With((_, options) => options.InterceptorRegistrations.Add(new InterceptorRegistration(scope, configureInvoker)));
    }

    /// <summary>Adds an interceptor of the container that is taken once for the channel.</summary>
    /// <typeparam name="TInterceptor">The interceptor.</typeparam>
    /// <param name="builder">The client.</param>
    public static IHttpClientBuilder AddInterceptor<TInterceptor>(this IHttpClientBuilder builder)
        where TInterceptor : Interceptor => builder.AddInterceptor<TInterceptor>(InterceptorScope.Channel);

    /// <summary>Adds an interceptor of the container.</summary>
    /// <typeparam name="TInterceptor">The interceptor.</typeparam>
    /// <param name="builder">The client.</param>
    /// <param name="scope">How long it lives.</param>
    public static IHttpClientBuilder AddInterceptor<TInterceptor>(this IHttpClientBuilder builder, InterceptorScope scope)
        where TInterceptor : Interceptor => builder.AddInterceptor(scope, services => services.GetRequiredService<TInterceptor>());

    /// <summary>Adds credentials to every call.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="authInterceptor">Adds them to the metadata.</param>
    public static IHttpClientBuilder AddCallCredentials(
        this IHttpClientBuilder builder, Func<AuthInterceptorContext, Metadata, Task> authInterceptor)
    {
        ArgumentNullException.ThrowIfNull(authInterceptor);
        return builder.AddCallCredentials((context, metadata, _) => authInterceptor(context, metadata));
    }

    /// <summary>Adds credentials to every call.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="authInterceptor">Adds them to the metadata; gets the services of the client's scope.</param>
    public static IHttpClientBuilder AddCallCredentials(
        this IHttpClientBuilder builder, Func<AuthInterceptorContext, Metadata, IServiceProvider, Task> authInterceptor)
    {
        ArgumentNullException.ThrowIfNull(authInterceptor);
        return builder.WithCredentials(services =>
            CallCredentials.FromInterceptor((context, metadata) => authInterceptor(context, metadata, services)));
    }

    /// <summary>Adds credentials to every call.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="credentials">The credentials.</param>
    public static IHttpClientBuilder AddCallCredentials(this IHttpClientBuilder builder, CallCredentials credentials)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        return builder.WithCredentials(_ => credentials);
    }

    /// <summary>Makes the client in another way than with its constructor.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configureCreator">Makes it from its invoker.</param>
    public static IHttpClientBuilder ConfigureGrpcClientCreator(
        this IHttpClientBuilder builder, Func<IServiceProvider, CallInvoker, object> configureCreator)
    {
        ArgumentNullException.ThrowIfNull(configureCreator);
        return builder.With((services, options) => options.Creator = invoker => configureCreator(services, invoker));
    }

    /// <summary>Makes the client in another way than with its constructor.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configureCreator">Makes it from its invoker.</param>
    public static IHttpClientBuilder ConfigureGrpcClientCreator(
        this IHttpClientBuilder builder, Func<CallInvoker, object> configureCreator)
    {
        ArgumentNullException.ThrowIfNull(configureCreator);
        return builder.With((_, options) => options.Creator = configureCreator);
    }

    private static IHttpClientBuilder WithCredentials(
        this IHttpClientBuilder builder,
        Func<IServiceProvider, CallCredentials> create,
        [CallerMemberName] string method = "") => builder.With(
            (_, options) => options.CallOptionsActions.Add(call =>
            {
                var added = create(call.ServiceProvider);
                call.CallOptions = call.CallOptions.WithCredentials(
                    call.CallOptions.Credentials is { } present ? CallCredentials.Compose(present, added) : added);
            }),
            method);

    private static IHttpClientBuilder With(
        this IHttpClientBuilder builder,
        Action<IServiceProvider, GrpcClientFactoryOptions> configure,
        [CallerMemberName] string method = "")
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (!builder.Services.Any(service => service.ImplementationInstance is GrpcClientName name && name.Value == builder.Name))
        {
            throw new InvalidOperationException($"{method} configures gRPC clients only, and '{builder.Name}' is none.");
        }

        builder.Services.ConfigureGrpcClient(builder.Name, configure);
        return builder;
    }
}
