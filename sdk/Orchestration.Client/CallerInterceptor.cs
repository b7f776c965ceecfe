using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Orchestration.Client;

/// <summary>Adds the caller's key and the route through the sidecar to every call.</summary>
internal sealed class CallerInterceptor(OrchestrationClientOptions options, string? appId) : Interceptor
{
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest,
            TResponse> continuation)
        => continuation(request, WithDeadline(WithMetadata(context)));

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncServerStreamingCallContinuation<TRequest,
            TResponse> continuation)
        => continuation(request, WithMetadata(context));

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation)
        => continuation(WithMetadata(context));

    private ClientInterceptorContext<TRequest, TResponse> WithDeadline<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class
        => options.CallTimeout is { } timeout && context.Options.Deadline is null
            ? new(context.Method, context.Host, context.Options.WithDeadline(TimeProvider.System.GetUtcNow().UtcDateTime + timeout))
            : context;

    private ClientInterceptorContext<TRequest, TResponse> WithMetadata<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class
    {
        var headers = new Metadata { { "authorization", $"Bearer {options.ApiKey}" } };
        if (appId is not null)
        {
            headers.Add("dapr-app-id", appId);
            headers.Add("dapr-stream", "true");
        }

        if (options.DaprApiToken is { Length: > 0 } token)
        {
            headers.Add("dapr-api-token", token);
        }

        foreach (var entry in context.Options.Headers ?? [])
        {
            headers.Add(entry);
        }

        return new ClientInterceptorContext<TRequest, TResponse>(context.Method, context.Host, context.Options.WithHeaders(headers));
    }
}
