using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Launcher;

/// <summary>
/// The ports of one system: all different, free, and taken by no other launcher of the same person. Between choosing a port and
/// listening on it lies a process start, so a lock file holds each one as long as the system lives.
/// </summary>
internal sealed class Ports : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"orchestration-ports-{Environment.UserName}");
    private readonly List<FileStream> _held = [];

    public Ports() => Directory.CreateDirectory(_folder);

    /// <summary>The wanted port, or another below those the system hands out for outgoing connections.</summary>
    /// <param name="wanted">0 means any.</param>
    public int Take(int wanted)
    {
        var port = wanted;
        while (port == 0 || !TryTake(port))
        {
            port = Random.Shared.Next(20_000, 32_000);
        }

        return port;
    }

    public void Dispose() => _held.ForEach(port => port.Dispose());

    private bool TryTake(int port)
    {
        try
        {
            var held = new FileStream(
                Path.Combine(_folder, port.ToString(CultureInfo.InvariantCulture)),
                FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            if (IsFree(port))
            {
                _held.Add(held);
                return true;
            }

            held.Dispose();
            return false;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsFree(int port) => CanListen(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || CanListen(IPAddress.IPv6Loopback, port));

    private static bool CanListen(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException problem)
        {
            return problem.SocketErrorCode == SocketError.AddressNotAvailable;
        }
    }
}
