using Grpc.Core;

namespace Dapr.Common.Connection;

/// <summary>Adds the headers that every call to the sidecar carries.</summary>
internal sealed class SidecarInvoker(CallInvoker inner, string userAgent, string apiToken) : CallInvoker
{
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        inner.BlockingUnaryCall(method, host, WithHeaders(options), request);

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        inner.AsyncUnaryCall(method, host, WithHeaders(options), request);

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        inner.AsyncServerStreamingCall(method, host, WithHeaders(options), request);

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        inner.AsyncClientStreamingCall(method, host, WithHeaders(options));

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        inner.AsyncDuplexStreamingCall(method, host, WithHeaders(options));

    private CallOptions WithHeaders(CallOptions options)
    {
        var headers = new Metadata { { "user-agent", userAgent } };
        if (!string.IsNullOrWhiteSpace(apiToken))
        {
            headers.Add("dapr-api-token", apiToken);
        }

        foreach (var entry in options.Headers ?? [])
        {
            headers.Add(entry);
        }

        return options.WithHeaders(headers);
    }
}
