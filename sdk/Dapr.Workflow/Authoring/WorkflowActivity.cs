using Dapr.Workflow.Abstractions;

namespace Dapr.Workflow;

/// <summary>One step with effects. It is run at least once for each call: make it idempotent by <see cref="WorkflowActivityContext.TaskExecutionKey"/>.</summary>
/// <typeparam name="TInput">Input, a JSON-serializable type other than object.</typeparam>
/// <typeparam name="TOutput">Output, a JSON-serializable type.</typeparam>
public abstract class WorkflowActivity<TInput, TOutput> : IWorkflowActivity
{
    Type IWorkflowActivity.InputType => typeof(TInput);

    Type IWorkflowActivity.OutputType => typeof(TOutput);

    /// <summary>Runs the activity with an untyped input.</summary>
    public async Task<object?> RunAsync(WorkflowActivityContext context, object? input) =>
        await RunAsync(context, input is null ? default! : (TInput)input);

    /// <summary>The step. An exception that leaves it fails the task of the calling workflow.</summary>
    public abstract Task<TOutput> RunAsync(WorkflowActivityContext context, TInput input);
}
