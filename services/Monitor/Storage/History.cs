namespace Monitor.Storage;

/// <summary>The history as a whole: its database, and whether it can be used yet.</summary>
internal sealed class History(IRunDatabase database)
{
    private readonly Schema schema = new(database);

    public IRunDatabase Database => database;

    public HistoryReader Reader { get; } = new(database);

    /// <summary>True once the tables are there.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Opens the database and brings its tables up to date.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await schema.MigrateAsync(cancellationToken);
        IsOpen = true;
    }

    /// <summary>Asks the database; throws when it does not answer as it should.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var version = await schema.ReadVersionAsync(cancellationToken);
        if (version != Schema.Version)
        {
            throw new InvalidOperationException($"{database.Name} has schema version {version}, not {Schema.Version}.");
        }
    }
}
