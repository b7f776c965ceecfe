using System.Collections.Frozen;
using Orchestration.Contracts.Agents;
using Orchestration.Domain.Plans;

namespace Orchestrator.Agents.Registry;

/// <summary>Names one version of an agent on one app. Its replicas are balanced by Dapr and cannot be addressed.</summary>
internal readonly record struct AgentKey(string AppId, string AgentId, string Version)
{
    public override string ToString() => $"{AppId}/{AgentId}@{Version}";
}

/// <summary>One version of an agent on one app, as it described itself.</summary>
internal sealed class AgentModel(string tenant, string appId, AgentDescriptor descriptor)
{
    public string Tenant => tenant;

    public AgentKey Key { get; } = new(appId, descriptor.AgentId, descriptor.Version);

    public AgentDescriptor Descriptor => descriptor;

    public FrozenSet<string> Capabilities { get; } = descriptor.Capabilities.ToFrozenSet();

    public FrozenSet<string> Skills { get; } = descriptor.Skills.Select(skill => skill.Name).ToFrozenSet();

    public int MaxTasks => descriptor.MaxTasks;

    /// <summary>True when the agent is what a step asks for and has the action.</summary>
    public bool Fits(AgentSelector selector, string action, VersionRange? versions) =>
        (selector.Agent is null || selector.Agent == Key.AgentId)
        && (selector.Capability is null || Capabilities.Contains(selector.Capability))
        && (versions is null || versions.Accepts(Key.Version))
        && Skills.Contains(action);

    public bool Serves(string callersTenant, string sharedTenant) => Tenant == callersTenant || Tenant == sharedTenant;
}
