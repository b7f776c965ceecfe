using System.Diagnostics.CodeAnalysis;
using Dapr.Common;

namespace Dapr.DistributedLock;

/// <summary>Continues the registration of locks.</summary>
[Experimental("DAPR_DISTRIBUTEDLOCK")]
public interface IDaprDistributedLockBuilder : IDaprServiceBuilder;
