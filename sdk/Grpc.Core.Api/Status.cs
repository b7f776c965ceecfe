namespace Grpc.Core;

/// <summary>How a call ended: a code and, for people, a detail.</summary>
/// <param name="statusCode">The code.</param>
/// <param name="detail">An explanation for people; empty when there is none.</param>
/// <param name="debugException">The local cause, never sent over the wire.</param>
public readonly struct Status(StatusCode statusCode, string detail, Exception? debugException)
{
    /// <summary>The call succeeded.</summary>
    public static readonly Status DefaultSuccess = new(StatusCode.OK, "");

    /// <summary>The call was cancelled.</summary>
    public static readonly Status DefaultCancelled = new(StatusCode.Cancelled, "");

    /// <summary>Creates a status without a local cause.</summary>
    /// <param name="statusCode">The code.</param>
    /// <param name="detail">An explanation for people.</param>
    public Status(StatusCode statusCode, string detail)
        : this(statusCode, detail, null)
    {
    }

    /// <summary>The code.</summary>
    public StatusCode StatusCode { get; } = statusCode;

    /// <summary>An explanation for people; empty when there is none.</summary>
    public string Detail { get; } = detail;

    /// <summary>The local cause, when known. It never comes from the peer.</summary>
    public Exception? DebugException { get; } = debugException;

    /// <summary>Code, detail and local cause in one line.</summary>
    public override string ToString() => DebugException is null
        ? $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\")"
        : $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\", DebugException=\"{DebugException.GetType()}: {DebugException.Message}\")";
}
