using System.Collections.Immutable;

namespace Orchestrator.Agents.Registry;

/// <summary>What is known of agents, in one record: small, changed under its ETag.</summary>
/// <param name="Apps">By app id. Kept when the app is away, so that its agents are offline and not unknown.</param>
internal sealed record RegistryIndex(ImmutableSortedDictionary<string, AppRecord> Apps)
{
    public static RegistryIndex Empty { get; } = new(ImmutableSortedDictionary<string, AppRecord>.Empty);

    public bool IsLike(RegistryIndex other) =>
        Apps.Count == other.Apps.Count && Apps.All(app => other.Apps.TryGetValue(app.Key, out var same) && app.Value.IsLike(same));
}

/// <param name="Tenant">Whose key registered it first; nobody else's can.</param>
/// <param name="Descriptors">Hash of what its newest instance offers.</param>
/// <param name="Instances">Instance id → hash of what it offers.</param>
/// <param name="LastRegistered">Unix seconds of the last registration; an app without instances is forgotten long after.</param>
internal sealed record AppRecord(
    string Tenant, string Descriptors, ImmutableSortedDictionary<string, string> Instances, long LastRegistered)
{
    public bool IsLike(AppRecord other) => this with { Instances = other.Instances } == other && Instances.SequenceEqual(other.Instances);
}

/// <summary>The last sign of life of one instance; expires by itself.</summary>
internal sealed record BeatRecord(string AppId, string InstanceId, long Beat, ImmutableSortedDictionary<string, ReportedLoad> Loads);
