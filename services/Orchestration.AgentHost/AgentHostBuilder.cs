using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Orchestration.AgentHost;

/// <summary>Describes a process of agents.</summary>
public sealed class AgentHostBuilder
{
    private readonly WebApplicationBuilder builder;
    private readonly List<AgentBuilder> agents = [];

    internal AgentHostBuilder(WebApplicationBuilder builder) => this.builder = builder;

    /// <summary>What the constructors of skills may ask for.</summary>
    public IServiceCollection Services => builder.Services;

    /// <summary>Command line, environment and files.</summary>
    public IConfiguration Configuration => builder.Configuration;

    /// <summary>Adds an agent.</summary>
    /// <param name="id">Stable id by which plans name it: letters, digits, '-', '_' and '.', at most 64 characters.</param>
    /// <param name="configure">Its skills and what else there is to say about it.</param>
    public AgentHostBuilder Add(string id, Action<AgentBuilder> configure)
    {
        if (agents.Exists(agent => agent.Id == id))
        {
            throw new ArgumentException($"There is an agent '{id}' already.", nameof(id));
        }

        var agent = new AgentBuilder(id, Services);
        configure(agent);
        agents.Add(agent);
        return this;
    }

    internal AgentCatalog Build(IServiceProvider provider) => new(agents.Select(agent => agent.Build(provider)));
}
