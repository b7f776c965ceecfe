using System.Collections.Concurrent;
using DurableEngine.Backends.Sqlite;
using Microsoft.Data.Sqlite;

namespace Sidecar.State;

/// <summary>
/// State in one SQLite file with one writer; several components may share it. Reads go beside the writer and see what is
/// committed.
/// </summary>
internal sealed class SqliteStateStore : IStateStore, IAsyncDisposable
{
    private const int SchemaVersion = 1;
    private const int ExpiredPerSweep = 1000;

    private const string Schema = """
        CREATE TABLE state (key TEXT PRIMARY KEY, value BLOB NOT NULL, etag TEXT NOT NULL, expires INTEGER) WITHOUT ROWID;
        -- Finds what can be swept.
        CREATE INDEX state_expires ON state (expires) WHERE expires IS NOT NULL;
        """;

    private readonly ConcurrentBag<Reader> readers = [];
    private readonly SqliteConnection connection;
    private readonly GroupCommitWriter writer;
    private readonly TimeProvider clock;
    private readonly string path;
    private readonly Statement upsert;
    private readonly Statement delete;
    private readonly Statement etag;
    private readonly Statement sweep;
    private readonly ITimer sweeper;

    public SqliteStateStore(string path, TimeProvider clock)
    {
        this.path = path;
        this.clock = clock;
        connection = SqliteFile.Open(path, Schema, SchemaVersion);
        upsert = new Statement(connection, """
            INSERT INTO state (key, value, etag, expires) VALUES (@a, @b, @c, @d)
            ON CONFLICT (key) DO UPDATE SET value = @b, etag = @c, expires = @d
            """);
        delete = new Statement(connection, "DELETE FROM state WHERE key = @a");
        etag = new Statement(connection, "SELECT etag FROM state WHERE key = @a AND (expires IS NULL OR expires > @b)");
        sweep = new Statement(connection, $"""
            DELETE FROM state WHERE key IN (SELECT key FROM state WHERE expires <= @a LIMIT {ExpiredPerSweep})
            """);
        writer = new GroupCommitWriter(connection);
        sweeper = clock.CreateTimer(_ => _ = SweepAsync(), null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
    }

    public Task<IReadOnlyList<StateEntry?>> GetAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var reader = readers.TryTake(out var free) ? free : new Reader(path);
        try
        {
            var now = clock.GetUtcNow();
            return Task.FromResult<IReadOnlyList<StateEntry?>>([.. keys.Select(key => reader.Find(key, now))]);
        }
        finally
        {
            readers.Add(reader);
        }
    }

    public Task CommitAsync(IReadOnlyList<StateOperation> operations, CancellationToken cancellationToken) =>
        writer.RunAsync(
            transaction =>
            {
                var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
                StateRules.Check(operations, key => etag.Scalar(transaction, key, now) as string);
                foreach (var operation in operations)
                {
                    Apply(operation, transaction);
                }

                return true;
            },
            cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await sweeper.DisposeAsync();
        await writer.DisposeAsync();
        foreach (var statement in new[] { upsert, delete, etag, sweep })
        {
            statement.Dispose();
        }

        foreach (var reader in readers)
        {
            reader.Dispose();
        }

        await connection.DisposeAsync();
    }

    private void Apply(StateOperation operation, SqliteTransaction transaction)
    {
        if (operation is UpsertOperation write)
        {
            upsert.Run(transaction, write.Key, write.Value, Guid.NewGuid().ToString("N"), write.Expires?.ToUnixTimeMilliseconds());
        }
        else
        {
            delete.Run(transaction, operation.Key);
        }
    }

    private async Task SweepAsync()
    {
        try
        {
            await writer.RunAsync(
                transaction => sweep.Run(transaction, clock.GetUtcNow().ToUnixTimeMilliseconds()), CancellationToken.None);
        }
        catch (Exception error) when (error is SqliteException or System.Threading.Channels.ChannelClosedException)
        {
            // Expired rows are invisible anyway; the next round sweeps them.
        }
    }

    private sealed class Reader : IDisposable
    {
        private readonly SqliteConnection connection;
        private readonly Statement select;

        public Reader(string path)
        {
            connection = SqliteFile.OpenReader(path);
            select = new Statement(
                connection, "SELECT value, etag, expires FROM state WHERE key = @a AND (expires IS NULL OR expires > @b)");
        }

        public StateEntry? Find(string key, DateTimeOffset now)
        {
            using var row = select.Query(key, now.ToUnixTimeMilliseconds());
            return row.Read()
                ? new StateEntry(
                    (byte[])row.GetValue(0),
                    row.GetString(1),
                    row.IsDBNull(2) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)))
                : null;
        }

        public void Dispose()
        {
            select.Dispose();
            connection.Dispose();
        }
    }
}
