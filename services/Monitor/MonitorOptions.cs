using System.ComponentModel.DataAnnotations;

namespace Monitor;

/// <summary>What can be set about the monitor, in the section <c>Monitor</c>.</summary>
internal sealed class MonitorOptions
{
    public const string Section = "Monitor";

    /// <summary>Connection string of a PostgreSQL database; empty keeps the history in a SQLite file.</summary>
    public string PostgreSql { get; set; } = "";

    /// <summary>Events that may wait for one watcher; a watcher that falls behind further is dropped.</summary>
    [Range(1, 1_000_000)]
    public int WatchBuffer { get; set; } = 1024;

    /// <summary>How long a watcher waits for the first event of a run that is unknown: it may have been accepted just now.</summary>
    public TimeSpan ArrivalPatience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Events of one run that may wait for a missing one before further deliveries are refused.</summary>
    [Range(1, 1_000_000)]
    public int ParkedPerRun { get; set; } = 1000;

    /// <summary>
    /// How long a gap in the events of a run that is warned of (after half a minute) may last on, as one replica sees it, before it is
    /// passed over and the history marked as incomplete.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan GapPatience { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a run is kept after its end, with everything below it; dead letters as long. A run without an end is kept as long after
    /// its last event: it should be longer than any run waits in silence.
    /// </summary>
    [Range(typeof(TimeSpan), "02:00:00", "3650.00:00:00")]
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(90);

    /// <summary>
    /// Most ended top-level runs of a tenant that are kept; those that ended first go, but none within an hour of its end.
    /// </summary>
    [Range(1, 1_000_000_000)]
    public long KeepRuns { get; set; } = 100_000;
}
