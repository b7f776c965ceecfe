using Dapr.Common.Connection;
using Dapr.DistributedLock.Models;
using Grpc.Core;
using Grpc.Net.Client;
using Wire = Dapr.Client.Autogen.Grpc.v1;

namespace Dapr.DistributedLock;

/// <summary>The client over the sidecar's gRPC API, which knows locks by their alpha names only.</summary>
internal sealed class SidecarLockClient(GrpcChannel channel, CallInvoker invoker) : DaprDistributedLockClient
{
    private readonly Wire.Dapr.DaprClient _sidecar = new(invoker);

    public override async Task<LockResponse?> TryLockAsync(
        string storeName, string resourceId, string lockOwner, int expiryInSeconds, CancellationToken cancellationToken = default)
    {
        Check(storeName, resourceId, lockOwner);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(expiryInSeconds);
        var request = new Wire.TryLockRequest
        {
            StoreName = storeName,
            ResourceId = resourceId,
            LockOwner = lockOwner,
            ExpiryInSeconds = expiryInSeconds,
        };
        var response = await _sidecar.TryLockAlpha1Async(request, cancellationToken: cancellationToken).AnswerAsync("Locking");
        return response.Success ? new LockResponse(this) { StoreName = storeName, ResourceId = resourceId, LockOwner = lockOwner } : null;
    }

    public override async Task<UnlockResponse> TryUnlockAsync(
        string storeName, string resourceId, string lockOwner, CancellationToken cancellationToken = default)
    {
        Check(storeName, resourceId, lockOwner);
        var request = new Wire.UnlockRequest { StoreName = storeName, ResourceId = resourceId, LockOwner = lockOwner };
        var response = await _sidecar.UnlockAlpha1Async(request, cancellationToken: cancellationToken).AnswerAsync("Unlocking");
        return new UnlockResponse(response.Status switch
        {
            Wire.UnlockResponse.Types.Status.Success => LockStatus.Success,
            Wire.UnlockResponse.Types.Status.LockDoesNotExist => LockStatus.LockDoesNotExist,
            Wire.UnlockResponse.Types.Status.LockBelongsToOthers => LockStatus.LockBelongsToOthers,
            _ => LockStatus.InternalError,
        });
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            channel.Dispose();
        }

        base.Dispose(disposing);
    }

    private static void Check(string storeName, string resourceId, string lockOwner)
    {
        ArgumentException.ThrowIfNullOrEmpty(storeName);
        ArgumentException.ThrowIfNullOrEmpty(resourceId);
        ArgumentException.ThrowIfNullOrEmpty(lockOwner);
    }
}
