using System.Diagnostics.CodeAnalysis;

namespace Dapr.DistributedLock.Models;

/// <summary>What happened to a lock.</summary>
[Experimental("DAPR_DISTRIBUTEDLOCK")]
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
