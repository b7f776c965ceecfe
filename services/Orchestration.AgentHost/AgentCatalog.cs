using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Orchestration.AgentHost;

/// <summary>The agents of this process.</summary>
internal sealed class AgentCatalog
{
    private readonly FrozenDictionary<string, HostedAgent> byId;

    public AgentCatalog(IEnumerable<HostedAgent> agents)
    {
        Agents = [.. agents];
        byId = Agents.ToFrozenDictionary(agent => agent.Id);
    }

    /// <summary>Names this process; new at every start.</summary>
    public string InstanceId { get; } = Guid.NewGuid().ToString("n");

    public ImmutableArray<HostedAgent> Agents { get; }

    public HostedAgent? Find(string id) => byId.GetValueOrDefault(id);
}
