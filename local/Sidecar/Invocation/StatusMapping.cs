using System.Collections.Frozen;
using Grpc.Core;

namespace Sidecar.Invocation;

/// <summary>What an HTTP status is in gRPC and the other way round, as daprd translates them.</summary>
internal static class StatusMapping
{
    private static readonly FrozenDictionary<StatusCode, int> Http = new Dictionary<StatusCode, int>
    {
        [StatusCode.OK] = StatusCodes.Status200OK,
        [StatusCode.Cancelled] = StatusCodes.Status408RequestTimeout,
        [StatusCode.InvalidArgument] = StatusCodes.Status400BadRequest,
        [StatusCode.DeadlineExceeded] = StatusCodes.Status504GatewayTimeout,
        [StatusCode.NotFound] = StatusCodes.Status404NotFound,
        [StatusCode.AlreadyExists] = StatusCodes.Status409Conflict,
        [StatusCode.PermissionDenied] = StatusCodes.Status403Forbidden,
        [StatusCode.Unauthenticated] = StatusCodes.Status401Unauthorized,
        [StatusCode.ResourceExhausted] = StatusCodes.Status429TooManyRequests,
        [StatusCode.FailedPrecondition] = StatusCodes.Status400BadRequest,
        [StatusCode.Aborted] = StatusCodes.Status409Conflict,
        [StatusCode.OutOfRange] = StatusCodes.Status400BadRequest,
        [StatusCode.Unimplemented] = StatusCodes.Status501NotImplemented,
        [StatusCode.Unavailable] = StatusCodes.Status503ServiceUnavailable,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<int, StatusCode> Grpc = new Dictionary<int, StatusCode>
    {
        [StatusCodes.Status400BadRequest] = StatusCode.Internal,
        [StatusCodes.Status401Unauthorized] = StatusCode.Unauthenticated,
        [StatusCodes.Status403Forbidden] = StatusCode.PermissionDenied,
        [StatusCodes.Status404NotFound] = StatusCode.NotFound,
        [StatusCodes.Status408RequestTimeout] = StatusCode.Cancelled,
        [StatusCodes.Status409Conflict] = StatusCode.AlreadyExists,
        [StatusCodes.Status429TooManyRequests] = StatusCode.ResourceExhausted,
        [StatusCodes.Status501NotImplemented] = StatusCode.Unimplemented,
        [StatusCodes.Status503ServiceUnavailable] = StatusCode.Unavailable,
        [StatusCodes.Status504GatewayTimeout] = StatusCode.DeadlineExceeded,
    }.ToFrozenDictionary();

    public static int ToHttp(StatusCode code) => Http.GetValueOrDefault(code, StatusCodes.Status500InternalServerError);

    public static StatusCode ToGrpc(int status) => status is >= 200 and < 300
        ? StatusCode.OK
        : Grpc.GetValueOrDefault(status, StatusCode.Unknown);
}
