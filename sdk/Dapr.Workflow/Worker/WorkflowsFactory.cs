using System.Diagnostics.CodeAnalysis;
using Dapr.Workflow.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dapr.Workflow.Worker;

/// <summary>The first registration of a name wins.</summary>
internal sealed partial class WorkflowsFactory(ILogger<WorkflowsFactory> logger) : IWorkflowsFactory
{
    private readonly Dictionary<string, Func<IServiceProvider, IWorkflow>> _workflows = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Func<IServiceProvider, IWorkflowActivity>> _activities = new(StringComparer.OrdinalIgnoreCase);

    public void RegisterWorkflow<TWorkflow>(string? name = null) where TWorkflow : class, IWorkflow =>
        Add(_workflows, name ?? typeof(TWorkflow).Name, services => ActivatorUtilities.CreateInstance<TWorkflow>(services));

    public void RegisterWorkflow<TInput, TOutput>(string name, Func<WorkflowContext, TInput, Task<TOutput>> implementation) =>
        Add(_workflows, name, _ => new FunctionWorkflow<TInput, TOutput>(implementation));

    public void RegisterActivity<TActivity>(string? name = null) where TActivity : class, IWorkflowActivity =>
        Add(_activities, name ?? typeof(TActivity).Name, services => ActivatorUtilities.CreateInstance<TActivity>(services));

    public void RegisterActivity<TInput, TOutput>(string name, Func<WorkflowActivityContext, TInput, Task<TOutput>> implementation) =>
        Add(_activities, name, _ => new FunctionActivity<TInput, TOutput>(implementation));

    public bool TryCreateWorkflow(
        TaskIdentifier identifier, IServiceProvider serviceProvider, [NotNullWhen(true)] out IWorkflow? workflow, out Exception? activationException) =>
        TryCreate(_workflows, identifier, serviceProvider, out workflow, out activationException);

    public bool TryCreateActivity(
        TaskIdentifier identifier, IServiceProvider serviceProvider, [NotNullWhen(true)] out IWorkflowActivity? activity, out Exception? activationException) =>
        TryCreate(_activities, identifier, serviceProvider, out activity, out activationException);

    private void Add<T>(Dictionary<string, Func<IServiceProvider, T>> known, string name, Func<IServiceProvider, T> make)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!known.TryAdd(name, make))
        {
            LogRegisteredTwice(name);
        }
    }

    private static bool TryCreate<T>(
        Dictionary<string, Func<IServiceProvider, T>> known, string name, IServiceProvider services, [NotNullWhen(true)] out T? made, out Exception? error)
        where T : class
    {
        made = null;
        error = null;
        if (!known.TryGetValue(name, out var make))
        {
            return false;
        }

        try
        {
            made = make(services);
            return true;
        }
#pragma warning disable CA1031 // whatever a constructor throws becomes the failure of the workflow or activity
        catch (Exception e)
#pragma warning restore CA1031
        {
            error = e;
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "'{Name}' is already registered; the first registration stays.")]
    private partial void LogRegisteredTwice(string name);
}
