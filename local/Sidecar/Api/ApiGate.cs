using Microsoft.AspNetCore.Http.Features;
using Sidecar.Apps;
using Sidecar.Invocation;

namespace Sidecar.Api;

/// <summary>In front of everything: checks the token, and sends what is not the sidecar's own gRPC service to the proxy.</summary>
internal sealed class ApiGate(RequestDelegate next, SidecarTokens tokens, GrpcProxy proxy)
{
    private static readonly string[] OwnServices = ["/TaskHubSidecarService", "/dapr.proto.runtime.v1.Dapr"];

    public Task InvokeAsync(HttpContext context)
    {
        var isGrpc = HttpProtocol.IsHttp2(context.Request.Protocol);
        if (!IsOpen(context.Request.Path) && !tokens.IsAllowed(AppDirectory.Caller(context), context.Request))
        {
            return RefuseAsync(context, isGrpc);
        }

        if (!isGrpc && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
        {
            body.MaxRequestBodySize = AppDirectory.Caller(context).Entry.MaxBodySize;
        }

        return isGrpc && !OwnServices.Any(service => context.Request.Path.StartsWithSegments(service, StringComparison.Ordinal))
            ? proxy.ForwardAsync(context)
            : next(context);
    }

    private static bool IsOpen(PathString path) => path == "/v1.0/healthz" || path == "/v1.0/healthz/outbound";

    private static Task RefuseAsync(HttpContext context, bool isGrpc)
    {
        const string Message = "invalid api token";
        if (isGrpc)
        {
            GrpcTrailers.Fail(context, GrpcCode.Unauthenticated, Message);
            return Task.CompletedTask;
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return context.Response.WriteAsync(Message, context.RequestAborted);
    }
}
