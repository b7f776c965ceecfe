namespace Monitor.Storage;

/// <summary>Keeps the writer's session, with what it has prepared, from one transaction to the next. Not for concurrent use.</summary>
internal sealed class WriterConnection(IRunDatabase database) : IAsyncDisposable
{
    private SqlSession? session;

    public async Task<HistoryWriter> BeginAsync(CancellationToken cancellationToken)
    {
        session ??= await database.OpenAsync(cancellationToken);
        return await HistoryWriter.BeginAsync(session, database, cancellationToken);
    }

    /// <summary>Closes it; the next transaction opens a new one. For when a transaction has failed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (session is { } failed)
        {
            session = null;
            await failed.DisposeAsync();
        }
    }
}
