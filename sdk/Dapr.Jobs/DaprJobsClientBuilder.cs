using Dapr.Common;
using Microsoft.Extensions.Configuration;

namespace Dapr.Jobs;

/// <summary>Builds a <see cref="DaprJobsClient"/>.</summary>
/// <param name="configuration">Where the sidecar's address is looked up before the environment.</param>
public sealed class DaprJobsClientBuilder(IConfiguration? configuration = null) : DaprGenericClientBuilder<DaprJobsClient>(configuration)
{
    /// <inheritdoc />
    public override DaprJobsClient Build()
    {
        var (channel, invoker) = Connect(typeof(DaprJobsClient).Assembly);
        return new SidecarJobsClient(channel, invoker);
    }
}
