using System.Diagnostics.CodeAnalysis;
using Dapr.DistributedLock.Models;

namespace Dapr.DistributedLock;

/// <summary>Takes locks and gives them back. Make one client and share it: it is safe for parallel use.</summary>
[Experimental("DAPR_DISTRIBUTEDLOCK")]
public abstract class DaprDistributedLockClient : IDaprDistributedLockClient
{
    internal DaprDistributedLockClient()
    {
    }

    /// <inheritdoc />
    public abstract Task<LockResponse?> TryLockAsync(
        string storeName, string resourceId, string lockOwner, int expiryInSeconds, CancellationToken cancellationToken = default);

    /// <inheritdoc />
    public abstract Task<UnlockResponse> TryUnlockAsync(
        string storeName, string resourceId, string lockOwner, CancellationToken cancellationToken = default);

    /// <summary>Ends the client.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the client holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
