using Grpc.Core;
using Microsoft.Data.Sqlite;
using Sidecar.PubSub;

namespace Sidecar.Api;

/// <summary>Errors of the building blocks as Dapr's HTTP API tells them.</summary>
internal static class HttpErrors
{
    public static IResult Error(int status, string code, string message) =>
        Results.Json(new Dictionary<string, string> { ["errorCode"] = code, ["message"] = message }, statusCode: status);

    /// <summary>Runs a state request; <paramref name="failureCode"/> is what a failure of the store itself is called.</summary>
    public static Task<IResult> StateAsync(string failureCode, Func<Task<IResult>> call) => RunAsync(call, error => error.StatusCode switch
    {
        StatusCode.FailedPrecondition => (StatusCodes.Status500InternalServerError, "ERR_STATE_STORE_NOT_CONFIGURED"),
        StatusCode.InvalidArgument when error.Status.Detail.EndsWith("is not found", StringComparison.Ordinal) =>
            (StatusCodes.Status400BadRequest, "ERR_STATE_STORE_NOT_FOUND"),
        StatusCode.InvalidArgument when error.Status.Detail.StartsWith("operation type", StringComparison.Ordinal) =>
            (StatusCodes.Status400BadRequest, "ERR_NOT_SUPPORTED_STATE_OPERATION"),
        StatusCode.InvalidArgument => (StatusCodes.Status400BadRequest, "ERR_MALFORMED_REQUEST"),
        StatusCode.Aborted => (StatusCodes.Status409Conflict, failureCode),
        _ => (StatusCodes.Status500InternalServerError, failureCode),
    });

    public static Task<IResult> SecretAsync(Func<Task<IResult>> call) => RunAsync(call, error => error.StatusCode switch
    {
        StatusCode.FailedPrecondition => (StatusCodes.Status500InternalServerError, "ERR_SECRET_STORES_NOT_CONFIGURED"),
        StatusCode.InvalidArgument => (StatusCodes.Status401Unauthorized, "ERR_SECRET_STORE_NOT_FOUND"),
        _ => (StatusCodes.Status500InternalServerError, "ERR_SECRET_GET"),
    });

    public static Task<IResult> LockAsync(string failureCode, Func<Task<IResult>> call) => RunAsync(call, error => error.StatusCode switch
    {
        StatusCode.FailedPrecondition => (StatusCodes.Status500InternalServerError, "ERR_LOCK_STORE_NOT_CONFIGURED"),
        StatusCode.InvalidArgument when error.Status.Detail.EndsWith("not found", StringComparison.Ordinal) =>
            (StatusCodes.Status400BadRequest, "ERR_LOCK_STORE_NOT_FOUND"),
        StatusCode.InvalidArgument => (StatusCodes.Status400BadRequest, "ERR_MALFORMED_REQUEST"),
        _ => (StatusCodes.Status500InternalServerError, failureCode),
    });

    public static async Task<IResult> PublishAsync(Func<Task<IResult>> call)
    {
        try
        {
            return await call();
        }
        catch (PublishException error)
        {
            var (status, code) = error.Problem switch
            {
                PublishProblem.NotFound => (StatusCodes.Status404NotFound, "ERR_PUBSUB_NOT_FOUND"),
                PublishProblem.Forbidden => (StatusCodes.Status403Forbidden, "ERR_PUBSUB_FORBIDDEN"),
                PublishProblem.BadEvents => (StatusCodes.Status400BadRequest, "ERR_PUBSUB_EVENTS_SER"),
                PublishProblem.NotConfigured => (StatusCodes.Status400BadRequest, "ERR_PUBSUB_NOT_CONFIGURED"),
                _ => (StatusCodes.Status400BadRequest, "ERR_PUBSUB_REQUEST_METADATA"),
            };
            return Error(status, code, error.Message);
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.InvalidArgument)
        {
            return Error(StatusCodes.Status400BadRequest, "ERR_PUBSUB_EVENTS_SER", error.Status.Detail);
        }
        catch (SqliteException error)
        {
            return Error(StatusCodes.Status500InternalServerError, "ERR_PUBSUB_PUBLISH_MESSAGE", error.Message);
        }
    }

    private static async Task<IResult> RunAsync(Func<Task<IResult>> call, Func<RpcException, (int Status, string Code)> map)
    {
        try
        {
            return await call();
        }
        catch (RpcException error)
        {
            var (status, code) = map(error);
            return Error(status, code, error.Status.Detail);
        }
    }
}
