using System.Diagnostics.CodeAnalysis;
using Dapr.Workflow.Abstractions;

namespace Dapr.Workflow.Worker;

/// <summary>The workflows and activities of this worker, by name.</summary>
public interface IWorkflowsFactory
{
    /// <summary>Registers a workflow class.</summary>
    /// <param name="name">The name; null is the type's simple name.</param>
    void RegisterWorkflow<TWorkflow>(string? name = null) where TWorkflow : class, IWorkflow;

    /// <summary>Registers a workflow function.</summary>
    void RegisterWorkflow<TInput, TOutput>(string name, Func<WorkflowContext, TInput, Task<TOutput>> implementation);

    /// <summary>Registers an activity class.</summary>
    /// <param name="name">The name; null is the type's simple name.</param>
    void RegisterActivity<TActivity>(string? name = null) where TActivity : class, IWorkflowActivity;

    /// <summary>Registers an activity function.</summary>
    void RegisterActivity<TInput, TOutput>(string name, Func<WorkflowActivityContext, TInput, Task<TOutput>> implementation);

    /// <summary>Makes a workflow.</summary>
    /// <param name="activationException">Why a registered workflow could not be made; null when there is none of this name.</param>
    bool TryCreateWorkflow(
        TaskIdentifier identifier,
        IServiceProvider serviceProvider,
        [NotNullWhen(true)] out IWorkflow? workflow,
        out Exception? activationException);

    /// <summary>Makes an activity.</summary>
    /// <param name="activationException">Why a registered activity could not be made; null when there is none of this name.</param>
    bool TryCreateActivity(
        TaskIdentifier identifier,
        IServiceProvider serviceProvider,
        [NotNullWhen(true)] out IWorkflowActivity? activity,
        out Exception? activationException);
}
