using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Dapr.Client;
using Orchestration.Domain.Failures;
using Orchestration.Hosting.Errors;

namespace Orchestration.Hosting.Blobs;

/// <summary>
/// Content in the state component <c>blobs</c>, which all services share: addressed by its hash, cut into chunks, kept for a
/// time. The same content in the same collection is stored once.
/// </summary>
public sealed class BlobStore(DaprClient dapr)
{
    /// <summary>Name of the state component; its <c>keyPrefix</c> is <c>name</c>.</summary>
    public const string Component = "blobs";

    /// <summary>Bytes of a chunk; only the last one is shorter.</summary>
    public const int ChunkSize = 1 << 20;

    /// <summary>Largest content, in bytes.</summary>
    public const int MaxSize = 256 << 20;

    /// <summary>How long content is kept after it was last written.</summary>
    public static TimeSpan TimeToLive { get; } = TimeSpan.FromDays(30);

    private static readonly Dictionary<string, string> Kept = new()
    {
        ["ttlInSeconds"] = TimeToLive.TotalSeconds.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Stores content.</summary>
    /// <param name="tenant">Owner; nobody else can read it.</param>
    /// <param name="collection">What it belongs to, usually a root run or a request: letters, digits, '-', '_', '.' and ':'.</param>
    /// <param name="content">At most <see cref="MaxSize"/> bytes.</param>
    /// <exception cref="FailureException">A name is malformed or the content too large.</exception>
    public Task<BlobReference> WriteAsync(
        string tenant, string collection, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        WriteAsync(tenant, collection, new ReadOnlySequence<byte>(content), cancellationToken);

    /// <summary>Stores content that is in memory in pieces.</summary>
    /// <param name="tenant">Owner; nobody else can read it.</param>
    /// <param name="collection">What it belongs to, usually a root run or a request: letters, digits, '-', '_', '.' and ':'.</param>
    /// <param name="content">At most <see cref="MaxSize"/> bytes.</param>
    /// <exception cref="FailureException">A name is malformed or the content too large.</exception>
    public async Task<BlobReference> WriteAsync(
        string tenant, string collection, ReadOnlySequence<byte> content, CancellationToken cancellationToken)
    {
        if (content.Length > MaxSize)
        {
            throw FailureException.InvalidArgument($"{content.Length} bytes are more than a blob may have ({MaxSize}).");
        }

        var key = BlobKey.Create(tenant, collection, HashOf(content));
        for (var n = 0; n * ChunkSize < content.Length; n++)
        {
            var part = content.Slice(n * ChunkSize, Math.Min(ChunkSize, content.Length - n * ChunkSize));
            var chunk = part.IsSingleSegment ? part.First : part.ToArray();
            await dapr.SaveByteStateAsync(Component, key.Chunk(n), chunk, metadata: Kept, cancellationToken: cancellationToken);
        }

        return new BlobReference(key.Blob, content.Length);
    }

    /// <summary>Reads content and checks it against its hash.</summary>
    /// <exception cref="FailureException">There is no such content (any more), or it is damaged.</exception>
    public async Task<byte[]> ReadAsync(string tenant, BlobReference reference, CancellationToken cancellationToken)
    {
        if (reference.Size is < 0 or > MaxSize)
        {
            throw FailureException.InvalidArgument($"{reference.Size} is no size of a blob.");
        }

        var content = new byte[reference.Size];
        var read = 0;
        await foreach (var chunk in ReadChunksAsync(tenant, reference.Blob, cancellationToken))
        {
            if (read + chunk.Length > content.Length)
            {
                throw FailureException.InvalidArgument($"The blob {reference.Blob} is larger than its reference says.");
            }

            chunk.CopyTo(content.AsMemory(read));
            read += chunk.Length;
        }

        return read == content.Length
            ? content
            : throw FailureException.InvalidArgument($"The blob {reference.Blob} has {read} bytes, its reference says {content.Length}.");
    }

    /// <summary>Reads content piece by piece; the end of the sequence means that it was whole and right.</summary>
    /// <param name="blob">Collection and hash.</param>
    /// <exception cref="FailureException">There is no such content (any more), or it is damaged.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadChunksAsync(
        string tenant, string blob, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var key = BlobKey.Parse(tenant, blob);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ReadOnlyMemory<byte> chunk;
        var n = 0;
        do
        {
            chunk = await dapr.GetByteStateAsync(Component, key.Chunk(n++), cancellationToken: cancellationToken);
            hash.AppendData(chunk.Span);
            if (chunk.Length > 0)
            {
                yield return chunk;
            }
        }
        while (chunk.Length == ChunkSize);

        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != key.Hash)
        {
            throw n == 1 && chunk.Length == 0
                ? FailureException.NotFound($"There is no blob {blob}.")
                : new FailureException(FailureMapping.Create(FailureCode.DataLoss, $"The blob {blob} is damaged."));
        }
    }

    private static string HashOf(ReadOnlySequence<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in content)
        {
            hash.AppendData(part.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
