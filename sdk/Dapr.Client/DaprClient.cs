using System.Text.Json;
using Dapr.Common;
using Dapr.Common.Connection;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace Dapr.Client;

/// <summary>
/// The sidecar's building blocks. Make one with <see cref="DaprClientBuilder"/> and share it: it is safe for parallel use. What the sidecar
/// refuses is a <see cref="DaprException"/>.
/// </summary>
public abstract partial class DaprClient : IDaprClient
{
    /// <summary>How payloads become JSON.</summary>
    public abstract JsonSerializerOptions JsonSerializerOptions { get; }

    /// <summary>A client whose requests to <c>http://{app id}/path</c> go through the sidecar to that app.</summary>
    /// <param name="appId">App of relative requests; null allows absolute ones only.</param>
    /// <param name="daprEndpoint">The sidecar's HTTP endpoint; null looks it up in the environment.</param>
    /// <param name="daprApiToken">Token to send; null sends none.</param>
    public static HttpClient CreateInvokeHttpClient(string? appId = null, string? daprEndpoint = null, string? daprApiToken = null)
    {
        var handler = new InvocationHandler
        {
            InnerHandler = new HttpClientHandler(),
            DaprEndpoint = daprEndpoint ?? DaprDefaults.GetDefaultHttpEndpoint(),
            DefaultAppId = appId,
            ApiToken = daprApiToken,
        };
        var client = new HttpClient(handler);
        if (appId is not null)
        {
            client.BaseAddress = Uri.TryCreate($"http://{appId}", UriKind.Absolute, out var address)
                ? address
                : throw new ArgumentException($"'{appId}' cannot be the host of a URI.", nameof(appId));
        }

        return client;
    }

    /// <summary>Calls any gRPC service of an app through the sidecar.</summary>
    /// <param name="appId">The app.</param>
    /// <param name="daprEndpoint">The sidecar's gRPC endpoint; null looks it up in the environment.</param>
    /// <param name="daprApiToken">Token to send; null looks it up in the environment.</param>
    public static CallInvoker CreateInvocationInvoker(string appId, string? daprEndpoint = null, string? daprApiToken = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(appId);
        var channel = GrpcChannel.ForAddress(
            daprEndpoint ?? DaprDefaults.GetDefaultGrpcEndpoint(), new GrpcChannelOptions { HttpHandler = SidecarSettings.KeptAliveHandler() });
        return channel.Intercept(new InvocationInterceptor(appId, daprApiToken ?? DaprDefaults.GetDefaultDaprApiToken(null)));
    }

    /// <summary>A client whose requests to <c>http://{app id}/path</c> go through this client's sidecar, with its token.</summary>
    /// <param name="appId">App of relative requests; null allows absolute ones only.</param>
    public abstract HttpClient CreateInvokableHttpClient(string? appId = null);

    /// <summary>Ends the client.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the client holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
