using Dapr.Workflow.Abstractions;

namespace Dapr.Workflow.Worker;

/// <summary>An activity registered as a function. Not a <see cref="WorkflowActivity{TInput, TOutput}"/>: that cannot take an input of type object.</summary>
internal sealed class FunctionActivity<TInput, TOutput>(Func<WorkflowActivityContext, TInput, Task<TOutput>> run) : IWorkflowActivity
{
    public Type InputType => typeof(TInput);

    public Type OutputType => typeof(TOutput);

    public async Task<object?> RunAsync(WorkflowActivityContext context, object? input) => await run(context, input is null ? default! : (TInput)input);
}
