using System.Buffers;
using Grpc.Core;
using Orchestration.Contracts;
using Orchestration.Hosting.Errors;

namespace Orchestrator.Blobs;

/// <summary>
/// One upload as it comes in. Its name is its hash, so it is written when all of it is here; the pieces stay as they came, so that
/// it takes its size in memory and no more.
/// </summary>
internal sealed class UploadedContent
{
    /// <summary>Bytes of one upload.</summary>
    public const int Largest = 64 << 20;

    /// <summary>What keeping a piece costs beside its bytes: many small ones are not cheaper than a large one.</summary>
    public const int PerPiece = 128;

    /// <summary>An upload of which nothing comes for so long gives its memory back.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private Piece? _first;
    private Piece? _last;
    private long _length;

    private UploadedContent()
    {
    }

    public string Collection { get; private set; } = "";

    public ReadOnlySequence<byte> Bytes =>
        _first is null ? ReadOnlySequence<byte>.Empty : new ReadOnlySequence<byte>(_first, 0, _last!, _last!.Memory.Length);

    /// <summary>Reads an upload to its end.</summary>
    /// <param name="room">The content is in memory as long as this is held.</param>
    /// <exception cref="FailureException">It is too large, there is no room for it, or it stands still.</exception>
    public static async Task<UploadedContent> ReadAsync(
        IAsyncStreamReader<UploadBlobRequest> parts, UploadMemory.Upload room, TimeProvider time, CancellationToken cancellationToken)
    {
        var content = new UploadedContent();
        while (await MoveNextAsync(parts, time, cancellationToken))
        {
            content.Add(parts.Current, room);
        }

        return content;
    }

    // Unavailable: a caller that was asleep may make it again.
    private static async Task<bool> MoveNextAsync(
        IAsyncStreamReader<UploadBlobRequest> parts, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return await parts.MoveNext(cancellationToken).WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw FailureException.Unavailable($"Nothing of the upload came for {Patience.TotalSeconds:0} s; make it again.");
        }
    }

    private void Add(UploadBlobRequest part, UploadMemory.Upload room)
    {
        Collection = part.Collection.Length > 0 ? part.Collection : Collection;
        if (part.Chunk.IsEmpty)
        {
            return;
        }

        _length += part.Chunk.Length;
        if (_length > Largest)
        {
            throw FailureException.InvalidArgument($"An upload has at most {Largest} bytes.");
        }

        room.Take(part.Chunk.Length + PerPiece);
        _last = _last is null ? _first = new Piece(part.Chunk.Memory) : _last.Append(part.Chunk.Memory);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> content) => Memory = content;

        public Piece Append(ReadOnlyMemory<byte> content)
        {
            var next = new Piece(content) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
