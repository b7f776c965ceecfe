namespace Dapr.Workflow.Abstractions;

/// <summary>An activity without its types. Derive from <see cref="WorkflowActivity{TInput, TOutput}"/> instead of implementing this.</summary>
public interface IWorkflowActivity
{
    /// <summary>Type of the input.</summary>
    Type InputType { get; }

    /// <summary>Type of the output.</summary>
    Type OutputType { get; }

    /// <summary>Runs the activity.</summary>
    Task<object?> RunAsync(WorkflowActivityContext context, object? input);
}
