using System.Net;
using System.Net.Sockets;

namespace Local.Tests.Sidecars;

/// <summary>Passes bytes on until it is frozen: then connections stay open and nothing moves, as with a stopped process.</summary>
internal sealed class TcpRelay : IDisposable
{
    private readonly CancellationTokenSource frozen = new();
    private readonly TcpListener listener;
    private readonly int target;

    public TcpRelay(int port, int target)
    {
        this.target = target;
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        _ = AcceptAsync();
    }

    public void Freeze() => frozen.Cancel();

    public void Dispose()
    {
        listener.Dispose();
        frozen.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var from = await listener.AcceptTcpClientAsync(frozen.Token);
                var to = new TcpClient();
                await to.ConnectAsync(IPAddress.Loopback, target, frozen.Token);
                _ = PumpAsync(from, to);
                _ = PumpAsync(to, from);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream(), frozen.Token);
            to.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
        }
    }
}
