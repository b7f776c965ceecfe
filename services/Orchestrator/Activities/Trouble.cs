using Dapr;
using Grpc.Core;
using Orchestration.Domain.Failures;
using Orchestration.Hosting.Errors;

namespace Orchestrator.Activities;

/// <summary>Tells apart what an activity can run into.</summary>
internal static partial class Trouble
{
    /// <summary>Repeating the activity cannot help: what it needs is gone, damaged or wrong.</summary>
    public static bool IsForGood(this Failure failure) =>
        failure.Code is FailureCode.NotFound or FailureCode.DataLoss or FailureCode.InvalidArgument;

    /// <summary>
    /// The failure an activity of the engine ends with, because repeating it cannot help; null while something it stands on is
    /// away: then it throws and is repeated.
    /// </summary>
    public static Failure? FinalFailureOf(Exception exception) => exception switch
    {
        FailureException known when known.Failure.IsForGood() || known.Failure.Class != FailureClass.Transient => known.Failure,
        FailureException or OperationCanceledException => null,
        _ when IsOutage(exception) => null,
        _ =>
            new Failure(FailureCode.Internal, FailureClass.System, $"the orchestrator itself failed: {exception.GetType().Name}",
            Retryable: false),
    };

    /// <summary>The sidecar or what is behind it is away. That is nobody's failed attempt.</summary>
    public static bool IsOutage(Exception exception) => exception is DaprException
        or RpcException { StatusCode: StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Internal }
        or HttpRequestException
        or IOException
        or TimeoutException;

    [LoggerMessage(2, LogLevel.Warning, "Run {RunId}: its events cannot be published now; they are left for later.")]
    public static partial void LogRefused(ILogger logger, Exception exception, string runId);

    [LoggerMessage(1, LogLevel.Error, "Run {RunId}: {Activity} failed for good.")]
    public static partial void LogFailed(ILogger logger, Exception exception, string runId, string activity);
}
