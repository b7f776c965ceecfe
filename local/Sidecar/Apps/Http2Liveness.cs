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

    // A process on a starved machine answers late: silence means something only beside how long it took of late.
    private const double Patience = 4;
    private const double Forgetting = 0.95;
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(10);

    // A tick that comes late says that this process, or the whole machine, stood still: it proves nothing about the other.
    private static readonly TimeSpan Punctual = 1.5 * Interval;

    /// <summary>Watches until the connection ends.</summary>
    public static async Task<ConnectionEnd> WatchAsync(
        Socket socket, TimeProvider clock, Action onAlive, CancellationToken cancellationToken)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        await stream.WriteAsync(Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), cancellationToken);
        await stream.WriteAsync(Frame(Settings, 0, []), cancellationToken);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var state = new PingState(clock);
        var reading = ReadAsync(stream, state, onAlive, ended.Token);
        using var timer = new PeriodicTimer(Interval, clock);
        var unanswered = 0;
        var slowest = TimeSpan.Zero;
        while (!reading.IsCompleted)
        {
            if (unanswered * Interval >= Silence(slowest))
            {
                await ended.CancelAsync();
                await reading;
                return ConnectionEnd.Frozen;
            }

            var sent = clock.GetTimestamp();
            await TryWriteAsync(stream, Frame(Ping, 0, Payload(sent)), ended.Token);
            await Task.WhenAny(reading, timer.WaitForNextTickAsync(cancellationToken).AsTask());
            if (state.TakeAnswer() is { } latency)
            {
                unanswered = 0;
                slowest = latency > slowest ? latency : slowest * Forgetting;
            }
            else if (clock.GetElapsedTime(sent) < Punctual)
            {
                unanswered++;
            }
        }

        await reading;
        return ConnectionEnd.Closed;
    }

    private static TimeSpan Silence(TimeSpan slowest)
    {
        var usual = MissedTicks * Interval;
        var patient = slowest * Patience;
        return patient < usual ? usual : patient > LongestSilence ? LongestSilence : patient;
    }

    private static byte[] Payload(long sent)
    {
        var payload = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(payload, sent);
        return payload;
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

                if (type == Ping && flags == Ack && length == sizeof(long))
                {
                    state.SetAnswered(BinaryPrimitives.ReadInt64BigEndian(payload));
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

    private sealed class PingState(TimeProvider clock)
    {
        private const long None = -1;
        private long latency = None;

        /// <summary>Notes the answer to the ping that was sent at this timestamp.</summary>
        public void SetAnswered(long sent) => Interlocked.Exchange(ref latency, clock.GetElapsedTime(sent).Ticks);

        /// <summary>How long the newest answer since the last question took, if there was one.</summary>
        public TimeSpan? TakeAnswer() => Interlocked.Exchange(ref latency, None) is var ticks and not None
            ? TimeSpan.FromTicks(ticks)
            : null;
    }
}
