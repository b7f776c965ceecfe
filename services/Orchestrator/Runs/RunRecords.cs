using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Orchestration.Domain.Execution;

namespace Orchestrator.Runs;

/// <summary>What is kept of runs.</summary>
internal sealed class RunOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Runs";

    /// <summary>
    /// How long the record of a run is kept after its end. So long its request id is known, and commands on it are answered.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan KeepRecords { get; set; } = TimeSpan.FromDays(30);
}

/// <summary>The records of runs, by tenant and id. Those of runs that have ended go by themselves.</summary>
internal sealed class RunRecords(StateStore store, IOptions<RunOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    public Task<RunRecord?> ReadAsync(string tenant, string runId, CancellationToken cancellationToken) =>
        store.ReadAsync<RunRecord>(RunRecord.Key(tenant, runId), cancellationToken);

    /// <summary>Changes a record if there is one.</summary>
    public Task ChangeAsync(string tenant, string runId, Func<RunRecord, RunRecord> change, CancellationToken cancellationToken) =>
        store.ChangeAsync<RunRecord>(
            RunRecord.Key(tenant, runId), found => found is null ? found! : change(found), LifeOf, cancellationToken);

    /// <summary>Notes that a run has ended; from now on its record has an end too.</summary>
    public Task EndAsync(string tenant, string runId, RunOutcome outcome, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return ChangeAsync(
            tenant,
            runId,
            found => found.EndedAt is null ? found with { Started = true, EndedAt = now, Outcome = outcome } : found,
            cancellationToken);
    }

    // A write without it would keep the record for ever.
    private TimeSpan? LifeOf(RunRecord record)
    {
        if (record.EndedAt is not { } ended)
        {
            return null;
        }

        var left = ended + options.Value.KeepRecords - clock.GetUtcNow();
        return left > Shortest ? left : Shortest;
    }
}
