using System.Net;
using DurableEngine;
using DurableEngine.Backends.Sqlite;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Sidecar.Api;
using Sidecar.Apps;
using Sidecar.Invocation;
using Sidecar.Locks;
using Sidecar.PubSub;
using Sidecar.Resources;
using Sidecar.RunFiles;
using Sidecar.State;
using Sidecar.Workflows;

namespace Sidecar;

/// <summary>Puts the process together.</summary>
public static partial class SidecarApp
{
    private const int ConfigurationError = 2;

    /// <summary>Runs until stopped; 2 when the configuration is wrong.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var app = Build(args);
            await app.RunAsync();
            return 0;
        }
        catch (ConfigurationException error)
        {
            using var logging = LoggerFactory.Create(builder => builder.AddConsole());
            LogConfigurationError(logging.CreateLogger(typeof(SidecarApp).FullName!), error.Message);
            return ConfigurationError;
        }
    }

    /// <summary>A sidecar that is ready to be started.</summary>
    /// <exception cref="ConfigurationException">The command line, the run file or a component is wrong.</exception>
    public static WebApplication Build(string[] args)
    {
        var options = SidecarOptions.Parse(args);
        var runFile = RunFile.Read(options.RunFile);
        var resources = ResourceReader.Read(runFile.ResourceFolders(options.ResourcesPaths));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.WebHost.UseKestrelHttpsConfiguration();

        var apps = new AppDirectory(runFile.Apps);
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, apps));
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(_ => apps)
            .AddSingleton(new SidecarTokens(Environment.GetEnvironmentVariable("DAPR_API_TOKEN"), Environment.GetEnvironmentVariable("APP_API_TOKEN")))
            .AddSingleton(_ => new LoadedComponents(resources.Components, options.Data, TimeProvider.System))
            .AddSingleton(services => services.GetRequiredService<LoadedComponents>().States)
            .AddSingleton(services => services.GetRequiredService<LoadedComponents>().Locks)
            .AddSingleton(services => services.GetRequiredService<LoadedComponents>().PubSubs)
            .AddSingleton(services => services.GetRequiredService<LoadedComponents>().Secrets)
            .AddSingleton(resources)
            .AddSingleton(services => OpenEngine(options.Data, services.GetRequiredService<ILogger<WorkflowEngine>>()))
            .AddSingleton<StateApi>().AddSingleton<LockApi>().AddSingleton<Publisher>()
            .AddSingleton<SubscriptionFeed>().AddSingleton<EventDeliveries>().AddSingleton<SubscriptionRunner>()
            .AddSingleton<DaprMetadata>().AddSingleton<WorkItemStreams>().AddSingleton<GrpcProxy>().AddSingleton<HttpProxy>()
            .AddHostedService<AppWatcher>().AddHostedService(services => services.GetRequiredService<SubscriptionRunner>());
        builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = runFile.Apps.Max(app => app.MaxBodySize);
            grpc.MaxSendMessageSize = grpc.MaxReceiveMessageSize;
        });

        var app = builder.Build();
        app.Services.GetRequiredService<LoadedComponents>();
        app.Services.GetRequiredService<WorkflowEngine>();
        app.UseMiddleware<ApiGate>();
        app.MapGrpcService<TaskHubService>();
        app.MapGrpcService<DaprService>();
        app.MapSystem();
        app.MapState();
        app.MapPublish();
        app.MapSecrets();
        app.MapInvocation();
        return app;
    }

    private static WorkflowEngine OpenEngine(string data, ILogger logger) => new(
        new SqliteInstanceStore(Path.Combine(data, "workflows.db")), TimeProvider.System, error => LogCommitFailed(logger, error));

    private static void Listen(KestrelServerOptions kestrel, AppDirectory apps)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = null;
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;
        limits.Http2.MaxStreamsPerConnection = 10_000;
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(2);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(3);
        foreach (var replica in apps.Replicas)
        {
            Listen(kestrel, replica.Entry.GrpcPort, HttpProtocols.Http2, replica);
            Listen(kestrel, replica.Entry.HttpPort, HttpProtocols.Http1, replica);
        }
    }

    private static void Listen(KestrelServerOptions kestrel, int port, HttpProtocols protocols, AppReplica replica)
    {
        if (port == 0)
        {
            kestrel.Listen(IPAddress.Loopback, 0, Configure);
        }
        else
        {
            kestrel.ListenLocalhost(port, Configure);
        }

        void Configure(ListenOptions listen)
        {
            listen.Protocols = protocols;
            listen.Use(next => connection =>
            {
                AppDirectory.Mark(connection, replica);
                return next(connection);
            });
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The sidecar cannot start: {Problem}")]
    private static partial void LogConfigurationError(ILogger logger, string problem);

    [LoggerMessage(2, LogLevel.Error, "Workflow changes could not be written; trying again until they are")]
    private static partial void LogCommitFailed(ILogger logger, Exception error);
}
