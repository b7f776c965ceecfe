using System.Diagnostics.CodeAnalysis;

namespace Dapr.DistributedLock.Models;

/// <summary>Outcome of an unlock.</summary>
/// <param name="Status">What happened.</param>
[Experimental("DAPR_DISTRIBUTEDLOCK")]
public sealed record UnlockResponse(LockStatus Status);
