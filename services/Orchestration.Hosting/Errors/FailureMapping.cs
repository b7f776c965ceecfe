using System.Collections.Frozen;
using System.Globalization;
using Grpc.Core;
using Orchestration.Domain.Failures;

namespace Orchestration.Hosting.Errors;

/// <summary>
/// The one table of failure codes and gRPC statuses. A failure crosses gRPC as a status with the trailers
/// <c>failure-code</c>, <c>failure-class</c>, <c>failure-retryable</c> and <c>retry-after-ms</c>, so that it is the same on
/// both sides; without trailers (another implementation, a sidecar) the status alone decides.
/// </summary>
public static class FailureMapping
{
    /// <summary>Trailer with the code.</summary>
    public const string CodeTrailer = "failure-code";

    /// <summary>Trailer with the class, lower case.</summary>
    public const string ClassTrailer = "failure-class";

    /// <summary>Trailer that says "true" or "false".</summary>
    public const string RetryableTrailer = "failure-retryable";

    /// <summary>Trailer with the earliest useful repetition, in milliseconds from now.</summary>
    public const string RetryAfterTrailer = "retry-after-ms";

    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    // The first row of a status is what the status means on its own.
    private static readonly Row[] Rows =
    [
        new(FailureCode.InvalidArgument, StatusCode.InvalidArgument, FailureClass.Permanent, Retryable: false),
        new(FailureCode.Unauthenticated, StatusCode.Unauthenticated, FailureClass.System, Retryable: false),
        new(FailureCode.Forbidden, StatusCode.PermissionDenied, FailureClass.System, Retryable: false),
        new(FailureCode.NotFound, StatusCode.NotFound, FailureClass.Permanent, Retryable: false),
        new(FailureCode.AlreadyExists, StatusCode.AlreadyExists, FailureClass.Permanent, Retryable: false),
        new(FailureCode.FailedPrecondition, StatusCode.FailedPrecondition, FailureClass.Permanent, Retryable: false),
        new(FailureCode.Conflict, StatusCode.Aborted, FailureClass.Transient, Retryable: true),
        new(FailureCode.Saturated, StatusCode.ResourceExhausted, FailureClass.Transient, Retryable: true),
        new(FailureCode.Cancelled, StatusCode.Cancelled, FailureClass.Permanent, Retryable: false),
        new(FailureCode.Timeout, StatusCode.DeadlineExceeded, FailureClass.Transient, Retryable: true),
        new(FailureCode.Unavailable, StatusCode.Unavailable, FailureClass.Transient, Retryable: true),
        new(FailureCode.AgentLost, StatusCode.Unavailable, FailureClass.Transient, Retryable: true),
        new(FailureCode.NoAgent, StatusCode.Unavailable, FailureClass.System, Retryable: true),
        new(FailureCode.Unimplemented, StatusCode.Unimplemented, FailureClass.System, Retryable: false),
        new(FailureCode.DataLoss, StatusCode.DataLoss, FailureClass.System, Retryable: false),
        new(FailureCode.Internal, StatusCode.Internal, FailureClass.System, Retryable: false),
    ];

    private static readonly FrozenDictionary<string, Row> ByCode = Rows.ToFrozenDictionary(row => row.Code);

    private static readonly FrozenDictionary<StatusCode, Row> ByStatus =
        Rows.DistinctBy(row => row.Status).ToFrozenDictionary(row => row.Status);

    /// <summary>A failure of a known code with the class and the advice that go with it.</summary>
    public static Failure Create(string code, string message)
    {
        var row = RowOf(code);
        return new Failure(code, row.Class, message, row.Retryable);
    }

    /// <summary>The gRPC status of a failure; an agent's own code counts as its class does.</summary>
    public static StatusCode StatusOf(Failure failure) => RowOf(failure).Status;

    /// <summary>The code a bare gRPC status means.</summary>
    public static string CodeOf(StatusCode status) => status switch
    {
        StatusCode.OutOfRange => FailureCode.InvalidArgument,
        _ => ByStatus.TryGetValue(status, out var row) ? row.Code : FailureCode.Internal,
    };

    /// <summary>The failure as it leaves a gRPC service.</summary>
    /// <param name="more">Further trailers; null means none.</param>
    public static RpcException ToRpc(Failure failure, Metadata? more = null)
    {
        var trailers = new Metadata
        {
            { CodeTrailer, failure.Code },
            { ClassTrailer, failure.Class.ToString().ToLowerInvariant() },
            { RetryableTrailer, failure.Retryable ? "true" : "false" },
        };
        if (failure.RetryAfter is { } delay)
        {
            trailers.Add(RetryAfterTrailer, ((long)Math.Ceiling(delay.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture));
        }

        foreach (var entry in more ?? [])
        {
            trailers.Add(entry);
        }

        return new RpcException(new Status(StatusOf(failure), failure.Message), trailers);
    }

    /// <summary>The failure that a gRPC call ended with.</summary>
    public static Failure FromRpc(RpcException exception)
    {
        var code = exception.Trailers.GetValue(CodeTrailer) ?? CodeOf(exception.StatusCode);
        var failure = Create(code, ReasonOf(exception.Status));
        return failure with
        {
            Class = Enum.TryParse<FailureClass>(exception.Trailers.GetValue(ClassTrailer), ignoreCase: true, out var known)
                ? known
                : failure.Class,
            Retryable = exception.Trailers.GetValue(RetryableTrailer) is { } retryable ? retryable == "true" : failure.Retryable,
            RetryAfter = RetryAfterOf(exception),
        };
    }

    /// <summary>
    /// Why a call ended so, in one line that is never empty: the cause when it was found on this side, with the address when there was
    /// no connection; else what the other side says; else the status.
    /// </summary>
    public static string ReasonOf(Status status)
    {
        string?[] reasons = [CauseOf(status.DebugException), status.Detail];
        return reasons.Select(OneLine).FirstOrDefault(reason => reason.Length > 0) ?? status.StatusCode.ToString();
    }

    /// <summary>Advice in milliseconds, not negative, as a time of at most an hour.</summary>
    public static TimeSpan DelayOf(long milliseconds) =>
        TimeSpan.FromMilliseconds(Math.Min(milliseconds, (long)LongestDelay.TotalMilliseconds));

    /// <summary>The advice a gRPC call ended with; null when there is none.</summary>
    public static TimeSpan? RetryAfterOf(RpcException exception) =>
        long.TryParse(exception.Trailers.GetValue(RetryAfterTrailer), CultureInfo.InvariantCulture, out var delay) && delay >= 0
            ? DelayOf(delay)
            : null;

    // Who could not be reached is said where the connection was tried, why something broke at the bottom.
    private static string? CauseOf(Exception? problem) => problem switch
    {
        null => null,
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } =>
            problem.Message,
        { InnerException: { } inner } => CauseOf(inner),
        _ => problem.Message,
    };

    private static string OneLine(string? text) =>
        string.Join(' ', (text ?? "").Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static Row RowOf(string code) => ByCode.GetValueOrDefault(code) ?? ByCode[FailureCode.Internal];

    private static Row RowOf(Failure failure) => ByCode.GetValueOrDefault(failure.Code) ?? failure.Class switch
    {
        FailureClass.Transient => ByCode[FailureCode.Unavailable],
        FailureClass.Permanent => ByCode[FailureCode.InvalidArgument],
        FailureClass.Business => ByCode[FailureCode.FailedPrecondition],
        _ => ByCode[FailureCode.Internal],
    };

    private sealed record Row(string Code, StatusCode Status, FailureClass Class, bool Retryable);
}
