using System.ComponentModel.DataAnnotations;
using Orchestration.Domain.Execution;

namespace Orchestrator.Dispatch;

/// <summary>How much this replica does at once.</summary>
internal sealed class DispatchOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Dispatch";

    /// <summary>Attempts executed at once by this replica.</summary>
    [Range(1, 1000)]
    public int Slots { get; set; } = 50;

    /// <summary>Attempts that may wait in memory, for a slot or before they ask an agent again. More are sent away at once.</summary>
    [Range(0, 1000)]
    public int Waiting { get; set; } = 40;

    /// <summary>Longest wait in memory, for a slot and for an agent. Then the run waits, by a durable timer.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Attempts or child runs of one run to one agent in flight at once; the rest wait in the run.</summary>
    [Range(1, 1000)]
    public int PerRun { get; set; } = 32;

    /// <summary>Bytes in the history of a run from which on it goes on in a new one.</summary>
    [Range(1024, 1024 * 1024)]
    public int HistoryBudget { get; set; } = RunLimits.UsualHistory;

    /// <summary>How long an activity that only publishes events tries again by itself while the broker is away.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan PublishPatience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time of an attempt whose step states none.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromMinutes(5);
}
