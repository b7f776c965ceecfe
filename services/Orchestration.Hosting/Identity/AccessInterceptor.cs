using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;
using Orchestration.Hosting.Errors;

namespace Orchestration.Hosting.Identity;

/// <summary>Lets a call through when its caller is known and has the role that the table asks for.</summary>
internal sealed partial class AccessInterceptor(Authenticator authenticator, ILogger<AccessInterceptor> logger) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Admit(context);
        return continuation(request, context);
    }

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest,
            TResponse> continuation)
    {
        Admit(context);
        return continuation(requestStream, context);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Admit(context);
        return continuation(request, responseStream, context);
    }

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Admit(context);
        return continuation(requestStream, responseStream, context);
    }

    private void Admit(ServerCallContext context)
    {
        var caller = authenticator.Authenticate(context.RequestHeaders.GetValue("authorization"));
        if (caller is null)
        {
            LogUnknown(logger, context.Method, context.Peer);
            throw FailureException.Unauthenticated(context.RequestHeaders.Any(header => header.Key == "authorization")
                ? "The API key that was given is not known."
                : "An API key is needed: authorization: Bearer <key>.");
        }

        if (AccessTable.RoleFor(context.Method) is not { } role || !caller.Has(role))
        {
            LogDenied(logger, context.Method, caller.Name);
            throw FailureException.Forbidden($"The key '{caller.Name}' may not call {context.Method}.");
        }

        context.SetCaller(caller);
    }

    [LoggerMessage(1, LogLevel.Warning, "Refused {Method} from {Peer}: no valid key.")]
    private static partial void LogUnknown(ILogger logger, string method, string peer);

    [LoggerMessage(2, LogLevel.Warning, "Refused {Method}: '{Caller}' lacks the role.")]
    private static partial void LogDenied(ILogger logger, string method, string caller);
}
