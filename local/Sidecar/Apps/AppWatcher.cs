using System.Net.Sockets;
using Sidecar.RunFiles;

namespace Sidecar.Apps;

/// <summary>
/// Knows of every app whether it can be called: by a connection with pings where the app speaks HTTP/2, by connecting now
/// and then where it does not.
/// </summary>
internal sealed partial class AppWatcher(AppDirectory apps, TimeProvider clock, ILogger<AppWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(apps.Replicas.Where(replica => replica.HasChannel).Select(replica => WatchAsync(replica, stoppingToken)));

    private async Task WatchAsync(AppReplica replica, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
#pragma warning disable CA1031 // An app that is not watched is never called again: no error may end this loop.
            try
            {
                await WatchOnceAsync(replica, cancellationToken);
                await Task.Delay(RetryInterval, clock, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                LogFailed(replica.Name, error);
                await Task.Delay(RetryInterval, clock, CancellationToken.None);
            }
#pragma warning restore CA1031
        }
    }

    private async Task WatchOnceAsync(AppReplica replica, CancellationToken cancellationToken)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (!await TryConnectAsync(socket, replica, cancellationToken))
        {
            Lost(replica);
            return;
        }

        if (replica.Entry.Protocol == AppProtocol.Http)
        {
            Found(replica);
            await Task.Delay(ConnectTimeout, clock, cancellationToken);
            return;
        }

        if (await TryPingAsync(socket, replica, cancellationToken) == ConnectionEnd.Frozen && replica.IsReachable)
        {
            replica.MarkFrozen();
            LogFrozen(replica.Name);
        }
    }

    private async Task<ConnectionEnd> TryPingAsync(Socket socket, AppReplica replica, CancellationToken cancellationToken)
    {
        try
        {
            return await Http2Liveness.WatchAsync(socket, clock, () => Found(replica), cancellationToken);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            return ConnectionEnd.Closed;
        }
    }

    private static async Task<bool> TryConnectAsync(Socket socket, AppReplica replica, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(ConnectTimeout);
        try
        {
            await socket.ConnectAsync(replica.Entry.Host, replica.Entry.AppPort, timeout.Token);

            // Knocking at a free port of the ephemeral range can connect a socket to itself, and keep the app out.
            return !Equals(socket.LocalEndPoint, socket.RemoteEndPoint);
        }
        catch (Exception error) when (
            error is SocketException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private void Found(AppReplica replica)
    {
        if (!replica.IsReachable)
        {
            replica.MarkReachable();
            LogReachable(replica.Name, replica.Address);
        }
    }

    private void Lost(AppReplica replica)
    {
        if (replica.IsReachable)
        {
            replica.MarkUnreachable();
            LogLost(replica.Name);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "App {App} is reachable at {Address}")]
    private partial void LogReachable(string app, Uri address);

    [LoggerMessage(2, LogLevel.Warning, "App {App} cannot be connected to any more")]
    private partial void LogLost(string app);

    [LoggerMessage(4, LogLevel.Error, "Watching app {App} failed and goes on")]
    private partial void LogFailed(string app, Exception error);

    [LoggerMessage(3, LogLevel.Warning, "App {App} does not answer pings: its calls are ended and new ones go elsewhere")]
    private partial void LogFrozen(string app);
}
