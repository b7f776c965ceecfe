using System.Collections.Immutable;
using Orchestration.Domain.Budgets;

namespace Orchestration.Domain.Execution;

internal enum UnitStatus
{
    /// <summary>Left when the step has room for another item.</summary>
    Idle,

    /// <summary>In its lane; left by the scheduler.</summary>
    Queued,

    /// <summary>An attempt or a run below is at it; left by its answer or by the deadline alarm.</summary>
    InFlight,

    /// <summary>For a timer or an event; left by either.</summary>
    Waiting,

    Completed,
    Failed,
    Cancelled,
}

/// <summary>A step that is not repeated, or one item of a repeated one, on its way.</summary>
internal sealed class WorkUnit(WorkKey key)
{
    private HashSet<(int Attempt, int Call)>? _told;

    public WorkKey Key { get; } = key;

    public UnitStatus Status { get; private set; }

    public AttemptTarget Target { get; set; }

    /// <summary>Set when the fallback's plan does the work.</summary>
    public bool ByFallbackPlan { get; set; }

    /// <summary>Attempts are numbered over all targets, so that no late answer is taken for another's.</summary>
    public int Attempt { get; set; } = 1;

    /// <summary>Attempts spent on the current target.</summary>
    public int Spent { get; set; }

    public TimeSpan PreviousWait { get; set; }

    public DateTimeOffset QueuedAt { get; set; }

    public ImmutableArray<string> Avoid { get; set; } = [];

    public string? ChildRunId { get; set; }

    /// <summary>How long what is in flight may take before it counts as lost; null means for ever.</summary>
    public TimeSpan? Allowance { get; set; }

    /// <summary>True when the alarm of what is in flight has been late once and was set again.</summary>
    public bool IsOverdue { get; set; }

    /// <summary>The values its templates read, as an earlier attempt has left them; null until one has.</summary>
    public RunValue? Kept { get; set; }

    public RunValue? Result { get; set; }

    public RunValue? Output { get; set; }

    /// <summary>True when the output is kept with those of its neighbours.</summary>
    public bool IsPacked { get; private set; }

    /// <summary>Grows with every change, so that an alarm set before it is known to be stale.</summary>
    public int Stamp { get; private set; }

    public bool HasEnded => Status is UnitStatus.Completed or UnitStatus.Failed or UnitStatus.Cancelled;

    /// <summary>It has ended, and its output is somewhere else now.</summary>
    public void Pack()
    {
        IsPacked = true;
        Output = null;
        Move(UnitStatus.Completed);
    }

    public UnitSnapshot Capture() => new(
        Key.Item,
        (int)Status,
        Target,
        ByFallbackPlan,
        Attempt,
        Spent,
        PreviousWait.Ticks,
        QueuedAt.UtcTicks,
        Avoid.IsEmpty ? null : Avoid,
        Kept,
        Result,
        Output,
        _told is null ? null : [.. _told.Order().SelectMany(call => new[] { call.Attempt, call.Call })]);

    public void Restore(UnitSnapshot snapshot)
    {
        (Target, ByFallbackPlan, Attempt, Spent) = (snapshot.Target, snapshot.ByPlan, snapshot.Attempt, snapshot.Spent);
        (PreviousWait, QueuedAt, Avoid) =
            (TimeSpan.FromTicks(snapshot.WaitTicks), Ticks.ToTime(snapshot.QueuedTicks), snapshot.Avoid ?? []);
        (Kept, Result, Output) = (snapshot.Kept, snapshot.Result, snapshot.Output);
        _told = snapshot.Told is { } told ? [.. told.Chunk(2).Select(pair => (pair[0], pair[1]))] : null;
        Move((UnitStatus)snapshot.Status);
    }

    /// <summary>
    /// The report without the calls an earlier one has told: a remembered result tells those of the attempt that made it again.
    /// </summary>
    public AttemptReport Settle(int attempt, AttemptReport report)
    {
        if (report.Costs is not { IsEmpty: false } costs)
        {
            return report;
        }

        _told ??= [];
        ImmutableArray<CallCost> untold = [.. costs.Where(cost => _told.Add((cost.Attempt > 0 ? cost.Attempt : attempt, cost.Call)))];
        return report with { Costs = untold.IsEmpty ? null : untold };
    }

    public void Move(UnitStatus status)
    {
        Status = status;
        Stamp++;
    }
}

/// <summary>Times as they stand in snapshots.</summary>
internal static class Ticks
{
    public static DateTimeOffset ToTime(long utcTicks) => new(utcTicks, TimeSpan.Zero);
}
