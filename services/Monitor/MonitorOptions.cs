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
}
