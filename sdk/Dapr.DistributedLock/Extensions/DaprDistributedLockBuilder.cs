using System.Diagnostics.CodeAnalysis;
using Dapr.Common;
using Microsoft.Extensions.Configuration;

namespace Dapr.DistributedLock.Extensions;

/// <summary>Builds a <see cref="DaprDistributedLockClient"/>.</summary>
/// <param name="configuration">Where the sidecar's address is looked up before the environment.</param>
[Experimental("DAPR_DISTRIBUTEDLOCK")]
public sealed class DaprDistributedLockBuilder(IConfiguration? configuration = null)
    : DaprGenericClientBuilder<DaprDistributedLockClient>(configuration)
{
    /// <inheritdoc />
    public override DaprDistributedLockClient Build()
    {
        var (channel, invoker) = Connect(typeof(DaprDistributedLockClient).Assembly);
        return new SidecarLockClient(channel, invoker);
    }
}
