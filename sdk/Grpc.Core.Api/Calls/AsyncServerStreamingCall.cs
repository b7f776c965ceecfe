namespace Grpc.Core;

/// <summary>A call with one request and many responses.</summary>
/// <typeparam name="TResponse">The response message.</typeparam>
public sealed class AsyncServerStreamingCall<TResponse> : IDisposable
{
    private readonly CallState _state;

    /// <summary>Creates the call from the transport's parts.</summary>
    /// <param name="responseStream">The responses to read.</param>
    /// <param name="responseHeadersAsync">The response headers, when they are there.</param>
    /// <param name="getStatusFunc">The status; throws before the call is over.</param>
    /// <param name="getTrailersFunc">The trailers; throws before the call is over.</param>
    /// <param name="disposeAction">Frees the call and cancels it when it is not over.</param>
    public AsyncServerStreamingCall(
        IAsyncStreamReader<TResponse> responseStream,
        Task<Metadata> responseHeadersAsync,
        Func<Status> getStatusFunc,
        Func<Metadata> getTrailersFunc,
        Action disposeAction)
    {
        _state = new CallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction);
        ResponseStream = responseStream;
    }

    /// <summary>Creates the call from the transport's parts, each of which takes a state.</summary>
    /// <param name="responseStream">The responses to read.</param>
    /// <param name="responseHeadersAsync">The response headers, when they are there.</param>
    /// <param name="getStatusFunc">The status; throws before the call is over.</param>
    /// <param name="getTrailersFunc">The trailers; throws before the call is over.</param>
    /// <param name="disposeAction">Frees the call and cancels it when it is not over.</param>
    /// <param name="state">What the functions take.</param>
    public AsyncServerStreamingCall(
        IAsyncStreamReader<TResponse> responseStream,
        Func<object, Task<Metadata>> responseHeadersAsync,
        Func<object, Status> getStatusFunc,
        Func<object, Metadata> getTrailersFunc,
        Action<object> disposeAction,
        object state)
    {
        _state = new CallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction, state);
        ResponseStream = responseStream;
    }

    /// <summary>The responses to read.</summary>
    public IAsyncStreamReader<TResponse> ResponseStream { get; }

    /// <summary>The headers the server sent before its first response.</summary>
    public Task<Metadata> ResponseHeadersAsync => _state.ResponseHeadersAsync();

    /// <summary>How the call ended.</summary>
    /// <exception cref="InvalidOperationException">It is not over.</exception>
    public Status GetStatus() => _state.Status();

    /// <summary>The trailers of the call.</summary>
    /// <exception cref="InvalidOperationException">It is not over.</exception>
    public Metadata GetTrailers() => _state.Trailers();

    /// <summary>Frees the call; a call that is not over is cancelled.</summary>
    public void Dispose() => _state.Dispose();
}
