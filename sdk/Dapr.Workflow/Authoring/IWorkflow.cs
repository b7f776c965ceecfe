namespace Dapr.Workflow;

/// <summary>A workflow without its types. Derive from <see cref="Workflow{TInput, TOutput}"/> instead of implementing this.</summary>
public interface IWorkflow
{
    /// <summary>Type of the input.</summary>
    Type InputType { get; }

    /// <summary>Type of the output.</summary>
    Type OutputType { get; }

    /// <summary>Runs the workflow.</summary>
    Task<object?> RunAsync(WorkflowContext context, object? input);
}
