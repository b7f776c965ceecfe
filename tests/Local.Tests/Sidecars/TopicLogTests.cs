using DurableEngine.Backends.Sqlite;
using Local.Tests.Engine;
using Sidecar.PubSub;

namespace Local.Tests.Sidecars;

public sealed class TopicLogTests : IDisposable
{
    private const string OldFile = """
        CREATE TABLE messages (id INTEGER PRIMARY KEY AUTOINCREMENT, topic TEXT NOT NULL, data BLOB NOT NULL, raw INTEGER NOT NULL, expires INTEGER);
        CREATE TABLE groups (name TEXT NOT NULL, topic TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (name, topic)) WITHOUT ROWID;
        CREATE TABLE parked (name TEXT NOT NULL, topic TEXT NOT NULL, id INTEGER NOT NULL, attempts INTEGER NOT NULL, due INTEGER NOT NULL,
            PRIMARY KEY (name, topic, id)) WITHOUT ROWID;
        INSERT INTO messages (id, topic, data, raw) VALUES (5, 'topic', x'7B7D', 0), (6, 'topic', x'7B7D', 0);
        INSERT INTO groups VALUES ('reader', 'topic', 5);
        """;

    private static readonly ConsumerGroup Reader = new("reader", "topic");
    private static readonly ConsumerGroup Gone = new("gone", "topic");

    private readonly string folder = Directory.CreateTempSubdirectory("topic-test-").FullName;
    private readonly ManualClock clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Trim_GroupNotJoinedForAWeek_HoldsNothingBackAnyMore()
    {
        await using (var before = Open())
        {
            await before.JoinAsync(Gone, Token);
            await PublishAsync(before);
            await before.AdvanceAsync(
                new GroupProgress(Gone, 0, [new ParkedMessage(before.Read("topic", 0, 1)[0], 1, clock.GetUtcNow())], []), Token);
        }

        await using var log = Open();
        await log.JoinAsync(Reader, Token);
        await log.AdvanceAsync(new GroupProgress(Reader, 1, [], []), Token);
        clock.Advance(TimeSpan.FromDays(6));
        await log.TrimAsync(Token);
        var early = log.Read("topic", 0, 10).Count;
        clock.Advance(TimeSpan.FromDays(2));
        await log.TrimAsync(Token);

        Assert.Equal(1, early);
        Assert.Empty(log.Read("topic", 0, 10));
    }

    [Fact]
    public async Task Trim_GroupJoinedHereLongAgo_LosesNothing()
    {
        await using var log = Open();
        await log.JoinAsync(Gone, Token);
        await log.JoinAsync(Reader, Token);
        await PublishAsync(log);
        await log.AdvanceAsync(new GroupProgress(Reader, 1, [], []), Token);

        clock.Advance(TimeSpan.FromDays(30));
        await log.TrimAsync(Token);

        Assert.Single(log.Read("topic", 0, 10));
    }

    [Fact]
    public async Task Open_FileOfTheVersionBefore_KeepsGroupsAndMessages()
    {
        var path = Path.Combine(folder, "pubsub.db");
        await SqliteFile.Open(path, OldFile, 1).DisposeAsync();

        await using var log = Open();
        await log.TrimAsync(Token);

        Assert.Equal(5, await log.JoinAsync(Reader, Token));
        Assert.Equal([6], log.Read("topic", 0, 10).Select(message => message.Id));
        Assert.Empty(log.Read("topic", 0, 10)[0].Metadata);
        await log.PublishAsync(
            [new NewMessage("topic", "{}"u8.ToArray(), false, null) { Metadata = new Dictionary<string, string> { ["k"] = "v" } }], Token);
        Assert.Equal("v", log.Read("topic", 6, 10).Single().Metadata["k"]);
    }

    private SqliteTopicLog Open() => new(Path.Combine(folder, "pubsub.db"), clock);

    private static Task PublishAsync(SqliteTopicLog log) =>
        log.PublishAsync([new NewMessage("topic", "{}"u8.ToArray(), false, null)], Token);
}
