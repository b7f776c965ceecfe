using Microsoft.Extensions.Configuration;

namespace Dapr.Workflow.Worker;

/// <summary>
/// Settings of the worker that the official one does not have. They are read from configuration, so nothing has to be written against them.
/// </summary>
/// <param name="WorkflowSlots">Turns at once: <c>Dapr:Workflow:WorkflowSlots</c>, 100 as in the official worker.</param>
/// <param name="ActivitySlots">Activities at once: <c>Dapr:Workflow:ActivitySlots</c>, 100 as in the official worker.</param>
/// <param name="KeptInstances">Executions kept in memory between turns: <c>Dapr:Workflow:KeptInstances</c>, 2000.</param>
internal sealed record WorkerSettings(int WorkflowSlots = 100, int ActivitySlots = 100, int KeptInstances = 2000)
{
    /// <summary><c>Dapr:Workflow:EvictAfterTurn</c> keeps nothing, so that every turn replays: tests find code that is not deterministic.</summary>
    public static WorkerSettings From(IConfiguration configuration)
    {
        var section = configuration.GetSection("Dapr:Workflow");
        var defaults = new WorkerSettings();
        return new WorkerSettings(
            Positive(section, nameof(WorkflowSlots), defaults.WorkflowSlots),
            Positive(section, nameof(ActivitySlots), defaults.ActivitySlots),
            section.GetValue("EvictAfterTurn", false) ? 0 : Positive(section, nameof(KeptInstances), defaults.KeptInstances));
    }

    private static int Positive(IConfigurationSection section, string key, int fallback) =>
        section.GetValue(key, fallback) is > 0 and var value
            ? value
            : throw new InvalidOperationException($"Configuration {section.Path}:{key} must be above 0.");
}
