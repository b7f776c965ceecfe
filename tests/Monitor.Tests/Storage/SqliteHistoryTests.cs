using Monitor.Storage;
using Monitor.Tests.Databases;

namespace Monitor.Tests.Storage;

public sealed class SqliteHistoryTests : HistoryConformance, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private protected override Task<IRunDatabase> OpenAsync() =>
        Task.FromResult<IRunDatabase>(new SqliteDatabase(Path.Combine(folder.FullPath, "made", "on demand", "monitor.db")));
}
