namespace Monitor.Storage;

/// <summary>The tables and how they came to be. A migration that was released is never edited; the next one is appended.</summary>
internal sealed class Schema(IRunDatabase database)
{
    private static readonly string[] Migrations =
    [
        """
        CREATE TABLE runs (
            tenant KEY NOT NULL, run_id KEY NOT NULL, root_run_id KEY NOT NULL, parent_run_id KEY NOT NULL, parent_step_id TEXT NOT NULL,
            plan_id KEY NOT NULL, plan_version TEXT NOT NULL, actor TEXT NOT NULL, state BIGINT NOT NULL,
            accepted_at BIGINT NOT NULL, started_at BIGINT NOT NULL, ended_at BIGINT NOT NULL, labels TEXT NOT NULL,
            steps_total BIGINT NOT NULL, steps_ended BIGINT NOT NULL, steps_failed BIGINT NOT NULL,
            output BYTEA NOT NULL, failure BYTEA NOT NULL, sequence BIGINT NOT NULL,
            PRIMARY KEY (tenant, run_id));
        CREATE INDEX runs_by_parent ON runs (tenant, parent_run_id, accepted_at, run_id);
        CREATE TABLE run_labels (
            tenant KEY NOT NULL, name KEY NOT NULL, value KEY NOT NULL, run_id KEY NOT NULL,
            PRIMARY KEY (tenant, name, value, run_id));
        CREATE TABLE steps (
            tenant KEY NOT NULL, run_id KEY NOT NULL, step_id KEY NOT NULL, position BIGINT NOT NULL, state BIGINT NOT NULL,
            attempts BIGINT NOT NULL, closed_attempt BIGINT NOT NULL, agent_id TEXT NOT NULL, app_id TEXT NOT NULL,
            queued_at BIGINT NOT NULL, started_at BIGINT NOT NULL, ended_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
            percent DOUBLE PRECISION NOT NULL, message TEXT NOT NULL, output BYTEA NOT NULL, failure BYTEA NOT NULL, child_run_id TEXT NOT NULL,
            PRIMARY KEY (tenant, run_id, step_id));
        CREATE TABLE events (
            tenant KEY NOT NULL, run_id KEY NOT NULL, sequence BIGINT NOT NULL, root_run_id KEY NOT NULL, ordinal BIGINT NOT NULL,
            time BIGINT NOT NULL, type TEXT NOT NULL, step_id TEXT NOT NULL, payload BYTEA NOT NULL,
            PRIMARY KEY (tenant, run_id, sequence));
        CREATE INDEX events_by_root ON events (tenant, root_run_id, ordinal);
        CREATE TABLE parked (
            tenant KEY NOT NULL, run_id KEY NOT NULL, sequence BIGINT NOT NULL, parked_at BIGINT NOT NULL, payload BYTEA NOT NULL,
            PRIMARY KEY (tenant, run_id, sequence));
        CREATE TABLE counters (name KEY NOT NULL PRIMARY KEY, value BIGINT NOT NULL);
        INSERT INTO counters (name, value) VALUES ('ordinal', 0);
        """,
        """
        ALTER TABLE runs ADD COLUMN missing_events BIGINT NOT NULL DEFAULT 0;
        CREATE INDEX runs_by_end ON runs (tenant, ended_at);
        CREATE INDEX run_labels_by_run ON run_labels (tenant, run_id);
        CREATE TABLE dead_letters (
            id KEY NOT NULL PRIMARY KEY, received_at BIGINT NOT NULL, reason TEXT NOT NULL, problem TEXT NOT NULL,
            tenant KEY NOT NULL, run_id KEY NOT NULL, sequence BIGINT NOT NULL, content TEXT NOT NULL);
        CREATE INDEX dead_letters_by_time ON dead_letters (received_at);
        """,
        """
        CREATE INDEX trees_by_end ON runs (ended_at) WHERE run_id = root_run_id AND ended_at > 0;
        CREATE INDEX runs_by_acceptance ON runs (accepted_at);
        """,
        """
        ALTER TABLE steps ADD COLUMN first_started_at BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE steps ADD COLUMN by_fallback BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE steps ADD COLUMN setback BYTEA NOT NULL DEFAULT '';
        """,
    ];

    /// <summary>The version this program works with.</summary>
    public static int Version => Migrations.Length;

    /// <summary>Brings the tables to <see cref="Version"/>; several replicas may try at once.</summary>
    /// <exception cref="InvalidOperationException">A newer program has been here.</exception>
    public Task MigrateAsync(CancellationToken cancellationToken) => MigrateAsync(Version, cancellationToken);

    /// <param name="target">Up to which version.</param>
    public async Task MigrateAsync(int target, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        await session.BeginAsync(cancellationToken);
        await database.LockAsync(session, cancellationToken);
        await session.ExecuteAsync(new Statement("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)"), cancellationToken);
        var found = await ReadVersionAsync(session, cancellationToken);
        if (found > Version)
        {
            throw new InvalidOperationException($"{database.Name} has schema version {found}; this program knows up to {Version}.");
        }

        foreach (var migration in Migrations.Take(target).Skip(found))
        {
            await session.ExecuteAsync(
                new Statement(migration.Replace(" KEY NOT", $" {database.KeyType} NOT", StringComparison.Ordinal)), cancellationToken);
        }

        await session.ExecuteAsync(new Statement("DELETE FROM schema_version"), cancellationToken);
        await session.ExecuteAsync(
            new Statement("INSERT INTO schema_version (version) VALUES (@version)", ("version", (long)Math.Max(found, target))),
            cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    /// <summary>The version the tables have now.</summary>
    public async Task<int> ReadVersionAsync(CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await ReadVersionAsync(session, cancellationToken);
    }

    private static async Task<int> ReadVersionAsync(SqlSession session, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync(new Statement("SELECT version FROM schema_version"), row => row.GetInt32(0), cancellationToken);
        return rows.Count == 0 ? 0 : rows[0];
    }
}
