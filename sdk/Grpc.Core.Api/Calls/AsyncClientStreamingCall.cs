using System.Runtime.CompilerServices;

namespace Grpc.Core;

/// <summary>A call with many requests and one response.</summary>
/// <typeparam name="TRequest">The request message.</typeparam>
/// <typeparam name="TResponse">The response message.</typeparam>
public sealed class AsyncClientStreamingCall<TRequest, TResponse> : IDisposable
{
    private readonly CallState _state;

    /// <summary>Creates the call from the transport's parts.</summary>
    /// <param name="requestStream">The requests to send.</param>
    /// <param name="responseAsync">The response.</param>
    /// <param name="responseHeadersAsync">The response headers, when they are there.</param>
    /// <param name="getStatusFunc">The status; throws before the call is over.</param>
    /// <param name="getTrailersFunc">The trailers; throws before the call is over.</param>
    /// <param name="disposeAction">Frees the call and cancels it when it is not over.</param>
    public AsyncClientStreamingCall(
        IClientStreamWriter<TRequest> requestStream,
        Task<TResponse> responseAsync,
        Task<Metadata> responseHeadersAsync,
        Func<Status> getStatusFunc,
        Func<Metadata> getTrailersFunc,
        Action disposeAction)
    {
        _state = new CallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction);
        ResponseAsync = responseAsync;
        RequestStream = requestStream;
    }

    /// <summary>Creates the call from the transport's parts, each of which takes a state.</summary>
    /// <param name="requestStream">The requests to send.</param>
    /// <param name="responseAsync">The response.</param>
    /// <param name="responseHeadersAsync">The response headers, when they are there.</param>
    /// <param name="getStatusFunc">The status; throws before the call is over.</param>
    /// <param name="getTrailersFunc">The trailers; throws before the call is over.</param>
    /// <param name="disposeAction">Frees the call and cancels it when it is not over.</param>
    /// <param name="state">What the functions take.</param>
    public AsyncClientStreamingCall(
        IClientStreamWriter<TRequest> requestStream,
        Task<TResponse> responseAsync,
        Func<object, Task<Metadata>> responseHeadersAsync,
        Func<object, Status> getStatusFunc,
        Func<object, Metadata> getTrailersFunc,
        Action<object> disposeAction,
        object state)
    {
        _state = new CallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction, state);
        ResponseAsync = responseAsync;
        RequestStream = requestStream;
    }

    /// <summary>The response; fails with <see cref="RpcException"/> when the call does.</summary>
    public Task<TResponse> ResponseAsync { get; }

    /// <summary>The requests to send.</summary>
    public IClientStreamWriter<TRequest> RequestStream { get; }

    /// <summary>The headers the server sent before its first response.</summary>
    public Task<Metadata> ResponseHeadersAsync => _state.ResponseHeadersAsync();

    /// <summary>Lets the call itself be awaited for its response.</summary>
    public TaskAwaiter<TResponse> GetAwaiter() => ResponseAsync.GetAwaiter();

    /// <summary>Lets the call itself be awaited for its response.</summary>
    /// <param name="continueOnCapturedContext">Whether to come back to the caller's context.</param>
    public ConfiguredTaskAwaitable<TResponse> ConfigureAwait(bool continueOnCapturedContext) =>
        ResponseAsync.ConfigureAwait(continueOnCapturedContext);

    /// <summary>How the call ended.</summary>
    /// <exception cref="InvalidOperationException">It is not over.</exception>
    public Status GetStatus() => _state.Status();

    /// <summary>The trailers of the call.</summary>
    /// <exception cref="InvalidOperationException">It is not over.</exception>
    public Metadata GetTrailers() => _state.Trailers();

    /// <summary>Frees the call; a call that is not over is cancelled.</summary>
    public void Dispose() => _state.Dispose();
}
