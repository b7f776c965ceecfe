using Google.Protobuf;
using Grpc.Core;
using Orchestration.Contracts;
using Orchestration.Hosting.Blobs;
using Orchestration.Hosting.Errors;
using Orchestration.Hosting.Identity;

namespace Orchestrator.Api;

/// <summary>Upload and download of content over gRPC.</summary>
internal sealed class BlobServiceApi(BlobStore blobs) : BlobService.BlobServiceBase
{
    private const int LargestUpload = 64 << 20;

    public override async Task<Orchestration.Contracts.BlobReference> UploadBlob(
        IAsyncStreamReader<UploadBlobRequest> requestStream, ServerCallContext context)
    {
        using var content = new MemoryStream();
        var collection = "";
        await foreach (var part in requestStream.ReadAllAsync(context.CancellationToken))
        {
            collection = part.Collection.Length > 0 ? part.Collection : collection;
            if (content.Length + part.Chunk.Length > LargestUpload)
            {
                throw FailureException.InvalidArgument($"An upload has at most {LargestUpload} bytes.");
            }

            content.Write(part.Chunk.Span);
        }

        var stored = await blobs.WriteAsync(context.GetCaller().Tenant, collection, content.ToArray(), context.CancellationToken);
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
