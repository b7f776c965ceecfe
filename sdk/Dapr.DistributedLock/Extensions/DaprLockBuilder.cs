using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace Dapr.DistributedLock.Extensions;

/// <summary>Continues the registration of locks.</summary>
/// <param name="services">The app's services.</param>
[Experimental("DAPR_DISTRIBUTEDLOCK")]
public sealed class DaprLockBuilder(IServiceCollection services) : IDaprDistributedLockBuilder
{
    /// <inheritdoc />
    public IServiceCollection Services { get; } = services;
}
