using System.Collections.Frozen;
using System.Collections.Immutable;
using Orchestration.Contracts.Agents;

namespace Orchestrator.Agents.Registry;

/// <summary>The agents as of one reading of the index: frozen, replaced as a whole.</summary>
internal sealed class AgentSnapshot
{
    public static AgentSnapshot Empty { get; } = new(RegistryIndex.Empty, FrozenDictionary<string, ImmutableArray<AgentDescriptor>>.Empty);

    /// <param name="descriptors">By hash; those of every app and instance of the index.</param>
    public AgentSnapshot(RegistryIndex index, FrozenDictionary<string, ImmutableArray<AgentDescriptor>> descriptors)
    {
        Index = index;
        Descriptors = descriptors;
        Agents =
        [
            .. index.Apps
                .SelectMany(app => app.Value.Instances.Values.Append(app.Value.Descriptors).Distinct()
                    .SelectMany(hash => descriptors.GetValueOrDefault(hash, []))
                    .Select(descriptor => new AgentModel(app.Value.Tenant, app.Key, descriptor)))
                .DistinctBy(agent => agent.Key)
                .OrderBy(agent => agent.Key.AgentId, StringComparer.Ordinal)
                .ThenBy(agent => agent.Key.ToString(), StringComparer.Ordinal),
        ];
        Instances = index.Apps.ToFrozenDictionary(
            app => app.Key, app => app.Value.Instances.Keys.Select(id => new InstanceKey(app.Key, id)).ToImmutableArray());
    }

    public RegistryIndex Index { get; }

    public FrozenDictionary<string, ImmutableArray<AgentDescriptor>> Descriptors { get; }

    /// <summary>All that are known, also those whose processes are away; in a stable order.</summary>
    public ImmutableArray<AgentModel> Agents { get; }

    /// <summary>Instances by app id.</summary>
    public FrozenDictionary<string, ImmutableArray<InstanceKey>> Instances { get; }

    /// <summary>True when a reading has brought nothing new.</summary>
    public bool Is(RegistryIndex index, FrozenDictionary<string, ImmutableArray<AgentDescriptor>> descriptors) =>
        Index.IsLike(index)
        && Descriptors.Count == descriptors.Count
        // A hash stands for its content; but that may have been missing.
        && Descriptors.All(known => descriptors.TryGetValue(known.Key, out var read) && read.Length == known.Value.Length);

    /// <summary>True when the instance offers the agent in this version.</summary>
    public bool Offers(InstanceKey instance, AgentKey agent) =>
        Index.Apps.TryGetValue(instance.AppId, out var app)
        && app.Instances.TryGetValue(instance.InstanceId, out var hash)
        && Descriptors.GetValueOrDefault(hash, []).Any(d => d.AgentId == agent.AgentId && d.Version == agent.Version);
}
