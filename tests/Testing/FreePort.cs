using System.Net;
using System.Net.Sockets;

namespace Testing;

/// <summary>
/// Ports for servers that have to know theirs before they start. Each test program of a user has a block of them to itself: a server that
/// is stopped and started again finds its port as it left it.
/// </summary>
public static class FreePort
{
    // Below what systems hand out for outgoing connections and for port 0, and above the well-known.
    private const int First = 10_000;
    private const int Blocks = 50;
    private const int BlockSize = 200;

    private static readonly Lock Turn = new();

    // The file is held open, and so locked, until the program ends.
    private static readonly (FileStream Claim, int First) Own = ClaimBlock();
    private static int _given = Random.Shared.Next(BlockSize);

    /// <summary>A port nobody listens on; the same again only after all others of the block.</summary>
    public static int Next()
    {
        lock (Turn)
        {
            while (true)
            {
                var port = Own.First + (_given++ % BlockSize);
                if (IsFree(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || IsFree(IPAddress.IPv6Loopback, port)))
                {
                    return port;
                }
            }
        }
    }

    private static (FileStream Claim, int First) ClaimBlock()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"test-ports-{Environment.UserName}")).FullName;
        for (var block = 0; block < Blocks; block++)
        {
            try
            {
                var claim = new FileStream(
                    Path.Combine(folder, $"{block}.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                return (claim, First + (block * BlockSize));
            }
            catch (IOException)
            {
                // Another program's.
            }
        }

        throw new InvalidOperationException($"all {Blocks} blocks of ports are taken; see {folder}");
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
