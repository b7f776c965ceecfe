using Dapr;
using Grpc.Core;
using Orchestration.Domain.Failures;

namespace Orchestrator.Activities;

/// <summary>Tells apart what an activity can run into.</summary>
internal static class Trouble
{
    /// <summary>Repeating the activity cannot help: what it needs is gone, damaged or wrong.</summary>
    public static bool IsForGood(this Failure failure) =>
        failure.Code is FailureCode.NotFound or FailureCode.DataLoss or FailureCode.InvalidArgument;

    /// <summary>The sidecar or what is behind it is away. That is nobody's failed attempt.</summary>
    public static bool IsOutage(Exception exception) => exception is DaprException
        or RpcException { StatusCode: StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Internal }
        or HttpRequestException
        or IOException;
}
