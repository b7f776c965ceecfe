using Dapr.Client.Autogen.Grpc.v1;
using DurableEngine.Backends.Sqlite;
using Google.Protobuf;
using Microsoft.Data.Sqlite;
using Sidecar.Resources;

namespace Sidecar.Jobs;

/// <summary>There is a job of that name.</summary>
internal sealed class JobExistsException(string name) : WorkRefusedException($"job already exists: '{name}'");

/// <summary>The jobs of all apps in one SQLite file.</summary>
internal sealed class JobStore : IAsyncDisposable
{
    private const int SchemaVersion = 1;

    private const string Schema = """
        CREATE TABLE jobs (app TEXT NOT NULL, name TEXT NOT NULL, generation TEXT NOT NULL, definition BLOB NOT NULL,
            next INTEGER NOT NULL, count INTEGER NOT NULL, expires INTEGER, PRIMARY KEY (app, name)) WITHOUT ROWID;
        """;

    private readonly SqliteConnection connection;
    private readonly GroupCommitWriter writer;
    private readonly Statement find;
    private readonly Statement upsert;
    private readonly Statement advance;
    private readonly Statement delete;
    private readonly Statement end;

    private JobStore(SqliteConnection connection)
    {
        this.connection = connection;
        find = new Statement(connection, "SELECT count FROM jobs WHERE app = @a AND name = @b");
        upsert = new Statement(
            connection, "INSERT OR REPLACE INTO jobs (app, name, generation, definition, next, count, expires) VALUES (@a, @b, @c, @d, @e, 0, @f)");
        advance = new Statement(connection, "UPDATE jobs SET next = @d, count = @e WHERE app = @a AND name = @b AND generation = @c");
        delete = new Statement(connection, "DELETE FROM jobs WHERE app = @a AND name = @b");
        end = new Statement(connection, "DELETE FROM jobs WHERE app = @a AND name = @b AND generation = @c");
        writer = new GroupCommitWriter(connection);
    }

    /// <exception cref="ConfigurationException">The jobs cannot be read.</exception>
    public static JobStore Open(string folder)
    {
        var file = Path.Combine(folder, "jobs.db");
        try
        {
            return new JobStore(SqliteFile.Open(file, Schema, SchemaVersion));
        }
        catch (Exception error) when (error is SqliteException or IOException or InvalidDataException)
        {
            throw new ConfigurationException($"{file} cannot be read: {error.Message}");
        }
    }

    /// <summary>Everything there is, before the first change.</summary>
    public IReadOnlyList<StoredJob> ReadAll()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT app, name, generation, definition, next, count, expires FROM jobs";
        using var row = command.ExecuteReader();
        var jobs = new List<StoredJob>();
        while (row.Read())
        {
            jobs.Add(new StoredJob(
                new JobKey(row.GetString(0), row.GetString(1)), Job.Parser.ParseFrom((byte[])row.GetValue(3)), Time(row.GetInt64(4)))
            {
                Generation = row.GetString(2),
                Count = row.GetInt64(5),
                Expires = row.IsDBNull(6) ? null : Time(row.GetInt64(6)),
            });
        }

        return jobs;
    }

    /// <exception cref="JobExistsException">The name is in use and is not to be taken over.</exception>
    public Task AddAsync(StoredJob job, bool overwrite, CancellationToken cancellationToken) => writer.RunAsync(
        transaction => find.Scalar(transaction, job.Key.AppId, job.Key.Name) is not null && !overwrite
            ? throw new JobExistsException(job.Key.Name)
            : upsert.Run(
                transaction,
                job.Key.AppId,
                job.Key.Name,
                job.Generation,
                job.Definition.ToByteArray(),
                job.Next.ToUnixTimeMilliseconds(),
                job.Expires?.ToUnixTimeMilliseconds()),
        cancellationToken);

    /// <summary>Keeps how far a job has come, unless another has taken its place.</summary>
    public Task AdvanceAsync(StoredJob job, CancellationToken cancellationToken) => writer.RunAsync(
        transaction => advance.Run(transaction, job.Key.AppId, job.Key.Name, job.Generation, job.Next.ToUnixTimeMilliseconds(), job.Count),
        cancellationToken);

    public Task DeleteAsync(JobKey key, CancellationToken cancellationToken) =>
        writer.RunAsync(transaction => delete.Run(transaction, key.AppId, key.Name), cancellationToken);

    /// <summary>Removes a job that is over, unless another has taken its place.</summary>
    public Task EndAsync(StoredJob job, CancellationToken cancellationToken) =>
        writer.RunAsync(transaction => end.Run(transaction, job.Key.AppId, job.Key.Name, job.Generation), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        foreach (var statement in new[] { find, upsert, advance, delete, end })
        {
            statement.Dispose();
        }

        await connection.DisposeAsync();
    }

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
