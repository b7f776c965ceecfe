using System.Reflection;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Configuration;

namespace Dapr.Common.Connection;

/// <summary>Where the sidecar is and how it is talked to.</summary>
internal sealed class SidecarSettings
{
    public required string HttpEndpoint { get; set; }
    public required string GrpcEndpoint { get; set; }
    public required string ApiToken { get; set; }
    public GrpcChannelOptions? ChannelOptions { get; set; }
    public TimeSpan? HttpTimeout { get; set; }

    public static SidecarSettings From(IConfiguration? configuration) => new()
    {
        HttpEndpoint = DaprDefaults.GetDefaultHttpEndpoint(configuration),
        GrpcEndpoint = DaprDefaults.GetDefaultGrpcEndpoint(configuration),
        ApiToken = DaprDefaults.GetDefaultDaprApiToken(configuration),
    };

    public GrpcChannel CreateChannel() => GrpcChannel.ForAddress(
        GrpcEndpoint,
        ChannelOptions ?? new GrpcChannelOptions { HttpHandler = KeptAliveHandler(), DisposeHttpClient = true, ThrowOperationCanceledOnCancellation = true });

    /// <summary>A channel for work items: no size limits, and cancellation arrives as an RpcException like every other end of a stream.</summary>
    public GrpcChannel CreateWorkerChannel() => GrpcChannel.ForAddress(GrpcEndpoint, new GrpcChannelOptions
    {
        HttpHandler = KeptAliveHandler(),
        DisposeHttpClient = true,
        MaxReceiveMessageSize = ChannelOptions?.MaxReceiveMessageSize,
        MaxSendMessageSize = ChannelOptions?.MaxSendMessageSize,
    });

    public CallInvoker CreateInvoker(GrpcChannel channel, Assembly assembly) =>
        new SidecarInvoker(channel.CreateCallInvoker(), UserAgent(assembly), ApiToken);

    public HttpClient CreateHttpClient(Assembly assembly)
    {
        var client = new HttpClient();
        if (HttpTimeout is { } timeout)
        {
            client.Timeout = timeout;
        }

        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", UserAgent(assembly));
        if (!string.IsNullOrWhiteSpace(ApiToken))
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation("dapr-api-token", ApiToken);
        }

        return client;
    }

    public static string UserAgent(Assembly assembly) =>
        $"dapr-sdk-dotnet/v{assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0"}";

    // Pings find a frozen sidecar even when no call is open. No connection is closed for idleness: the worker's stream may be silent for hours.
    public static SocketsHttpHandler KeptAliveHandler() => new()
    {
        EnableMultipleHttp2Connections = true,
        KeepAlivePingDelay = TimeSpan.FromSeconds(60),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(30),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always,
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
    };
}
