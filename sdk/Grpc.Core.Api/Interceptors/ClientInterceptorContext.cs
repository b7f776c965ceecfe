namespace Grpc.Core.Interceptors;

/// <summary>A call about to be made, as interceptors see it.</summary>
/// <typeparam name="TRequest">The request message.</typeparam>
/// <typeparam name="TResponse">The response message.</typeparam>
/// <param name="method">What is called.</param>
/// <param name="host">The host named; null for the channel's.</param>
/// <param name="options">Metadata, deadline, cancellation and so on.</param>
public readonly struct ClientInterceptorContext<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options)
    where TRequest : class
    where TResponse : class
{
    /// <summary>What is called.</summary>
    public Method<TRequest, TResponse> Method { get; } = method;

    /// <summary>The host named; null for the channel's.</summary>
    public string? Host { get; } = host;

    /// <summary>Metadata, deadline, cancellation and so on.</summary>
    public CallOptions Options { get; } = options;
}
