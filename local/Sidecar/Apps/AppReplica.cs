using System.Net;
using Grpc.Net.Client;
using Sidecar.RunFiles;

namespace Sidecar.Apps;

/// <summary>
/// One entry of the run file at run time: the app's process on one side, its own sidecar ports on the other.
/// </summary>
internal sealed class AppReplica : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);

    private readonly Lock gate = new();
    private CancellationTokenSource epoch = new();
    private TaskCompletionSource reachable = NewSignal();
    private TaskCompletionSource lost = NewSignal();

    public AppReplica(AppEntry entry, int index)
    {
        Entry = entry;
        Name = $"{entry.AppId}#{index}";
        Address = new Uri($"http://{entry.Host}:{entry.AppPort}");
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = ConnectTimeout,
            EnableMultipleHttp2Connections = true,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
            InitialHttp2StreamWindowSize = 1024 * 1024,
        };
        Invoker = new HttpMessageInvoker(handler, disposeHandler: true);
        Grpc = GrpcChannel.ForAddress(Address, new GrpcChannelOptions
        {
            HttpHandler = new SharedHandler(Invoker),
            MaxReceiveMessageSize = entry.MaxBodySize,
            MaxSendMessageSize = null,
        });
    }

    public AppEntry Entry { get; }
    public string Name { get; }
    public string AppId => Entry.AppId;
    public Uri Address { get; }
    public HttpMessageInvoker Invoker { get; }

    /// <summary>For the app's callbacks; shares the connections of <see cref="Invoker"/>.</summary>
    public GrpcChannel Grpc { get; }
    public bool HasChannel => Entry.AppPort != 0;
    public Version HttpVersion => Entry.Protocol == AppProtocol.Http ? System.Net.HttpVersion.Version11 : System.Net.HttpVersion.Version20;

    /// <summary>New calls may go to it.</summary>
    public bool IsReachable { get; private set; }

    /// <summary>
    /// Whether a call may start now, and what ends it should the process stop answering while its connections stay open. Asked at once, so
    /// that a replica that froze after it was chosen is not called with the token of its next life.
    /// </summary>
    public bool TryUse(out CancellationToken alive)
    {
        lock (gate)
        {
            alive = epoch.Token;
            return IsReachable;
        }
    }

    public Task WhenReachableAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return reachable.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Completes when the replica stops being reachable.</summary>
    public Task WhenLostAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return lost.Task.WaitAsync(cancellationToken);
        }
    }

    public void MarkReachable()
    {
        lock (gate)
        {
            if (!IsReachable)
            {
                IsReachable = true;
                lost = NewSignal();
                reachable.TrySetResult();
            }
        }
    }

    /// <summary>No new calls; those that run may finish, as they do when an app drains.</summary>
    public void MarkUnreachable()
    {
        lock (gate)
        {
            if (IsReachable)
            {
                IsReachable = false;
                reachable = NewSignal();
                lost.TrySetResult();
            }
        }
    }

    /// <summary>No new calls, and those that run fail.</summary>
    public void MarkFrozen()
    {
        CancellationTokenSource frozen;
        lock (gate)
        {
            MarkUnreachable();
            frozen = epoch;
            epoch = new CancellationTokenSource();
        }

        frozen.Cancel();
        frozen.Dispose();
    }

    public void Dispose()
    {
        Grpc.Dispose();
        Invoker.Dispose();

        // The epoch stays: a watcher on its way out may still cancel it, and it holds nothing.
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The channel takes over a sockets handler that it is given (its connect callback) and makes it unfit for others.
    private sealed class SharedHandler(HttpMessageInvoker invoker) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            invoker.SendAsync(request, cancellationToken);
    }
}
