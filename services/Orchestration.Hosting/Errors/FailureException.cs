using Grpc.Core;
using Orchestration.Domain.Failures;

namespace Orchestration.Hosting.Errors;

/// <summary>Ends a call with a failure; becomes a gRPC status or an HTTP problem by <see cref="FailureMapping"/>.</summary>
public sealed class FailureException : Exception
{
    /// <summary>Carries <paramref name="failure"/> to the edge of the service.</summary>
    /// <param name="failure">What went wrong, as the caller shall see it.</param>
    /// <param name="trailers">More for a gRPC caller; null means nothing.</param>
    /// <param name="innerException">Where it came from; logged, never shown.</param>
    public FailureException(Failure failure, Metadata? trailers = null, Exception? innerException = null)
        : base(failure.Message, innerException)
    {
        Failure = failure;
        Trailers = trailers ?? [];
    }

    /// <summary>What went wrong, as the caller sees it.</summary>
    public Failure Failure { get; }

    /// <summary>More for a gRPC caller.</summary>
    public Metadata Trailers { get; }

    /// <summary>A malformed request.</summary>
    public static FailureException InvalidArgument(string message) => Of(FailureCode.InvalidArgument, message);

    /// <summary>No valid credentials.</summary>
    public static FailureException Unauthenticated(string message) => Of(FailureCode.Unauthenticated, message);

    /// <summary>A known caller that may not do this.</summary>
    public static FailureException Forbidden(string message) => Of(FailureCode.Forbidden, message);

    /// <summary>Something that does not exist, or belongs to another tenant.</summary>
    public static FailureException NotFound(string message) => Of(FailureCode.NotFound, message);

    /// <summary>Something that exists with another content.</summary>
    public static FailureException AlreadyExists(string message) => Of(FailureCode.AlreadyExists, message);

    /// <summary>Something that cannot be done in the present state.</summary>
    public static FailureException FailedPrecondition(string message) => Of(FailureCode.FailedPrecondition, message);

    /// <summary>A lack of capacity.</summary>
    /// <param name="retryAfter">Earliest useful repetition.</param>
    public static FailureException Saturated(string message, TimeSpan retryAfter) =>
        new(FailureMapping.Create(FailureCode.Saturated, message) with { RetryAfter = retryAfter });

    /// <summary>A service that cannot do it now.</summary>
    public static FailureException Unavailable(string message) => Of(FailureCode.Unavailable, message);

    private static FailureException Of(string code, string message) => new(FailureMapping.Create(code, message));
}
