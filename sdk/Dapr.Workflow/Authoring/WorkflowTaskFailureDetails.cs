namespace Dapr.Workflow;

/// <summary>An error that crossed the wire.</summary>
/// <param name="errorType">Full type name of the exception, or a symbolic name.</param>
/// <param name="errorMessage">Its message.</param>
/// <param name="stackTrace">Where it happened, when known.</param>
public class WorkflowTaskFailureDetails(string errorType, string errorMessage, string? stackTrace = null)
{
    /// <summary>Full type name of the exception, or a symbolic name.</summary>
    public string ErrorType { get; } = errorType;

    /// <summary>Message of the exception.</summary>
    public string ErrorMessage { get; } = errorMessage;

    /// <summary>Where it happened, when known.</summary>
    public string? StackTrace { get; } = stackTrace;

    /// <summary>True when the error is a <typeparamref name="T"/> or derives from it, as far as this process knows its type.</summary>
    public bool IsCausedBy<T>() where T : Exception
    {
        if (string.Equals(ErrorType, typeof(T).FullName, StringComparison.Ordinal))
        {
            return true;
        }

        var thrown = Type.GetType(ErrorType) ?? AppDomain.CurrentDomain.GetAssemblies().Select(a => a.GetType(ErrorType)).FirstOrDefault(t => t is not null);
        return thrown is not null && typeof(T).IsAssignableFrom(thrown);
    }
}
