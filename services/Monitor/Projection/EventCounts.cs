using System.Diagnostics.Metrics;

namespace Monitor.Projection;

/// <summary>What goes wrong with events, counted.</summary>
internal sealed class EventCounts(IMeterFactory meters)
{
    public const string MeterName = "Orchestration.Monitor";

    private readonly Counter<long> dead = meters.Create(MeterName).CreateCounter<long>(
        "monitor.events.dead", "{event}", "Events that could not be applied and are kept as dead letters");

    private readonly Counter<long> passedOver = meters.Create(MeterName).CreateCounter<long>(
        "monitor.events.passed_over", "{event}", "Events that never came and were passed over");

    private readonly Counter<long> removed = meters.Create(MeterName).CreateCounter<long>(
        "monitor.runs.removed", "{run}", "Runs removed because they had been kept long enough");

    public void Dead(string reason) => dead.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void PassedOver(long events) => passedOver.Add(events);

    public void Removed(long runs) => removed.Add(runs);
}
