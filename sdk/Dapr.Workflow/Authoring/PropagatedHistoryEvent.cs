using System.Diagnostics.CodeAnalysis;

namespace Dapr.Workflow;

/// <summary>What one calling workflow had done.</summary>
public sealed class PropagatedHistoryEvent(
    string instanceId,
    string appId,
    string name,
    IReadOnlyList<PropagatedHistoryActivityResult> activities,
    IReadOnlyList<PropagatedHistoryWorkflowResult> childWorkflows)
{
    /// <summary>Its instance id.</summary>
    public string InstanceId { get; } = instanceId;

    /// <summary>Its app.</summary>
    public string AppId { get; } = appId;

    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Its activities, in the order called.</summary>
    public IReadOnlyList<PropagatedHistoryActivityResult> Activities { get; } = activities;

    /// <summary>Its child workflows, in the order called.</summary>
    public IReadOnlyList<PropagatedHistoryWorkflowResult> Workflows { get; } = childWorkflows;

    /// <summary>The activities of this name.</summary>
    public IReadOnlyList<PropagatedHistoryActivityResult> GetActivitiesByName(string name) =>
        [.. Activities.Where(a => string.Equals(a.Name, name, StringComparison.OrdinalIgnoreCase))];

    /// <summary>The last activity of this name.</summary>
    public bool TryGetLastActivityByName(string name, [NotNullWhen(true)] out PropagatedHistoryActivityResult? result)
    {
        result = Activities.LastOrDefault(a => string.Equals(a.Name, name, StringComparison.OrdinalIgnoreCase));
        return result is not null;
    }

    /// <summary>The child workflows of this name.</summary>
    public IReadOnlyList<PropagatedHistoryWorkflowResult> GetWorkflowsByName(string name) =>
        [.. Workflows.Where(w => string.Equals(w.Name, name, StringComparison.OrdinalIgnoreCase))];

    /// <summary>The last child workflow of this name.</summary>
    public bool TryGetLastWorkflowByName(string name, [NotNullWhen(true)] out PropagatedHistoryWorkflowResult? result)
    {
        result = Workflows.LastOrDefault(w => string.Equals(w.Name, name, StringComparison.OrdinalIgnoreCase));
        return result is not null;
    }
}
