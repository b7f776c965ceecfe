using System.Net.Http.Json;
using System.Text.Json;
using Dapr.Common.Connection;
using Grpc.Core;
using Grpc.Net.Client;
using Wire = Dapr.Client.Autogen.Grpc.v1;

namespace Dapr.Client;

/// <summary>The client over the sidecar's gRPC API; health and invocation go over HTTP.</summary>
internal sealed partial class SidecarClient : DaprClient
{
    private readonly SidecarSettings _settings;
    private readonly JsonSerializerOptions _json;
    private readonly GrpcChannel _channel;
    private readonly Wire.Dapr.DaprClient _sidecar;
    private readonly HttpClient _http;
    private readonly Uri _httpEndpoint;

    public SidecarClient(SidecarSettings settings, JsonSerializerOptions json)
    {
        _settings = settings;
        _json = json;
        var assembly = typeof(SidecarClient).Assembly;
        _httpEndpoint = new Uri(settings.HttpEndpoint);
        _channel = settings.CreateChannel();
        _sidecar = new Wire.Dapr.DaprClient(settings.CreateInvoker(_channel, assembly));
        _http = settings.CreateHttpClient(assembly);
    }

    public override JsonSerializerOptions JsonSerializerOptions => _json;

    public override HttpClient CreateInvokableHttpClient(string? appId = null) =>
        CreateInvokeHttpClient(appId, _settings.HttpEndpoint, _settings.ApiToken);

    public override HttpRequestMessage CreateInvokeMethodRequest(HttpMethod httpMethod, string appId, string methodName) =>
        CreateInvokeMethodRequest(httpMethod, appId, methodName, []);

    public override HttpRequestMessage CreateInvokeMethodRequest(
        HttpMethod httpMethod, string appId, string methodName, IReadOnlyCollection<KeyValuePair<string, string>> queryStringParameters)
    {
        ArgumentNullException.ThrowIfNull(httpMethod);
        ArgumentException.ThrowIfNullOrEmpty(appId);
        ArgumentNullException.ThrowIfNull(methodName);
        ArgumentNullException.ThrowIfNull(queryStringParameters);
        var path = $"/v1.0/invoke/{appId}/method/{methodName.TrimStart('/')}";
        var query = string.Join('&', queryStringParameters.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));
        if (query.Length > 0)
        {
            path += (path.Contains('?', StringComparison.Ordinal) ? '&' : '?') + query;
        }

        var request = new HttpRequestMessage(httpMethod, new Uri(_httpEndpoint, path));
        if (!string.IsNullOrWhiteSpace(_settings.ApiToken))
        {
            request.Headers.TryAddWithoutValidation("dapr-api-token", _settings.ApiToken);
        }

        return request;
    }

    public override HttpRequestMessage CreateInvokeMethodRequest<TRequest>(
        HttpMethod httpMethod,
        string appId,
        string methodName,
        IReadOnlyCollection<KeyValuePair<string, string>> queryStringParameters,
        TRequest data)
    {
        var request = CreateInvokeMethodRequest(httpMethod, appId, methodName, queryStringParameters);
        request.Content = JsonContent.Create(data, options: _json);
        return request;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _channel.Dispose();
            _http.Dispose();
        }

        base.Dispose(disposing);
    }

    private static Task<T> CallAsync<T>(string operation, AsyncUnaryCall<T> call) => call.AnswerAsync(operation);

    /// <summary>A call that the store refuses with Aborted when an ETag does not match.</summary>
    private static async Task<bool> TryCallAsync<T>(string operation, AsyncUnaryCall<T> call)
    {
        try
        {
            await CallAsync(operation, call);
            return true;
        }
        catch (DaprException e) when (e.InnerException is RpcException { StatusCode: StatusCode.Aborted })
        {
            return false;
        }
    }
}
