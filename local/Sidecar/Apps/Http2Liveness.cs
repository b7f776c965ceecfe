using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Sidecar.Apps;

/// <summary>How a watched connection ended.</summary>
internal enum ConnectionEnd
{
    /// <summary>The other side closed it; calls on other connections may still be finishing.</summary>
    Closed,

    /// <summary>Pings stayed unanswered: the process is stopped or unreachable though its connections are open.</summary>
    Frozen,
}

/// <summary>
/// A connection that carries nothing but HTTP/2 pings. The handler's own keep-alive cannot look more often than once a
/// second and needs several of these to notice; a frozen replica must be left within two.
/// </summary>
internal static class Http2Liveness
{
    private const int FrameHeader = 9;
    private const int LargestFrame = 16 * 1024;
    private const byte Settings = 4;
    private const byte Ping = 6;
    private const byte GoAway = 7;
    private const byte Ack = 1;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(350);

    private const int MissedTicks = 4;

    // A tick that comes late says that this process, or the whole machine, stood still: it proves nothing about the other.
    private static readonly TimeSpan Punctual = 1.5 * Interval;

    /// <summary>Watches until the connection ends.</summary>
    public static async Task<ConnectionEnd> WatchAsync(Socket socket, TimeProvider clock, Action onAlive, CancellationToken cancellationToken)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        await stream.WriteAsync(Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), cancellationToken);
        await stream.WriteAsync(Frame(Settings, 0, []), cancellationToken);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var state = new PingState();
        var reading = ReadAsync(stream, state, onAlive, ended.Token);
        using var timer = new PeriodicTimer(Interval, clock);
        var unanswered = 0;
        while (!reading.IsCompleted)
        {
            if (unanswered >= MissedTicks)
            {
                await ended.CancelAsync();
                await reading;
                return ConnectionEnd.Frozen;
            }

            var sent = clock.GetTimestamp();
            await TryWriteAsync(stream, Frame(Ping, 0, new byte[8]), ended.Token);
            await Task.WhenAny(reading, timer.WaitForNextTickAsync(cancellationToken).AsTask());
            unanswered = state.TakeAnswered() ? 0 : clock.GetElapsedTime(sent) < Punctual ? unanswered + 1 : unanswered;
        }

        await reading;
        return ConnectionEnd.Closed;
    }

    private static async Task ReadAsync(NetworkStream stream, PingState state, Action onAlive, CancellationToken cancellationToken)
    {
        var header = new byte[FrameHeader];
        try
        {
            while (true)
            {
                await stream.ReadExactlyAsync(header, cancellationToken);
                var length = (header[0] << 16) | (header[1] << 8) | header[2];
                if (length > LargestFrame)
                {
                    // Whatever answers there does not speak HTTP/2.
                    return;
                }

                var payload = new byte[length];
                await stream.ReadExactlyAsync(payload, cancellationToken);
                var (type, flags) = (header[3], header[4]);
                if (type == GoAway)
                {
                    return;
                }

                if (type == Ping && flags == Ack)
                {
                    state.SetAnswered();
                    onAlive();
                }
                else if (type is Ping or Settings && flags != Ack)
                {
                    await stream.WriteAsync(Frame(type, Ack, type == Ping ? payload : []), cancellationToken);
                }
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or SocketException)
        {
            // The end of the connection, however it came, is what the caller waits for.
        }
    }

    private static async Task TryWriteAsync(NetworkStream stream, byte[] frame, CancellationToken cancellationToken)
    {
        try
        {
            await stream.WriteAsync(frame, cancellationToken);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            // The reader sees the same end.
        }
    }

    private static byte[] Frame(byte type, byte flags, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[FrameHeader + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        frame[3] = type;
        frame[4] = flags;
        payload.CopyTo(frame.AsSpan(FrameHeader));
        return frame;
    }

    private sealed class PingState
    {
        private int answered;

        public void SetAnswered() => Volatile.Write(ref answered, 1);

        public bool TakeAnswered() => Interlocked.Exchange(ref answered, 0) == 1;
    }
}
