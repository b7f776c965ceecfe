using System.Text;
using Dapr.Client.Autogen.Grpc.v1;
using Grpc.Core;
using Sidecar.State;
using UnlockStatus = Dapr.Client.Autogen.Grpc.v1.UnlockResponse.Types.Status;

namespace Sidecar.Locks;

/// <summary>Locks as state that can only be created, with an expiry: they outlive the sidecar like all state.</summary>
internal sealed class LockApi(LockComponents components, TimeProvider clock)
{
    public async Task<TryLockResponse> TryLockAsync(string appId, TryLockRequest request, CancellationToken cancellationToken)
    {
        if (request.ResourceId.Length == 0 || request.LockOwner.Length == 0 || request.ExpiryInSeconds <= 0)
        {
            throw new RpcException(
                new Status(StatusCode.InvalidArgument, "ResourceId, LockOwner and a positive ExpiryInSeconds must be given"));
        }

        var (store, key) = components.Find(appId, request.StoreName, request.ResourceId);
        var expires = clock.GetUtcNow().AddSeconds(request.ExpiryInSeconds);
        try
        {
            await store.CommitAsync(
                [new UpsertOperation(key, null, true, Encoding.UTF8.GetBytes(request.LockOwner), expires)], cancellationToken);
            return new TryLockResponse { Success = true };
        }
        catch (EtagMismatchException)
        {
            return new TryLockResponse { Success = false };
        }
    }

    public async Task<UnlockResponse> UnlockAsync(string appId, UnlockRequest request, CancellationToken cancellationToken)
    {
        if (request.ResourceId.Length == 0 || request.LockOwner.Length == 0)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, "ResourceId and LockOwner must be given"));
        }

        var (store, key) = components.Find(appId, request.StoreName, request.ResourceId);
        if (await store.GetAsync([key], cancellationToken) is not [{ } held])
        {
            return new UnlockResponse { Status = UnlockStatus.LockDoesNotExist };
        }

        if (Encoding.UTF8.GetString(held.Value) != request.LockOwner)
        {
            return new UnlockResponse { Status = UnlockStatus.LockBelongsToOthers };
        }

        try
        {
            await store.CommitAsync([new DeleteOperation(key, held.Etag, false)], cancellationToken);
            return new UnlockResponse { Status = UnlockStatus.Success };
        }
        catch (EtagMismatchException)
        {
            return new UnlockResponse { Status = UnlockStatus.LockBelongsToOthers };
        }
    }
}

/// <summary>The lock components of the resource folders.</summary>
internal sealed class LockComponents(IReadOnlyDictionary<string, StateComponent> components)
{
    public (IStateStore Store, string Key) Find(string appId, string name, string resource)
    {
        if (components.TryGetValue(name, out var found) && found.Definition.IsFor(appId))
        {
            return (found.Store, $"lock||{found.KeyFor(appId, resource)}");
        }

        throw components.Count == 0
            ? new RpcException(new Status(StatusCode.FailedPrecondition, "lock store is not configured"))
            : new RpcException(new Status(StatusCode.InvalidArgument, $"lock store {name} not found"));
    }
}
