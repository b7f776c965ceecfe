using System.Data.Common;
using Orchestration.Contracts;

namespace Monitor.Storage;

/// <summary>Questions to the history; every one is asked for one tenant.</summary>
internal sealed class HistoryReader(IRunDatabase database)
{
    /// <summary>Most events returned at once.</summary>
    public const int PageSize = 500;

    public async Task<RunRow?> FindRunAsync(RunKey run, CancellationToken cancellationToken)
    {
        var rows = await QueryAsync(
            new Statement($"SELECT {Columns.OfRun} FROM runs WHERE tenant = @tenant AND run_id = @run_id", ("tenant", run.Tenant), (
                "run_id", run.RunId)),
            Columns.ReadRun,
            cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>The steps in the order of the plan, each with its items.</summary>
    public async Task<IReadOnlyList<StepRow>> ReadStepsAsync(RunKey run, CancellationToken cancellationToken)
    {
        var steps = await QueryAsync(
            new Statement($"SELECT {Columns.OfStep} FROM steps WHERE tenant = @tenant AND run_id = @run_id", ("tenant", run.Tenant), (
                "run_id", run.RunId)),
            Columns.ReadStep,
            cancellationToken);
        var positions = steps.Where(step => step.Position >= 0).ToDictionary(step => step.StepId, step => step.Position);
        return
        [
            .. steps
                .OrderBy(step => positions.GetValueOrDefault(step.PlanStepId, int.MaxValue))
                .ThenBy(step => step.PlanStepId, StringComparer.Ordinal)
                .ThenBy(step => step.Item),
        ];
    }

    /// <summary>Runs that match, newest first.</summary>
    public Task<List<RunRow>> ListRunsAsync(RunFilter filter, CancellationToken cancellationToken) =>
        QueryAsync(filter.ToPage(), Columns.ReadRun, cancellationToken);

    /// <summary>How many runs match in each state; states and paging of the filter do not count.</summary>
    public async Task<IReadOnlyDictionary<RunState, long>> CountRunsAsync(RunFilter filter, CancellationToken cancellationToken)
    {
        var rows = await QueryAsync(filter.ToCounts(), row => (State: (RunState)row.GetInt64(0), Runs: row.GetInt64(1)), cancellationToken);
        return rows.ToDictionary(row => row.State, row => row.Runs);
    }

    /// <summary>Events of one run from a sequence on, at most <see cref="PageSize"/>.</summary>
    public Task<List<StoredEvent>> ReadRunEventsAsync(RunKey run, long fromSequence, CancellationToken cancellationToken) =>
        QueryAsync(
            new Statement(
                $"SELECT ordinal, payload FROM events WHERE tenant = @tenant AND run_id = @run_id AND sequence >= @sequence ORDER BY sequence LIMIT {PageSize}",
                ("tenant", run.Tenant),
                ("run_id", run.RunId),
                ("sequence", fromSequence)),
            ReadEvent,
            cancellationToken);

    /// <summary>Events of a tree of runs in the order they were applied, at most <see cref="PageSize"/>.</summary>
    public Task<List<StoredEvent>> ReadTreeEventsAsync(
        string tenant, string rootRunId, long afterOrdinal, CancellationToken cancellationToken) =>
        QueryAsync(
            new Statement(
                $"SELECT ordinal, payload FROM events WHERE tenant = @tenant AND root_run_id = @root AND ordinal > @ordinal ORDER BY ordinal LIMIT {PageSize}",
                ("tenant", tenant),
                ("root", rootRunId),
                ("ordinal", afterOrdinal)),
            ReadEvent,
            cancellationToken);

    /// <summary>Runs whose events wait for a missing one since before the given time, over all tenants.</summary>
    public Task<List<Gap>> ReadGapsAsync(DateTimeOffset parkedBefore, CancellationToken cancellationToken) =>
        QueryAsync(
            new Statement(
                """
                SELECT p.tenant, p.run_id, coalesce((SELECT r.sequence FROM runs r WHERE r.tenant = p.tenant AND r.run_id = p.run_id), 0), min(p.sequence), count(*), min(p.parked_at)
                FROM parked p GROUP BY p.tenant, p.run_id HAVING min(p.parked_at) < @before
                """,
                ("before", Moment.ToStored(parkedBefore))),
            row => new Gap(
                new RunKey(row.GetString(0), row.GetString(1)),
                row.GetInt64(2) + 1,
                row.GetInt64(3),
                row.GetInt64(4),
                Moment.FromStored(row.GetInt64(5)) ?? default),
            cancellationToken);

    /// <summary>An event that waits; null when it does no more.</summary>
    public async Task<RunEvent?> FindParkedAsync(RunKey run, long sequence, CancellationToken cancellationToken)
    {
        var events = await QueryAsync(
            new Statement(
                "SELECT payload FROM parked WHERE tenant = @tenant AND run_id = @run_id AND sequence = @sequence",
                ("tenant", run.Tenant),
                ("run_id", run.RunId),
                ("sequence", sequence)),
            row => RunEvent.Parser.ParseFrom(row.GetFieldValue<byte[]>(0)),
            cancellationToken);
        return events.Count == 0 ? null : events[0];
    }

    private static StoredEvent ReadEvent(DbDataReader row) => new(row.GetInt64(0), RunEvent.Parser.ParseFrom(row.GetFieldValue<byte[]>(1)));

    private async Task<List<T>> QueryAsync<T>(Statement statement, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.QueryAsync(statement, read, cancellationToken);
    }
}
