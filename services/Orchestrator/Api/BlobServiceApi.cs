using Google.Protobuf;
using Grpc.Core;
using Orchestration.Contracts;
using Orchestration.Hosting.Blobs;
using Orchestration.Hosting.Identity;
using Orchestrator.Blobs;

namespace Orchestrator.Api;

/// <summary>Upload and download of content over gRPC.</summary>
internal sealed class BlobServiceApi(BlobStore blobs, UploadMemory memory, TimeProvider time) : BlobService.BlobServiceBase
{
    public override async Task<Orchestration.Contracts.BlobReference> UploadBlob(
        IAsyncStreamReader<UploadBlobRequest> requestStream, ServerCallContext context)
    {
        var tenant = context.GetCaller().Tenant;
        using var room = memory.Open(tenant);
        var content = await UploadedContent.ReadAsync(requestStream, room, time, context.CancellationToken);
        var stored = await blobs.WriteAsync(tenant, content.Collection, content.Bytes, context.CancellationToken);
        return new Orchestration.Contracts.BlobReference { Blob = stored.Blob, Size = stored.Size };
    }

    public override async Task DownloadBlob(
        DownloadBlobRequest request, IServerStreamWriter<DownloadBlobResponse> responseStream, ServerCallContext context)
    {
        await foreach (var chunk in blobs.ReadChunksAsync(context.GetCaller().Tenant, request.Blob, context.CancellationToken))
        {
            await responseStream.WriteAsync(
                new DownloadBlobResponse { Chunk = ByteString.CopyFrom(chunk.Span) }, context.CancellationToken);
        }
    }
}
