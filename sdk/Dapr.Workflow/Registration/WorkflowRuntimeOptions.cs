using Dapr.Workflow.Abstractions;
using Dapr.Workflow.Worker;
using Grpc.Net.Client;

namespace Dapr.Workflow;

/// <summary>The workflows and activities of this app, and how it talks to the sidecar.</summary>
public sealed class WorkflowRuntimeOptions
{
    private readonly List<Action<IWorkflowsFactory>> _registrations = [];

    /// <summary>Options of the gRPC channel; only the message size limits are taken from them.</summary>
    public GrpcChannelOptions? GrpcChannelOptions { get; private set; }

    /// <summary>Sets the options of the gRPC channel; only the message size limits are taken from them.</summary>
    public void UseGrpcChannelOptions(GrpcChannelOptions grpcChannelOptions) => GrpcChannelOptions = grpcChannelOptions;

    /// <summary>Registers a workflow function.</summary>
    /// <param name="name">Its name, compared case-insensitively; the first registration of a name stays.</param>
    /// <param name="implementation">The process; see <see cref="Workflow{TInput, TOutput}"/>.</param>
    public void RegisterWorkflow<TInput, TOutput>(string name, Func<WorkflowContext, TInput, Task<TOutput>> implementation) =>
        _registrations.Add(factory => factory.RegisterWorkflow(name, implementation));

    /// <summary>Registers a workflow class, made with its dependencies for each execution.</summary>
    /// <param name="name">Its name; null is the type's simple name.</param>
    public void RegisterWorkflow<TWorkflow>(string? name = null) where TWorkflow : class, IWorkflow =>
        _registrations.Add(factory => factory.RegisterWorkflow<TWorkflow>(name));

    /// <summary>Registers an activity function.</summary>
    /// <param name="name">Its name, compared case-insensitively; the first registration of a name stays.</param>
    /// <param name="implementation">The step.</param>
    public void RegisterActivity<TInput, TOutput>(string name, Func<WorkflowActivityContext, TInput, Task<TOutput>> implementation) =>
        _registrations.Add(factory => factory.RegisterActivity(name, implementation));

    /// <summary>Registers an activity class, made with its dependencies for each call.</summary>
    /// <param name="name">Its name; null is the type's simple name.</param>
    public void RegisterActivity<TActivity>(string? name = null) where TActivity : class, IWorkflowActivity =>
        _registrations.Add(factory => factory.RegisterActivity<TActivity>(name));

    /// <summary>Gives all registrations to a factory.</summary>
    public void ApplyRegistrations(IWorkflowsFactory factory) => _registrations.ForEach(register => register(factory));
}
