namespace Grpc.Core;

/// <summary>A call that did not end with <see cref="StatusCode.OK"/>. A handler throws it to choose the status of its call.</summary>
/// <param name="status">How the call ended.</param>
/// <param name="trailers">The trailers that came, or are to go, with the status.</param>
/// <param name="message">The message of the exception.</param>
#pragma warning disable CA1032 // an exception without a status would have no meaning
public class RpcException(Status status, Metadata trailers, string message) : Exception(message, status.DebugException)
#pragma warning restore CA1032
{
    /// <summary>Creates an exception with a message derived from the status.</summary>
    /// <param name="status">How the call ended.</param>
    public RpcException(Status status)
        : this(status, Metadata.Empty)
    {
    }

    /// <summary>Creates an exception with its own message.</summary>
    /// <param name="status">How the call ended.</param>
    /// <param name="message">The message of the exception.</param>
    public RpcException(Status status, string message)
        : this(status, Metadata.Empty, message)
    {
    }

    /// <summary>Creates an exception with trailers and a message derived from the status.</summary>
    /// <param name="status">How the call ended.</param>
    /// <param name="trailers">The trailers that came, or are to go, with the status.</param>
    public RpcException(Status status, Metadata trailers)
        : this(status, trailers, status.ToString())
    {
    }

    /// <summary>How the call ended.</summary>
    public Status Status { get; } = status;

    /// <summary>The code of <see cref="Status"/>.</summary>
    public StatusCode StatusCode => Status.StatusCode;

    /// <summary>The trailers of the call; empty when there are none.</summary>
    public Metadata Trailers { get; } = trailers ?? throw new ArgumentNullException(nameof(trailers));
}
