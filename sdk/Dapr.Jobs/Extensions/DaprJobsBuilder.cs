using Microsoft.Extensions.DependencyInjection;

namespace Dapr.Jobs.Extensions;

/// <summary>Continues the registration of jobs.</summary>
/// <param name="services">The app's services.</param>
public sealed class DaprJobsBuilder(IServiceCollection services) : IDaprJobsBuilder
{
    /// <inheritdoc />
    public IServiceCollection Services { get; } = services;
}
