using System.Collections.Immutable;
using Orchestration.Hosting.Errors;

namespace Orchestrator.Agents.Registry;

/// <summary>
/// How much one tenant may put into the record that all share. What is refused may be tried again: the gone are forgotten.
/// </summary>
internal static class RegistryBounds
{
    /// <summary>Most agents of one process, and loads of one sign of life.</summary>
    public const int AgentsPerInstance = 64;

    // Two while a new version is rolled out; more are a process that describes itself differently every time.
    private const int DescriptionsPerApp = 4;

    public static TimeSpan RetryAfter => TimeSpan.FromSeconds(60);

    /// <summary>
    /// The index with room for one more registration of the app. An app of the tenant that has no instance makes way for a new one.
    /// </summary>
    /// <exception cref="FailureException">The tenant has as many apps or instances as it may have.</exception>
    public static RegistryIndex MakeRoom(RegistryIndex index, string tenant, InstanceKey instance, AgentsOptions options)
    {
        var own = index.Apps.Where(app => app.Value.Tenant == tenant).ToList();
        var isNewApp = own.All(app => app.Key != instance.AppId);
        var isNewInstance = own.All(app => app.Key != instance.AppId || !app.Value.Instances.ContainsKey(instance.InstanceId));
        if (isNewInstance && own.Sum(app => app.Value.Instances.Count) >= options.InstancesPerTenant)
        {
            throw FailureException.Saturated(
                $"The tenant '{tenant}' has {options.InstancesPerTenant} agent instances; more are not registered.", RetryAfter);
        }

        if (!isNewApp || own.Count < options.AppsPerTenant)
        {
            return index;
        }

        var idle = own.Where(app => app.Value.Instances.Count == 0).OrderBy(app => app.Value.LastRegistered).Take(1).ToList();
        return idle.Count > 0
            ? new RegistryIndex(index.Apps.Remove(idle[0].Key))
            : throw FailureException.Saturated(
                $"The tenant '{tenant}' has {options.AppsPerTenant} agent apps; more are not registered.", RetryAfter);
    }

    /// <exception cref="FailureException">The app's instances describe themselves in too many ways.</exception>
    public static void CheckDescriptions(string appId, AppRecord app)
    {
        if (app.Instances.Values.Append(app.Descriptors).Distinct().Count() > DescriptionsPerApp)
        {
            throw FailureException.Saturated(
                $"The instances of '{appId}' already offer {DescriptionsPerApp} different sets of agents; another is not registered.", RetryAfter);
        }
    }

    /// <summary>The loads of the agents that are described; what is said of others has no place.</summary>
    public static ImmutableSortedDictionary<string, ReportedLoad> Known(
        ImmutableSortedDictionary<string, ReportedLoad> loads, IEnumerable<string> agentIds)
    {
        var known = agentIds.ToHashSet();
        return loads.RemoveRange(loads.Keys.Where(id => !known.Contains(id)));
    }
}
