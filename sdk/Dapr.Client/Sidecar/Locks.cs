using System.Diagnostics.CodeAnalysis;

namespace Dapr.Client;

/// <summary>Outcome of an attempt to lock. Disposing gives the lock back.</summary>
[Experimental("DAPR_DISTRIBUTEDLOCK")]
public sealed class TryLockResponse : IAsyncDisposable
{
    /// <summary>Whether the lock is taken.</summary>
    public bool Success { get; set; }

    /// <summary>What is locked.</summary>
    public string ResourceId { get; init; } = "";

    /// <summary>Who locked it.</summary>
    public string LockOwner { get; init; } = "";

    /// <summary>The lock component.</summary>
    public string StoreName { get; init; } = "";

    /// <summary>Gives the lock back, through the sidecar that the environment names.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Success)
        {
            Success = false;
            using var client = new DaprClientBuilder().Build();
            await client.Unlock(StoreName, ResourceId, LockOwner);
        }
    }
}

/// <summary>Outcome of an unlock.</summary>
/// <param name="status">What happened.</param>
[Experimental("DAPR_DISTRIBUTEDLOCK")]
public class UnlockResponse(LockStatus status)
{
    /// <summary>What happened.</summary>
    public LockStatus status { get; set; } = status;
}

/// <summary>What happened to a lock.</summary>
public enum LockStatus
{
    /// <summary>It is free.</summary>
    Success,

    /// <summary>There was none.</summary>
    LockDoesNotExist,

    /// <summary>Somebody else holds it.</summary>
    LockBelongsToOthers,

    /// <summary>The component failed.</summary>
    InternalError,
}
