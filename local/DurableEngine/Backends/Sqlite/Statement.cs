using Microsoft.Data.Sqlite;

namespace DurableEngine.Backends.Sqlite;

/// <summary>A statement that is prepared once; its parameters are @a, @b, @c … in order. For one thread at a time.</summary>
public sealed class Statement : IDisposable
{
    private readonly SqliteCommand command;

    public Statement(SqliteConnection connection, string sql)
    {
        command = connection.CreateCommand();
        command.CommandText = sql;
        for (var name = 'a'; sql.Contains($"@{name}", StringComparison.Ordinal); name++)
        {
            command.Parameters.Add(new SqliteParameter($"@{name}", null));
        }
    }

    public int Run(SqliteTransaction? transaction, params ReadOnlySpan<object?> values)
    {
        Bind(transaction, values);
        return command.ExecuteNonQuery();
    }

    public object? Scalar(SqliteTransaction? transaction, params ReadOnlySpan<object?> values)
    {
        Bind(transaction, values);
        return command.ExecuteScalar();
    }

    public SqliteDataReader Query(params ReadOnlySpan<object?> values)
    {
        Bind(null, values);
        return command.ExecuteReader();
    }

    public void Dispose() => command.Dispose();

    private void Bind(SqliteTransaction? transaction, ReadOnlySpan<object?> values)
    {
        command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }
}
