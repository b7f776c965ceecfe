using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Testing;

/// <summary>Ports for servers that have to know theirs before they start.</summary>
public static class FreePort
{
    // Below what systems hand out for outgoing connections and for port 0, and above the well-known.
    private const int First = 10_000;
    private const int Last = 19_999;
    private static readonly ConcurrentDictionary<int, bool> Given = [];

    /// <summary>A port nobody listens on, another one each time. Chosen at random, so that test programs running side by side hardly choose the same.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last + 1);
            if (Given.TryAdd(port, true) && IsFree(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || IsFree(IPAddress.IPv6Loopback, port)))
            {
                return port;
            }
        }
    }

    private static bool IsFree(IPAddress address, int port)
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
