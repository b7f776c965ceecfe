using Dapr.Common.Serialization;
using Dapr.Workflow.Execution;
using Dapr.Workflow.Registration;
using Dapr.Workflow.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dapr.Workflow;

/// <summary>Adds durable workflows to an app.</summary>
public static class WorkflowServiceCollectionExtensions
{
    /// <summary>Adds the worker and <see cref="DaprWorkflowClient"/>.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="configure">Registers workflows and activities.</param>
    /// <param name="lifetime">Lifetime of the client.</param>
    public static IServiceCollection AddDaprWorkflow(
        this IServiceCollection services, Action<WorkflowRuntimeOptions> configure, ServiceLifetime lifetime = ServiceLifetime.Singleton) =>
        services.AddDaprWorkflowBuilder(configure, lifetime: lifetime).Services;

    /// <summary>Adds the worker and <see cref="DaprWorkflowClient"/>, with a builder for more settings.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="configureRuntime">Registers workflows and activities.</param>
    /// <param name="configureClient">Configures the client; it does not use the worker's serializer.</param>
    /// <param name="lifetime">Lifetime of the client.</param>
    public static DaprWorkflowBuilder AddDaprWorkflowBuilder(
        this IServiceCollection services,
        Action<WorkflowRuntimeOptions>? configureRuntime,
        Action<IServiceProvider, DaprWorkflowClientBuilder>? configureClient = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
    {
        configureRuntime?.Invoke(OptionsOf(services));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IDaprSerializer>(new JsonDaprSerializer());
        services.TryAddSingleton<IWorkflowsFactory>(CreateFactory);
        AddWorker(services);
        services.TryAdd(new ServiceDescriptor(typeof(DaprWorkflowClient), provider => CreateClient(provider, configureClient), lifetime));
        return new DaprWorkflowBuilder(services);
    }

    private static WorkflowRuntimeOptions OptionsOf(IServiceCollection services)
    {
        if (services.FirstOrDefault(s => s.ServiceType == typeof(WorkflowRuntimeOptions))?.ImplementationInstance is WorkflowRuntimeOptions known)
        {
            return known;
        }

        var options = new WorkflowRuntimeOptions();
        services.AddSingleton(options);
        return options;
    }

    private static void AddWorker(IServiceCollection services)
    {
        services.TryAddSingleton(provider => WorkerSettings.From(provider.GetRequiredService<IConfiguration>()));
        services.TryAddSingleton<SidecarConnection>();
        services.TryAddSingleton(provider => provider.GetRequiredService<SidecarConnection>().Client);
        services.TryAddSingleton<ExecutionServices>();
        services.TryAddSingleton(provider => new KeptExecutions(provider.GetRequiredService<WorkerSettings>().KeptInstances));
        services.TryAddSingleton<FetchHistory>(provider => provider.GetRequiredService<SidecarConnection>().FetchHistoryAsync);
        services.TryAddSingleton<WorkflowTurns>();
        services.TryAddSingleton<ActivityRunner>();
        services.TryAddSingleton<ActivityCalls>();
        services.TryAddSingleton<WorkItemDispatcher>();
        services.AddHostedService<WorkflowWorker>();
    }

    private static WorkflowsFactory CreateFactory(IServiceProvider provider)
    {
        var factory = ActivatorUtilities.CreateInstance<WorkflowsFactory>(provider);
        provider.GetRequiredService<WorkflowRuntimeOptions>().ApplyRegistrations(factory);
        return factory;
    }

    private static DaprWorkflowClient CreateClient(IServiceProvider provider, Action<IServiceProvider, DaprWorkflowClientBuilder>? configure)
    {
        var builder = new DaprWorkflowClientBuilder(provider.GetService<IConfiguration>());
        configure?.Invoke(provider, builder);
        return builder.Build();
    }

    /// <summary>Continues the registration of workflows.</summary>
    public readonly struct DaprWorkflowBuilder : IDaprWorkflowBuilder
    {
        internal DaprWorkflowBuilder(IServiceCollection services) => Services = services;

        /// <inheritdoc />
        public IServiceCollection Services { get; }

        /// <summary>Uses this serializer in the worker. The client has its own.</summary>
        public DaprWorkflowBuilder WithSerializer(IDaprSerializer serializer)
        {
            Services.Replace(ServiceDescriptor.Singleton(serializer));
            return this;
        }

        /// <summary>Uses JSON with these options in the worker. The client has its own.</summary>
        public DaprWorkflowBuilder WithJsonSerializer(System.Text.Json.JsonSerializerOptions jsonOptions) =>
            WithSerializer(new JsonDaprSerializer(jsonOptions));

        /// <summary>Limits messages to and from the sidecar, in bytes; null does not limit them.</summary>
        public DaprWorkflowBuilder WithGrpcMessageSizeLimits(int? maxReceiveMessageSize = null, int? maxSendMessageSize = null)
        {
            OptionsOf(Services).UseGrpcChannelOptions(
                new Grpc.Net.Client.GrpcChannelOptions { MaxReceiveMessageSize = maxReceiveMessageSize, MaxSendMessageSize = maxSendMessageSize });
            return this;
        }
    }
}
