namespace Monitor.Storage;

/// <summary>The database the history is kept in. Both speak the same SQL but for what stands here.</summary>
internal interface IRunDatabase : IAsyncDisposable
{
    /// <summary>For people: which database this is, without secrets.</summary>
    string Name { get; }

    /// <summary>True when other replicas may write to it too.</summary>
    bool IsShared { get; }

    /// <summary>Type of text that is compared byte by byte.</summary>
    string KeyType { get; }

    Task<SqlSession> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Keeps every other writer out until the session's transaction ends, so that ordinals are committed in order.</summary>
    Task LockAsync(SqlSession session, CancellationToken cancellationToken);
}
