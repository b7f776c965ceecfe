using DurableEngine;
using Sidecar.Api;
using Sidecar.Apps;
using Sidecar.Invocation;
using Sidecar.Jobs;
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
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Runs until stopped, or says how it is used; 2 when the configuration is wrong.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (SidecarOptions.IsHelp(args))
        {
#pragma warning disable RS0030 // Only a person asks for help.
            await Console.Out.WriteLineAsync(SidecarOptions.Help);
#pragma warning restore RS0030
            return 0;
        }

        try
        {
            await using var app = Build(args);
            await app.RunAsync();
            return 0;
        }
        catch (Exception error) when (
            error is ConfigurationException or IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException })
        {
            using var logging = LoggerFactory.Create(AddConsole);
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
        AddConsole(builder.Logging);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.WebHost.UseKestrelHttpsConfiguration();

        var apps = new AppDirectory(runFile.Apps);
        builder.WebHost.ConfigureKestrel(kestrel => SidecarPorts.Listen(kestrel, apps));
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(_ => apps)
            .AddSingleton(new SidecarTokens(
                Environment.GetEnvironmentVariable("DAPR_API_TOKEN"), Environment.GetEnvironmentVariable("APP_API_TOKEN")))
            .AddSingleton(_ => DataFolder.Open(options.Data))
            .AddSingleton(services =>
                new LoadedComponents(resources.Components, services.GetRequiredService<DataFolder>().Path, TimeProvider.System))
            .AddSingleton(services => services.GetRequiredService<LoadedComponents>().States)
            .AddSingleton(services => services.GetRequiredService<LoadedComponents>().Locks)
            .AddSingleton(services => services.GetRequiredService<LoadedComponents>().PubSubs)
            .AddSingleton(services => services.GetRequiredService<LoadedComponents>().Secrets)
            .AddSingleton(resources)
            .AddSingleton(OpenEngine)
            .AddSingleton(services => JobStore.Open(services.GetRequiredService<DataFolder>().Path))
            .AddSingleton<JobTrigger>().AddSingleton<JobScheduler>().AddSingleton<JobApi>()
            .AddSingleton<StateApi>().AddSingleton<LockApi>().AddSingleton<Publisher>().AddSingleton<MethodInvoker>()
                .AddSingleton<BuildingBlocks>()
            .AddSingleton<SubscriptionFeed>().AddSingleton<EventDeliveries>().AddSingleton<SubscriptionRunner>()
                .AddSingleton<StreamSubscriptions>()
            .AddSingleton<DaprMetadata>().AddSingleton<WorkItemStreams>().AddSingleton<WorkflowManagement>().AddSingleton<GrpcProxy>()
                .AddSingleton<HttpProxy>()
            .AddHostedService<AppWatcher>().AddHostedService(services => services.GetRequiredService<JobScheduler>())
            .AddHostedService(services => services.GetRequiredService<SubscriptionRunner>());
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = runFile.Apps.Max(app => app.MaxBodySize);
            grpc.MaxSendMessageSize = grpc.MaxReceiveMessageSize;
        });

        var app = builder.Build();
        OpenEverything(app);
        app.UseMiddleware<ApiGate>();
        app.MapGrpcService<TaskHubService>();
        app.MapGrpcService<DaprService>();
        app.MapSystem();
        app.MapState();
        app.MapPublish();
        app.MapSecrets();
        app.MapLocks();
        app.MapJobs();
        app.MapWorkflows();
        app.MapInvocation();
        return app;
    }

    private static void AddConsole(ILoggingBuilder logging) => logging.AddSimpleConsole(console =>
    {
        console.SingleLine = true;
        console.UseUtcTimestamp = true;
        console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
    });

    // What is wrong with the data must stop the start, not the first request.
    private static void OpenEverything(WebApplication app)
    {
        try
        {
            app.Services.GetRequiredService<LoadedComponents>();
            app.Services.GetRequiredService<JobStore>();
            var engine = app.Services.GetRequiredService<WorkflowEngine>();
            app.Lifetime.ApplicationStopping.Register(engine.StopWaiting);
        }
        catch (ConfigurationException)
        {
            ((IDisposable)app).Dispose();
            throw;
        }
    }

    private static WorkflowEngine OpenEngine(IServiceProvider services)
    {
        var logger = services.GetRequiredService<ILogger<WorkflowEngine>>();
        return services.GetRequiredService<DataFolder>().OpenEngine(
            services.GetRequiredService<TimeProvider>(),
            error => LogCommitFailed(logger, error),
            (instance, error) => LogReadFailed(logger, error, instance.Id, instance.App));
    }

    [LoggerMessage(1, LogLevel.Error, "The sidecar cannot start: {Problem}")]
    private static partial void LogConfigurationError(ILogger logger, string problem);

    [LoggerMessage(2, LogLevel.Error, "Workflow changes could not be written; trying again until they are")]
    private static partial void LogCommitFailed(ILogger logger, Exception error);

    [LoggerMessage(3, LogLevel.Error,
        "The history of workflow {Instance} of {App} could not be read; it is tried again, or stalled when it is damaged")]
    private static partial void LogReadFailed(ILogger logger, Exception error, string instance, string app);
}
