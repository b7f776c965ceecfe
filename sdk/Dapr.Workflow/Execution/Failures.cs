using Dapr.DurableTask.Protobuf;

namespace Dapr.Workflow.Execution;

/// <summary>Errors on the wire and in code.</summary>
internal static class Failures
{
    /// <summary>The failure of an exception with its causes.</summary>
    public static TaskFailureDetails Of(Exception error, bool isNonRetriable) => new()
    {
        ErrorType = error.GetType().FullName ?? error.GetType().Name,
        ErrorMessage = error.Message,
        StackTrace = error.StackTrace,
        IsNonRetriable = isNonRetriable,
        InnerFailure = error switch
        {
            WorkflowTaskFailedException { FailureDetails: var cause } => Of(cause),
            { InnerException: { } inner } => Of(inner, isNonRetriable),
            _ => null,
        },
    };

    /// <summary>A failure that no exception stands for.</summary>
    public static TaskFailureDetails Of(string errorType, string message) =>
        new() { ErrorType = errorType, ErrorMessage = message, IsNonRetriable = true };

    public static WorkflowTaskFailedException ToException(string task, TaskFailureDetails? details)
    {
        var read = Read(details) ?? new WorkflowTaskFailureDetails("Unknown", "The sidecar gave no details.");
        return new WorkflowTaskFailedException($"{task} failed with {read.ErrorType}: {read.ErrorMessage}", read);
    }

    public static WorkflowTaskFailureDetails? Read(TaskFailureDetails? details) =>
        details is null ? null : new WorkflowTaskFailureDetails(details.ErrorType, details.ErrorMessage, details.StackTrace);

    private static TaskFailureDetails Of(WorkflowTaskFailureDetails cause) =>
        new() { ErrorType = cause.ErrorType, ErrorMessage = cause.ErrorMessage, StackTrace = cause.StackTrace };
}
