using System.Diagnostics.CodeAnalysis;

namespace Dapr.Workflow;

/// <summary>What the callers of a workflow had done when they called it.</summary>
/// <param name="events">One entry for each calling workflow, oldest first.</param>
public sealed class PropagatedHistory(IReadOnlyList<PropagatedHistoryEvent> events)
{
    /// <summary>One entry for each calling workflow, oldest first.</summary>
    public IReadOnlyList<PropagatedHistoryEvent> Events { get; } = events;

    /// <summary>The apps that took part.</summary>
    public IReadOnlyList<string> GetAppIds() => [.. Events.Select(e => e.AppId).Distinct(StringComparer.Ordinal)];

    /// <summary>The entries of workflows of this name.</summary>
    public IReadOnlyList<PropagatedHistoryEvent> GetEventsByWorkflowName(string name) =>
        [.. Events.Where(e => string.Equals(e.Name, name, StringComparison.OrdinalIgnoreCase))];

    /// <summary>The newest entry of a workflow of this name.</summary>
    public bool TryGetLastWorkflowEventByName(string name, [NotNullWhen(true)] out PropagatedHistoryEvent? result)
    {
        result = Events.LastOrDefault(e => string.Equals(e.Name, name, StringComparison.OrdinalIgnoreCase));
        return result is not null;
    }

    /// <summary>The entries of an app.</summary>
    public IReadOnlyList<PropagatedHistoryEvent> GetByAppId(string appId) =>
        [.. Events.Where(e => string.Equals(e.AppId, appId, StringComparison.Ordinal))];

    /// <summary>The entries of an instance.</summary>
    public IReadOnlyList<PropagatedHistoryEvent> GetByInstanceId(string instanceId) =>
        [.. Events.Where(e => string.Equals(e.InstanceId, instanceId, StringComparison.Ordinal))];
}
