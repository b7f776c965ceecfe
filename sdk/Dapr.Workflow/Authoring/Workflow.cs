namespace Dapr.Workflow;

/// <summary>
/// A durable process written as ordinary code. The code is run again from the start to restore its state, so everything it does must follow
/// from its input and from what the context gives it: no clock, randomness, I/O or tasks of its own.
/// </summary>
/// <typeparam name="TInput">Input, a JSON-serializable type.</typeparam>
/// <typeparam name="TOutput">Output, a JSON-serializable type.</typeparam>
public abstract class Workflow<TInput, TOutput> : IWorkflow
{
    Type IWorkflow.InputType => typeof(TInput);

    Type IWorkflow.OutputType => typeof(TOutput);

    async Task<object?> IWorkflow.RunAsync(WorkflowContext context, object? input) =>
        await RunAsync(context, input is null ? default! : (TInput)input);

    /// <summary>The process. An exception that leaves it fails the instance.</summary>
    public abstract Task<TOutput> RunAsync(WorkflowContext context, TInput input);
}
