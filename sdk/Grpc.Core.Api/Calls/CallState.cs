namespace Grpc.Core;

/// <summary>The parts all four kinds of call share; the transport gives them with or without a state object.</summary>
internal sealed class CallState(
    Func<object, Task<Metadata>> responseHeaders,
    Func<object, Status> status,
    Func<object, Metadata> trailers,
    Action<object> dispose,
    object state)
{
    public CallState(Task<Metadata> responseHeaders, Func<Status> status, Func<Metadata> trailers, Action dispose)
        : this(
            static state => ((Parts)state).ResponseHeaders,
            static state => ((Parts)state).Status(),
            static state => ((Parts)state).Trailers(),
            static state => ((Parts)state).Dispose(),
            new Parts(responseHeaders, status, trailers, dispose))
    {
    }

    public Task<Metadata> ResponseHeadersAsync() => responseHeaders(state);

    public Status Status() => status(state);

    public Metadata Trailers() => trailers(state);

    public void Dispose() => dispose(state);

    private sealed record Parts(Task<Metadata> ResponseHeaders, Func<Status> Status, Func<Metadata> Trailers, Action Dispose);
}
