using System.Data.Common;

namespace Monitor.Storage;

/// <summary>A connection with its prepared statements. Not for concurrent use. Disposing it rolls an open transaction back.</summary>
internal sealed class SqlSession(DbConnection connection) : IAsyncDisposable
{
    private const int BatchSize = 500;
    private readonly Dictionary<string, DbCommand> commands = [];
    private DbTransaction? transaction;

    public async Task BeginAsync(CancellationToken cancellationToken) =>
        transaction = await connection.BeginTransactionAsync(cancellationToken);

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await transaction!.CommitAsync(cancellationToken);
        await transaction.DisposeAsync();
        transaction = null;
    }

    public async Task RollBackAsync(CancellationToken cancellationToken)
    {
        await transaction!.RollbackAsync(cancellationToken);
        await transaction.DisposeAsync();
        transaction = null;
    }

    public async Task ExecuteAsync(Statement statement, CancellationToken cancellationToken) =>
        await Prepare(statement).ExecuteNonQueryAsync(cancellationToken);

    /// <summary>Executes all in order, in as few round trips as the database allows.</summary>
    public async Task ExecuteAllAsync(IReadOnlyList<Statement> statements, CancellationToken cancellationToken)
    {
        if (!connection.CanCreateBatch)
        {
            foreach (var statement in statements)
            {
                await ExecuteAsync(statement, cancellationToken);
            }

            return;
        }

        foreach (var chunk in statements.Chunk(BatchSize))
        {
            await using var batch = connection.CreateBatch();
            batch.Transaction = transaction;
            foreach (var statement in chunk)
            {
                var command = batch.CreateBatchCommand();
                command.CommandText = statement.Sql;
                statement.Bind(command.Parameters, command.CreateParameter);
                batch.BatchCommands.Add(command);
            }

            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public async Task<List<T>> QueryAsync<T>(Statement statement, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await using var reader = await Prepare(statement).ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in commands.Values)
        {
            await command.DisposeAsync();
        }

        if (transaction is not null)
        {
            await transaction.DisposeAsync();
        }

        await connection.DisposeAsync();
    }

    private DbCommand Prepare(Statement statement)
    {
        if (!commands.TryGetValue(statement.Sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = statement.Sql;
            commands.Add(statement.Sql, command);
        }

        statement.Bind(command.Parameters, command.CreateParameter);
        command.Transaction = transaction;
        return command;
    }
}
