using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.Extensions.Configuration;

namespace Orchestration.Hosting.Sidecar;

/// <summary>
/// The connection to our own sidecar's gRPC port, for calls to other apps. It is our own and not the Dapr client's because
/// it must notice a frozen sidecar and may open more than one connection.
/// </summary>
public sealed class SidecarChannel : IDisposable
{
    /// <summary>Bytes of the largest message that goes to or comes from another app.</summary>
    public const int LargestMessage = 16 << 20;

    private readonly GrpcChannel channel;
    private readonly string token;

    /// <summary>Reads DAPR_GRPC_ENDPOINT, or DAPR_GRPC_PORT (50001), and DAPR_API_TOKEN. Nothing is connected yet.</summary>
    public SidecarChannel(IConfiguration configuration)
    {
        var address = new SidecarAddress(configuration);
        token = address.Token;
        channel = GrpcChannel.ForAddress(address.Grpc, new GrpcChannelOptions
        {
            // A sidecar answers pings that come more often than every 8 s by closing the connection.
            HttpHandler = new SocketsHttpHandler
            {
                EnableMultipleHttp2Connections = true,
                PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
                KeepAlivePingDelay = TimeSpan.FromSeconds(10),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(5),
                KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            },
            DisposeHttpClient = true,
            MaxReceiveMessageSize = LargestMessage,
        });
    }

    /// <summary>Calls another app through the sidecar.</summary>
    /// <param name="appId">Dapr app id of the callee.</param>
    public CallInvoker To(string appId) => channel.Intercept(headers =>
    {
        headers.Add("dapr-app-id", appId);

        // Without it a sidecar may buffer the request for its retries; a stream is passed through as it comes.
        headers.Add("dapr-stream", "true");
        if (token.Length > 0)
        {
            headers.Add("dapr-api-token", token);
        }

        return headers;
    });

    /// <inheritdoc />
    public void Dispose() => channel.Dispose();
}
