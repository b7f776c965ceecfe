using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orchestration.Hosting.Errors;
using Orchestration.Hosting.Health;
using Orchestration.Hosting.Options;

namespace Orchestration.Hosting;

/// <summary>
/// What every service does the same way: two ports (an HTTP/2 app port behind the app token, an HTTP/1.1 port for probes),
/// JSON logs, errors as gRPC statuses, an orderly end. Everything is read from the configuration, so that several services
/// can run in one process with different arguments.
/// </summary>
public static class ServiceHost
{
    /// <summary>Starts the composition of a service.</summary>
    /// <param name="args">Command line; <c>--APP_PORT=0</c> and the like override the environment.</param>
    /// <param name="appId">Dapr app id used when APP_ID is not set.</param>
    public static WebApplicationBuilder CreateBuilder(string[] args, string appId)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
        });
        var options = new ServiceHostOptions { AppId = appId };
        builder.Configuration.Bind(options);
        OptionsCheck.ThrowIfInvalid(options);

        builder.Logging.ClearProviders();
        builder.Logging.AddJsonConsole(console =>
        {
            console.IncludeScopes = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        });
        QuietFramework(builder);

        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, options));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTimeout);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IStartupFilter, ListenerFilter>();
        builder.Services.AddSingleton<FailureInterceptor>();
        builder.Services.AddHealthChecks().AddCheck<RunningCheck>("running");
        builder.Services.AddGrpc(grpc => grpc.Interceptors.Add<FailureInterceptor>());
        return builder;
    }

    /// <summary>The address of the app port, once the service has started.</summary>
    public static Uri AppAddress(this WebApplication app) => Address(app, 0);

    /// <summary>The address of the port for probes and metrics, once the service has started.</summary>
    public static Uri HealthAddress(this WebApplication app) => Address(app, 1);

    private static void QuietFramework(WebApplicationBuilder builder)
    {
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Grpc", LogLevel.Warning);
        builder.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);

        // A request that arrives while the host stops is answered by closing the stream; it is not an error of ours.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);

        // Configuration comes after the defaults above, so that it wins.
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
    }

    private static void Listen(KestrelServerOptions kestrel, ServiceHostOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.Http2.MaxStreamsPerConnection = options.MaxStreamsPerConnection;
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(20);
        kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);

        // The order is what Address relies on.
        ListenOn(kestrel, options.AppAddress, options.AppPort, HttpProtocols.Http2, Listener.App);
        ListenOn(kestrel, options.HealthAddress, options.HealthPort, HttpProtocols.Http1, Listener.Health);
    }

    private static void ListenOn(KestrelServerOptions kestrel, string address, int port, HttpProtocols protocols, Listener listener)
    {
        var end = new IPEndPoint(address == "*" ? IPAddress.Any : IPAddress.Parse(address), port);
        kestrel.Listen(end, listen =>
        {
            listen.Protocols = protocols;
            listen.Use(next => connection =>
            {
                connection.Features.Set(listener);
                return next(connection);
            });
        });
    }

    private static Uri Address(WebApplication app, int index) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ElementAt(index));
}
