using DurableEngine.History;
using Microsoft.Data.Sqlite;

namespace DurableEngine.Backends.Sqlite;

/// <summary>
/// Keeps instances in one SQLite file. A log row's key is the instance's number and the row's sequence in one integer, so
/// that a log is one stretch of one tree and appending touches one page.
/// </summary>
public sealed class SqliteInstanceStore : IInstanceStore
{
    private const int SchemaVersion = 1;
    private const int SequenceBits = 24;

    private const string Schema = """
        CREATE TABLE instances (number INTEGER PRIMARY KEY, app TEXT NOT NULL, id TEXT NOT NULL, finished INTEGER NOT NULL);
        -- Finds an instance by name and lists an app's ids in order.
        CREATE UNIQUE INDEX instances_key ON instances (app, id);
        -- Finds what to resume at start-up without reading what has ended.
        CREATE INDEX instances_active ON instances (number) WHERE finished = 0;
        CREATE TABLE log (position INTEGER PRIMARY KEY, data BLOB NOT NULL);
        """;

    private readonly SqliteConnection connection;
    private readonly Statement create;
    private readonly Statement append;
    private readonly Statement truncate;
    private readonly Statement finish;
    private readonly Statement delete;
    private readonly string path;
    private readonly Lock readGate = new();
    private readonly SqliteConnection reader;

    public SqliteInstanceStore(string path)
    {
        this.path = path;
        connection = SqliteFile.Open(path, Schema, SchemaVersion);
        create = new Statement(connection, "INSERT INTO instances (number, app, id, finished) VALUES (@a, @b, @c, 0)");
        append = new Statement(connection, "INSERT INTO log (position, data) VALUES (@a, @b)");
        truncate = new Statement(connection, "DELETE FROM log WHERE position BETWEEN @a AND @b");
        finish = new Statement(connection, "UPDATE instances SET finished = 1 WHERE number = @a");
        delete = new Statement(connection, "DELETE FROM instances WHERE app = @a AND id = @b RETURNING number");
        reader = SqliteFile.OpenReader(path);
    }

    public void Commit(IReadOnlyList<StoreChange> changes)
    {
        using var transaction = connection.BeginTransaction();
        foreach (var change in changes)
        {
            Apply(change, transaction);
        }

        transaction.Commit();
    }

    public long LastNumber()
    {
        lock (readGate)
        {
            using var command = reader.CreateCommand();
            // Numbers of deleted instances may be larger than those left, but no log row of theirs is left either.
            command.CommandText = "SELECT COALESCE(MAX(number), 0) FROM instances";
            return (long)command.ExecuteScalar()!;
        }
    }

    public IEnumerable<StoredInstance> LoadActive()
    {
        using var own = SqliteFile.OpenReader(path);
        using var command = own.CreateCommand();
        command.CommandText = "SELECT number, app, id FROM instances WHERE finished = 0 ORDER BY number";
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var number = rows.GetInt64(0);
            yield return new StoredInstance(number, new InstanceKey(rows.GetString(1), rows.GetString(2)), false, ReadLog(own, number));
        }
    }

    public StoredInstance? Load(InstanceKey key)
    {
        lock (readGate)
        {
            using var command = reader.CreateCommand();
            command.CommandText = "SELECT number, finished FROM instances WHERE app = @app AND id = @id";
            command.Parameters.AddWithValue("@app", key.App);
            command.Parameters.AddWithValue("@id", key.Id);
            using var rows = command.ExecuteReader();
            return rows.Read()
                ? new StoredInstance(rows.GetInt64(0), key, rows.GetBoolean(1), ReadLog(reader, rows.GetInt64(0)))
                : null;
        }
    }

    public IReadOnlyList<string> ListIds(string app, string? after, int count)
    {
        lock (readGate)
        {
            using var command = reader.CreateCommand();
            command.CommandText = "SELECT id FROM instances WHERE app = @app AND id > @after ORDER BY id LIMIT @count";
            command.Parameters.AddWithValue("@app", app);
            command.Parameters.AddWithValue("@after", after ?? "");
            command.Parameters.AddWithValue("@count", count);
            using var rows = command.ExecuteReader();
            var ids = new List<string>();
            while (rows.Read())
            {
                ids.Add(rows.GetString(0));
            }

            return ids;
        }
    }

    public void Dispose()
    {
        foreach (var statement in new[] { create, append, truncate, finish, delete })
        {
            statement.Dispose();
        }

        reader.Dispose();
        connection.Dispose();
    }

    private void Apply(StoreChange change, SqliteTransaction transaction)
    {
        switch (change.Kind)
        {
            case ChangeKind.Create:
                Remove(change.Key, transaction);
                create.Run(transaction, change.Number, change.Key.App, change.Key.Id);
                break;
            case ChangeKind.Append:
                append.Run(transaction, Position(change.Number, change.Sequence), change.Data);
                break;
            case ChangeKind.Truncate:
                truncate.Run(transaction, Position(change.Number, 0), Position(change.Number + 1, 0) - 1);
                break;
            case ChangeKind.Finish:
                finish.Run(transaction, change.Number);
                break;
            case ChangeKind.Delete:
                Remove(change.Key, transaction);
                break;
        }
    }

    private void Remove(InstanceKey key, SqliteTransaction transaction)
    {
        if (delete.Scalar(transaction, key.App, key.Id) is long number)
        {
            truncate.Run(transaction, Position(number, 0), Position(number + 1, 0) - 1);
        }
    }

    private static long Position(long number, int sequence) => (number << SequenceBits) | (uint)sequence;

    private static List<byte[]> ReadLog(SqliteConnection from, long number)
    {
        using var command = from.CreateCommand();
        command.CommandText = "SELECT data FROM log WHERE position BETWEEN @from AND @to ORDER BY position";
        command.Parameters.AddWithValue("@from", Position(number, 0));
        command.Parameters.AddWithValue("@to", Position(number + 1, 0) - 1);
        using var rows = command.ExecuteReader();
        var log = new List<byte[]>();
        while (rows.Read())
        {
            log.Add((byte[])rows.GetValue(0));
        }

        return log;
    }
}
