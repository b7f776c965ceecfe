using Npgsql;

namespace Monitor.Storage;

/// <summary>A PostgreSQL database that all replicas of the monitor share.</summary>
internal sealed class PostgreSqlDatabase : IRunDatabase
{
    // Any number will do, as long as nobody else in the database uses it.
    private const long WriterLock = 0x6d6f_6e69_746f_7201;

    private readonly NpgsqlDataSource source;

    public PostgreSqlDatabase(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        builder.ConnectionStringBuilder.ApplicationName ??= "monitor";
        builder.ConnectionStringBuilder.MaxAutoPrepare = 64;
        Name = $"PostgreSQL database {builder.ConnectionStringBuilder.Database} on {builder.ConnectionStringBuilder.Host}";
        source = builder.Build();
    }

    public string Name { get; }

    public bool IsShared => true;

    public string KeyType => "TEXT COLLATE \"C\"";

    public async Task<SqlSession> OpenAsync(CancellationToken cancellationToken) =>
        new(await source.OpenConnectionAsync(cancellationToken));

    public Task LockAsync(SqlSession session, CancellationToken cancellationToken) =>
        session.ExecuteAsync(new Statement("SELECT pg_advisory_xact_lock(@key)", ("key", WriterLock)), cancellationToken);

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
