using System.Diagnostics.CodeAnalysis;
using Dapr.Common;
using Dapr.DistributedLock.Models;

namespace Dapr.DistributedLock;

/// <summary>Takes locks and gives them back.</summary>
[Experimental("DAPR_DISTRIBUTEDLOCK")]
public interface IDaprDistributedLockClient : IDaprClient
{
    /// <summary>Tries to take a lock. It cannot be renewed.</summary>
    /// <param name="storeName">The lock component.</param>
    /// <param name="resourceId">What is locked.</param>
    /// <param name="lockOwner">Who locks it; a lock that is held is refused to its owner too.</param>
    /// <param name="expiryInSeconds">Time until it is free again, above 0.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The lock; null when it is held.</returns>
    /// <exception cref="DaprException">The sidecar refused the call.</exception>
    Task<LockResponse?> TryLockAsync(
        string storeName, string resourceId, string lockOwner, int expiryInSeconds, CancellationToken cancellationToken = default);

    /// <summary>Gives a lock back.</summary>
    /// <param name="storeName">The lock component.</param>
    /// <param name="resourceId">What is locked.</param>
    /// <param name="lockOwner">Who locked it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="DaprException">The sidecar refused the call.</exception>
    Task<UnlockResponse> TryUnlockAsync(
        string storeName, string resourceId, string lockOwner, CancellationToken cancellationToken = default);
}
