namespace Dapr;

/// <summary>A call to the sidecar failed. The inner exception says how.</summary>
public class DaprException : Exception
{
    /// <summary>Makes the exception.</summary>
    public DaprException(string message) : base(message)
    {
    }

    /// <summary>Makes the exception with its cause.</summary>
    public DaprException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}
