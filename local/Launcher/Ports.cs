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
    private const int Tries = 1000;

    private readonly string _folder;
    private readonly List<FileStream> _held = [];

    /// <exception cref="LaunchException">The folder for the locks cannot be used.</exception>
    public Ports(string? folder = null)
    {
        _folder = folder ?? Path.Combine(Path.GetTempPath(), $"orchestration-ports-{Environment.UserName}");
        try
        {
            Directory.CreateDirectory(_folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw Unusable(problem);
        }
    }

    /// <summary>The wanted port, or another below those the system hands out for outgoing connections.</summary>
    /// <param name="wanted">0 means any.</param>
    /// <exception cref="LaunchException">No port is free, or none can be locked.</exception>
    public int Take(int wanted)
    {
        if (wanted != 0 && TryTake(wanted))
        {
            return wanted;
        }

        for (var i = 0; i < Tries; i++)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            if (TryTake(port))
            {
                return port;
            }
        }

        throw new LaunchException($"no free port between 20000 and 32000 could be locked in {_folder}");
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
        catch (Exception problem) when (problem is UnauthorizedAccessException or DirectoryNotFoundException)
        {
            throw Unusable(problem);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private LaunchException Unusable(Exception problem) =>
        new($"{_folder}, which holds the locks of ports, cannot be used: {problem.Message}");

    private static bool IsFree(int port) => CanListen(IPAddress.Loopback, port)
        && (!Socket.OSSupportsIPv6 || CanListen(IPAddress.IPv6Loopback, port));

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
