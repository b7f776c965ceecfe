namespace Monitor.Storage;

/// <summary>
/// Removes runs that were kept long enough: whole trees, a few in one transaction, so that events hardly wait for it. A tree whose
/// top run has not ended is kept whatever its age, as long as something happens in it.
/// </summary>
internal sealed class Retention(IRunDatabase database)
{
    /// <summary>A run that ended later is not removed, however many there are: its events may be delivered once more.</summary>
    public static readonly TimeSpan Settled = TimeSpan.FromHours(1);

    private const int TreesPerTransaction = 20;
    private const int MostDeadLetters = 10_000;

    /// <summary>Removes the trees that ended before <paramref name="cutoff"/>; returns how many.</summary>
    public Task<long> RemoveOldAsync(DateTimeOffset cutoff, CancellationToken cancellationToken) =>
        RemoveAsync(limit => Old(cutoff, limit), long.MaxValue, cancellationToken);

    /// <summary>
    /// Removes the trees whose top run is gone, or has no end, and of which nothing has happened since <paramref name="cutoff"/>: late
    /// events of a removed tree, runs whose last events were lost. Returns how many.
    /// </summary>
    public Task<long> RemoveLostAsync(DateTimeOffset cutoff, CancellationToken cancellationToken) =>
        RemoveAsync(limit => Lost(cutoff, limit), long.MaxValue, cancellationToken);

    internal static Statement Old(DateTimeOffset cutoff, int limit) => new(
        $"SELECT tenant, run_id FROM runs WHERE run_id = root_run_id AND ended_at > 0 AND ended_at < @cutoff ORDER BY ended_at LIMIT {limit}",
        ("cutoff", Moment.ToStored(cutoff)));

    // All runs that were accepted so long ago are of trees that lasted or were lost; the newest event of the tree tells which.
    internal static Statement Lost(DateTimeOffset cutoff, int limit) => new(
        $"""
        SELECT DISTINCT r.tenant, r.root_run_id FROM runs r
        WHERE r.accepted_at < @cutoff
            AND NOT EXISTS (SELECT 1 FROM runs t WHERE t.tenant = r.tenant AND t.run_id = r.root_run_id AND t.ended_at > 0)
            AND (SELECT e.time FROM events e WHERE e.tenant = r.tenant AND e.root_run_id = r.root_run_id ORDER BY e.ordinal DESC LIMIT 1) < @cutoff
        LIMIT {limit}
        """,
        ("cutoff", Moment.ToStored(cutoff)));

    /// <summary>
    /// Of each tenant, removes the trees that ended first until it has at most <paramref name="most"/> ended ones; returns how many.
    /// </summary>
    /// <param name="settled">Trees that ended later stay.</param>
    public async Task<long> RemoveSurplusAsync(long most, DateTimeOffset settled, CancellationToken cancellationToken)
    {
        List<(string Tenant, long Trees)> tenants;
        await using (var session = await database.OpenAsync(cancellationToken))
        {
            tenants = await session.QueryAsync(
                new Statement(
                    "SELECT tenant, count(*) FROM runs WHERE run_id = root_run_id AND ended_at > 0 GROUP BY tenant HAVING count(*) > @most", ("most", most)),
                row => (row.GetString(0), row.GetInt64(1)),
                cancellationToken);
        }

        var removed = 0L;
        foreach (var (tenant, trees) in tenants)
        {
            removed += await RemoveAsync(
                limit => new Statement(
                    $"SELECT tenant, run_id FROM runs WHERE tenant = @tenant AND run_id = root_run_id AND ended_at > 0 AND ended_at < @settled ORDER BY ended_at LIMIT {limit}",
                    ("tenant", tenant),
                    ("settled", Moment.ToStored(settled))),
                trees - most,
                cancellationToken);
        }

        return removed;
    }

    /// <summary>Removes dead letters that came before <paramref name="cutoff"/>, and the oldest of too many.</summary>
    public async Task RemoveDeadLettersAsync(DateTimeOffset cutoff, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        await session.BeginAsync(cancellationToken);
        await session.ExecuteAsync(
            new Statement("DELETE FROM dead_letters WHERE received_at < @cutoff", ("cutoff", Moment.ToStored(cutoff))), cancellationToken);
        await session.ExecuteAsync(
            new Statement(
                $"DELETE FROM dead_letters WHERE id NOT IN (SELECT id FROM dead_letters ORDER BY received_at DESC, id LIMIT {MostDeadLetters})"),
            cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    private async Task<long> RemoveAsync(Func<int, Statement> next, long most, CancellationToken cancellationToken)
    {
        var removed = 0L;
        await using var session = await database.OpenAsync(cancellationToken);
        while (removed < most)
        {
            await session.BeginAsync(cancellationToken);
            await database.LockAsync(session, cancellationToken);
            var trees = await session.QueryAsync(
                next((int)Math.Min(most - removed, TreesPerTransaction)), row =>
                    new RunKey(row.GetString(0), row.GetString(1)), cancellationToken);
            foreach (var tree in trees)
            {
                await RemoveTreeAsync(session, tree, cancellationToken);
            }

            await session.CommitAsync(cancellationToken);
            removed += trees.Count;
            if (trees.Count < TreesPerTransaction)
            {
                break;
            }
        }

        return removed;
    }

    private static async Task RemoveTreeAsync(SqlSession session, RunKey root, CancellationToken cancellationToken)
    {
        var runs = await session.QueryAsync(
            Of("SELECT DISTINCT run_id FROM events WHERE tenant = @tenant AND root_run_id = @run_id", root), row =>
                row.GetString(0), cancellationToken);
        foreach (var run in runs.Append(root.RunId).Distinct())
        {
            foreach (var table in (string[])["steps", "run_labels", "parked", "runs"])
            {
                await session.ExecuteAsync(
                    Of($"DELETE FROM {table} WHERE tenant = @tenant AND run_id = @run_id", root with { RunId = run }), cancellationToken);
            }
        }

        await session.ExecuteAsync(Of("DELETE FROM events WHERE tenant = @tenant AND root_run_id = @run_id", root), cancellationToken);
    }

    private static Statement Of(string sql, RunKey run) => new(sql, ("tenant", run.Tenant), ("run_id", run.RunId));
}
