using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Options;
using Orchestration.Contracts;
using Orchestrator.Agents;
using Orchestrator.Agents.Registry;

namespace Orchestrator.Api;

/// <summary>The agents a tenant may use, as the contract shows them.</summary>
internal sealed class AgentListing(AgentRegistry registry, IOptions<AgentsOptions> options, TimeProvider time)
{
    public IEnumerable<Agent> Of(string tenant)
    {
        var snapshot = registry.Snapshot;
        return snapshot.Agents.Where(agent => agent.Serves(tenant, options.Value.SharedTenant)).Select(agent => ToProto(snapshot, agent));
    }

    private Agent ToProto(AgentSnapshot snapshot, AgentModel agent)
    {
        var instances = snapshot.Instances.GetValueOrDefault(agent.Key.AppId, [])
            .Where(instance => snapshot.Offers(instance, agent.Key))
            .Select(instance => ToProto(instance, agent.Key.AgentId))
            .ToList();
        return new Agent
        {
            Descriptor_ = agent.Descriptor,
            AppId = agent.Key.AppId,
            Healthy = instances.Exists(instance => instance.Healthy),
            Instances = { instances },
        };
    }

    private AgentInstance ToProto(InstanceKey key, string agentId)
    {
        var instance = new AgentInstance { InstanceId = key.InstanceId, Healthy = registry.IsAlive(key) };
        if (registry.Find(key) is { } state)
        {
            var load = state.Loads.GetValueOrDefault(agentId);
            (instance.Running, instance.Queued) = (load.Running, load.Queued);
            instance.LastHeartbeat = state.Beat == 0
                ? null
                : Timestamp.FromDateTimeOffset(time.GetUtcNow() - time.GetElapsedTime(state.HeardAt));
        }

        return instance;
    }
}
