using Microsoft.Extensions.DependencyInjection;

namespace Dapr.Common;

/// <summary>Continues the registration of a building block.</summary>
public interface IDaprServiceBuilder
{
    /// <summary>The services being registered.</summary>
    IServiceCollection Services { get; }
}
