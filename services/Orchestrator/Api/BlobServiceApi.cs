using Google.Protobuf;
using Grpc.Core;
using Orchestration.Contracts;
using Orchestration.Hosting.Blobs;
using Orchestration.Hosting.Errors;
using Orchestration.Hosting.Identity;
using Orchestrator.Blobs;

namespace Orchestrator.Api;

/// <summary>Upload and download of content over gRPC.</summary>
internal sealed class BlobServiceApi(BlobStore blobs, UploadMemory memory) : BlobService.BlobServiceBase
{
    private const int LargestUpload = 64 << 20;

    public override async Task<Orchestration.Contracts.BlobReference> UploadBlob(
        IAsyncStreamReader<UploadBlobRequest> requestStream, ServerCallContext context)
    {
        // Its name is its hash, so it is written when all of it is here.
        using var content = new MemoryStream();
        using var room = memory.Open();
        var collection = "";
        await foreach (var part in requestStream.ReadAllAsync(context.CancellationToken))
        {
            collection = part.Collection.Length > 0 ? part.Collection : collection;
            if (content.Length + part.Chunk.Length > LargestUpload)
            {
                throw FailureException.InvalidArgument($"An upload has at most {LargestUpload} bytes.");
            }

            room.Take(part.Chunk.Length);
            content.Write(part.Chunk.Span);
        }

        var whole = content.GetBuffer().AsMemory(0, (int)content.Length);
        var stored = await blobs.WriteAsync(context.GetCaller().Tenant, collection, whole, context.CancellationToken);
        return new Orchestration.Contracts.BlobReference { Blob = stored.Blob, Size = stored.Size };
    }

    public override async Task DownloadBlob(
        DownloadBlobRequest request, IServerStreamWriter<DownloadBlobResponse> responseStream, ServerCallContext context)
    {
        await foreach (var chunk in blobs.ReadChunksAsync(context.GetCaller().Tenant, request.Blob, context.CancellationToken))
        {
            await responseStream.WriteAsync(new DownloadBlobResponse { Chunk = ByteString.CopyFrom(chunk.Span) }, context.CancellationToken);
        }
    }
}
