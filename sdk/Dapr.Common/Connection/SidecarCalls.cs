using Grpc.Core;

namespace Dapr.Common.Connection;

/// <summary>Calls whose failures are told as the clients tell them.</summary>
internal static class SidecarCalls
{
    /// <summary>The answer of a call.</summary>
    /// <exception cref="DaprException">The sidecar refused it or could not be reached.</exception>
    public static async Task<T> AnswerAsync<T>(this AsyncUnaryCall<T> call, string operation)
    {
        using (call)
        {
            try
            {
                return await call;
            }
            catch (RpcException e)
            {
                throw new DaprException($"{operation} failed: {e.Status.StatusCode}: {e.Status.Detail}", e);
            }
        }
    }
}
