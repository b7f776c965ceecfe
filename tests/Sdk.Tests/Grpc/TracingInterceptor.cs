using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Sdk.Tests.Grpc;

/// <summary>Writes its name down and goes on.</summary>
internal sealed class TracingInterceptor(string name, List<string> trace) : Interceptor
{
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        trace.Add(name);
        return base.AsyncUnaryCall(request, context, continuation);
    }

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        trace.Add(name);
        return base.UnaryServerHandler(request, context, continuation);
    }
}
