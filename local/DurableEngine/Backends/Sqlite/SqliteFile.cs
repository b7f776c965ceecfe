using System.Globalization;
using Microsoft.Data.Sqlite;

namespace DurableEngine.Backends.Sqlite;

/// <summary>How every database of ours is opened: write-ahead log, and a commit that is on the disk when it returns.</summary>
public static class SqliteFile
{
    /// <summary>
    /// Opens for writing and creates the schema in an empty file. An older file is given what it lacks by <paramref name="upgrades"/>:
    /// the first one makes version 2 of version 1.
    /// </summary>
    /// <exception cref="InvalidDataException">The file was written by a newer version.</exception>
    public static SqliteConnection Open(string path, string schema, int schemaVersion, params string[] upgrades)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var connection = Connect(path, SqliteOpenMode.ReadWriteCreate);
        Execute(connection,
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000; PRAGMA wal_autocheckpoint = 4000;");
        var found = Convert.ToInt32(Scalar(connection, "PRAGMA user_version"), CultureInfo.InvariantCulture);
        if (found > schemaVersion)
        {
            connection.Dispose();
            throw new InvalidDataException($"{path} has schema version {found}; this program knows versions up to {schemaVersion}.");
        }

        if (found < schemaVersion)
        {
            var change = found == 0 ? schema : string.Join('\n', upgrades.Skip(found - 1));
            Execute(connection, $"BEGIN IMMEDIATE; {change} PRAGMA user_version = {schemaVersion}; COMMIT;");
        }

        return connection;
    }

    /// <summary>A second connection that sees what has been committed and never waits for the writer.</summary>
    public static SqliteConnection OpenReader(string path)
    {
        var connection = Connect(path, SqliteOpenMode.ReadOnly);
        Execute(connection, "PRAGMA busy_timeout = 10000;");
        return connection;
    }

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
        }.ToString());
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
