using Dapr;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;
using Orchestration.Domain.Failures;

namespace Orchestration.Hosting.Errors;

/// <summary>Turns what a gRPC method throws into a status by the table; what nobody expected becomes an opaque number.</summary>
internal sealed partial class FailureInterceptor(ILogger<FailureInterceptor> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Map(exception, context);
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest,
            TResponse> continuation)
    {
        try
        {
            return await continuation(requestStream, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Map(exception, context);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Map(exception, context);
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Map(exception, context);
        }
    }

    private RpcException Map(Exception exception, ServerCallContext context)
    {
        switch (exception)
        {
            case FailureException known:
                return FailureMapping.ToRpc(known.Failure, known.Trailers);
            case OperationCanceledException when context.CancellationToken.IsCancellationRequested:
                return FailureMapping.ToRpc(FailureMapping.Create(FailureCode.Cancelled, "The call was cancelled."));
            case DaprException sidecar:
                LogSidecar(logger, context.Method, sidecar.Message);
                return FailureMapping.ToRpc(
                    FailureMapping.Create(FailureCode.Unavailable, "The service's sidecar did not do what it was asked for; try again."));
            default:
                var number = Guid.NewGuid().ToString("n");
                LogUnexpected(logger, exception, context.Method, number);
                return FailureMapping.ToRpc(FailureMapping.Create(FailureCode.Internal, $"Internal error {number}."));
        }
    }

    [LoggerMessage(1, LogLevel.Error, "{Method} failed unexpectedly; the caller was told number {Number}.")]
    private static partial void LogUnexpected(ILogger logger, Exception exception, string method, string number);

    [LoggerMessage(2, LogLevel.Warning, "{Method} failed at the sidecar: {Reason}")]
    private static partial void LogSidecar(ILogger logger, string method, string reason);
}
