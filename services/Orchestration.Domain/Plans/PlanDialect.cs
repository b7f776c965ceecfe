namespace Orchestration.Domain.Plans;

/// <summary>
/// The field names of one dialect; everything else of the language is the same in all. A document is recognised by its shape:
/// a <c>workflow</c> at the top is the workflow dialect; <c>agentId</c>, <c>dependencies</c> or <c>retryPolicy</c> in a step, or
/// a plan without an id whose steps have nothing of our own dialect, is the plan-object dialect.
/// </summary>
internal sealed record PlanDialect(string Id, string Agent, string DependsOn, string Retry)
{
    internal static readonly PlanDialect Ours = new("id", "agent", "dependsOn", "retry");

    internal static readonly PlanDialect PlanObject = new("id", "agentId", "dependencies", "retryPolicy");

    internal static readonly PlanDialect Workflow = new("name", "agent", "depends_on", "retry");

    internal static PlanDialect Of(MapNode plan)
    {
        string[] own = [PlanObject.Agent, PlanObject.DependsOn, PlanObject.Retry];
        bool hasOwn = Steps(plan).Any(step => own.Any(field => step.Find(field) is not null));
        bool hasOurs = Steps(plan).Any(step => step.Entries.Any(entry => entry.Key is not ("id" or "action" or "input" or "timeout")));
        return hasOwn || (plan.Find("id") is null && !hasOurs) ? PlanObject : Ours;
    }

    private static IEnumerable<MapNode> Steps(MapNode plan) => plan.Find("steps") switch
    {
        ListNode list => list.Items.OfType<MapNode>(),
        MapNode map => map.Entries.Select(entry => entry.Value).OfType<MapNode>(),
        _ => [],
    };
}
