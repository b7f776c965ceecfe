using Microsoft.Data.Sqlite;

namespace Monitor.Storage;

/// <summary>A file beside the service. Readers and the one writer do not disturb each other (write-ahead log).</summary>
internal sealed class SqliteDatabase : IRunDatabase
{
    private readonly string connectionString;
    private readonly string file;

    static SqliteDatabase() => SQLitePCL.Batteries_V2.Init();

    public SqliteDatabase(string file)
    {
        this.file = file;
        connectionString = new SqliteConnectionStringBuilder { DataSource = file }.ToString();
    }

    public string Name => $"SQLite file {file}";

    public bool IsShared => false;

    public string KeyType => "TEXT";

    public async Task<SqlSession> OpenAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var connection = new SqliteConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var pragmas = connection.CreateCommand();

            // A delivery is acknowledged after its commit: it must be on disk by then.
            pragmas.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;";
            await pragmas.ExecuteNonQueryAsync(cancellationToken);
            return new SqlSession(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>A transaction of this library is immediate: it has the lock already.</summary>
    public Task LockAsync(SqlSession session, CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync()
    {
        using var connection = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(connection);
        return ValueTask.CompletedTask;
    }
}
