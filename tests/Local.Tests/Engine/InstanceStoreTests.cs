using DurableEngine.Backends;
using DurableEngine.Backends.Memory;
using DurableEngine.Backends.Sqlite;
using DurableEngine.History;

namespace Local.Tests.Engine;

/// <summary>What every instance store must do; run for each of them.</summary>
public abstract class InstanceStoreTests : IDisposable
{
    private static readonly InstanceKey One = new("app", "one");
    private static readonly InstanceKey Two = new("app", "two");

    private readonly IInstanceStore store;

    protected InstanceStoreTests(IInstanceStore store) => this.store = store;

    public void Dispose()
    {
        store.Dispose();
        Cleanup();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Commit_CreateAndAppend_IsLoadedInOrder()
    {
        store.Commit([Create(1, One), Append(1, One, 0, 10), Append(1, One, 1, 11)]);
        store.Commit([Append(1, One, 2, 12)]);

        var loaded = Assert.Single(store.LoadActive());

        Assert.Equal(One, loaded.Key);
        Assert.Equal(1, loaded.Number);
        Assert.Equal([10, 11, 12], loaded.Log.Select(row => (int)row[0]));
    }

    [Fact]
    public void Commit_Finish_LeavesStartUpButNotTheStore()
    {
        store.Commit([Create(1, One), Append(1, One, 0, 10), new StoreChange(ChangeKind.Finish, 1, One, 0, [])]);

        Assert.Empty(store.LoadActive());
        Assert.True(store.Load(One)!.Finished);
    }

    [Fact]
    public void Commit_Truncate_StartsTheLogAgain()
    {
        store.Commit([Create(1, One), Append(1, One, 0, 10), Append(1, One, 1, 11)]);
        store.Commit([new StoreChange(ChangeKind.Truncate, 1, One, 0, []), Append(1, One, 0, 20)]);

        Assert.Equal([20], store.Load(One)!.Log.Select(row => (int)row[0]));
    }

    [Fact]
    public void Commit_CreateOfAKnownKey_ReplacesTheOldInstance()
    {
        store.Commit([Create(1, One), Append(1, One, 0, 10), new StoreChange(ChangeKind.Finish, 1, One, 0, [])]);
        store.Commit([Create(2, One), Append(2, One, 0, 20)]);

        var loaded = Assert.Single(store.LoadActive());

        Assert.Equal(2, loaded.Number);
        Assert.Equal([20], loaded.Log.Select(row => (int)row[0]));
        Assert.Equal(2, store.LastNumber());
    }

    [Fact]
    public void Commit_Delete_LeavesNothing()
    {
        store.Commit([Create(1, One), Append(1, One, 0, 10), Create(2, Two), Append(2, Two, 0, 20)]);
        store.Commit([new StoreChange(ChangeKind.Delete, 1, One, 0, [])]);

        Assert.Null(store.Load(One));
        Assert.Equal([20], store.Load(Two)!.Log.Select(row => (int)row[0]));
    }

    [Fact]
    public void ListIds_Pages_AreOrderedAndPerApp()
    {
        store.Commit([Create(1, Two), Create(2, One), Create(3, new InstanceKey("other", "one")), Create(
            4, new InstanceKey("app", "Upper"))]);

        Assert.Equal(["Upper", "one"], store.ListIds("app", null, 2));
        Assert.Equal(["two"], store.ListIds("app", "one", 2));
        Assert.Empty(store.ListIds("nobody", null, 10));
    }

    [Fact]
    public void Load_UnknownKey_IsNull() => Assert.Null(store.Load(One));

    protected virtual void Cleanup()
    {
    }

    private static StoreChange Create(long number, InstanceKey key) => new(ChangeKind.Create, number, key, 0, []);

    private static StoreChange Append(long number, InstanceKey key, int sequence, byte data) =>
        new(ChangeKind.Append, number, key, sequence, [data]);
}

public sealed class MemoryInstanceStoreTests() : InstanceStoreTests(new MemoryInstanceStore());

public sealed class SqliteInstanceStoreTests : InstanceStoreTests
{
    private readonly string folder;

    public SqliteInstanceStoreTests()
        : this(Directory.CreateTempSubdirectory("store-test-").FullName)
    {
    }

    private SqliteInstanceStoreTests(string folder)
        : base(new SqliteInstanceStore(Path.Combine(folder, "workflows.db"))) => this.folder = folder;

    [Fact]
    public void Open_FileOfANewerVersion_IsRefused()
    {
        var path = Path.Combine(folder, "newer.db");
        SqliteFile.Open(path, "CREATE TABLE x (y);", 99).Dispose();

        Assert.Throws<InvalidDataException>(() => new SqliteInstanceStore(path));
    }

    protected override void Cleanup() => Directory.Delete(folder, recursive: true);
}
