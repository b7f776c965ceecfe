using Grpc.Core;

namespace Dapr.Common.Connection;

/// <summary>
/// Methods that older sidecars know by an older name only. The official clients ask the sidecar's reflection service first which names it
/// has; trying says the same.
/// </summary>
internal sealed class RenamedMethods
{
    private volatile bool _onlyOld;

    public async Task<T> CallAsync<T>(string operation, Func<AsyncUnaryCall<T>> newer, Func<AsyncUnaryCall<T>> older)
    {
        if (!_onlyOld)
        {
            try
            {
                return await newer().AnswerAsync(operation);
            }
            catch (DaprException e) when (IsUnknown(e.InnerException))
            {
                _onlyOld = true;
            }
        }

        return await older().AnswerAsync(operation);
    }

    // A sidecar takes a method it does not know for a call to another app, and misses the name of that app.
    private static bool IsUnknown(Exception? error) => error is RpcException { Status: var status }
        && (status.StatusCode == StatusCode.Unimplemented
            || (status.StatusCode == StatusCode.Unknown
                && status.Detail.Contains("dapr-callee-app-id or dapr-app-id not found", StringComparison.Ordinal)));
}
