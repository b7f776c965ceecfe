using System.Buffers;
using System.Net;

namespace Sidecar.Invocation;

/// <summary>A request body that is passed on while it comes in.</summary>
internal sealed class ForwardedContent(Stream source, CancellationToken cancellationToken) : HttpContent
{
    private const int BufferSize = 16 * 1024;

    /// <summary>The body has been asked for: the connection stands and bytes may have been sent.</summary>
    public bool Started { get; private set; }

    /// <summary>
    /// Whether an error came before anything was sent, so that another replica may be tried. A connect time-out comes as a
    /// cancellation that nobody asked for.
    /// </summary>
    public static bool IsBeforeAnyByte(Exception error, HttpRequestMessage request) =>
        error is OperationCanceledException
            or HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError }
        && request.Content is null or ForwardedContent { Started: false };

    /// <summary>Copies and flushes piece by piece, so that a message is never held back.</summary>
    public static async Task CopyAsync(
        Stream from, Stream to, Func<CancellationToken, Task>? sendHeaders, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var reading = from.ReadAsync(buffer, cancellationToken);

            // Headers go out at once when the first piece is not there yet: a stream's caller may wait for them.
            if (!reading.IsCompleted && sendHeaders is not null)
            {
                await sendHeaders(cancellationToken);
            }

            while (await reading is var length && length > 0)
            {
                await to.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
                await to.FlushAsync(cancellationToken);
                reading = from.ReadAsync(buffer, cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken uploadToken)
    {
        Started = true;

        // Request headers reach the app before the first message of a client stream.
        await stream.FlushAsync(cancellationToken);
        await CopyAsync(source, stream, null, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
