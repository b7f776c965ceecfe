using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using DurableEngine.Backends.Sqlite;
using Microsoft.Data.Sqlite;

namespace Sidecar.PubSub;

/// <summary>Topics in one SQLite file with one writer.</summary>
internal sealed class SqliteTopicLog : ITopicLog, IAsyncDisposable
{
    private const int SchemaVersion = 3;
    private const int KeptWithoutGroup = 10_000;
    private static readonly TimeSpan GroupKept = TimeSpan.FromDays(7);
    private static readonly TimeSpan JoinedAgain = TimeSpan.FromDays(1);

    private const string Schema = """
        CREATE TABLE messages (id INTEGER PRIMARY KEY AUTOINCREMENT, topic TEXT NOT NULL, data BLOB NOT NULL, raw INTEGER NOT NULL, expires INTEGER, metadata TEXT);
        -- Reads a topic in order from a position.
        CREATE INDEX messages_topic ON messages (topic, id);
        CREATE TABLE groups (name TEXT NOT NULL, topic TEXT NOT NULL, position INTEGER NOT NULL, joined INTEGER NOT NULL,
            PRIMARY KEY (name, topic)) WITHOUT ROWID;
        CREATE TABLE parked (name TEXT NOT NULL, topic TEXT NOT NULL, id INTEGER NOT NULL, attempts INTEGER NOT NULL, due INTEGER NOT NULL,
            PRIMARY KEY (name, topic, id)) WITHOUT ROWID;
        """;

    private static readonly string[] Upgrades =
    [
        // A group of an older file counts as joined now.
        """
        ALTER TABLE groups ADD COLUMN joined INTEGER NOT NULL DEFAULT 0;
        UPDATE groups SET joined = CAST(strftime('%s', 'now') AS INTEGER) * 1000;
        """,
        "ALTER TABLE messages ADD COLUMN metadata TEXT;",
    ];

    private readonly HashSet<ConsumerGroup> joined = [];
    private readonly SqliteConnection connection;
    private readonly GroupCommitWriter writer;
    private readonly TimeProvider clock;
    private readonly Statement insert;
    private readonly Statement join;
    private readonly Statement touch;
    private readonly Statement position;
    private readonly Statement advance;
    private readonly Statement park;
    private readonly Statement unpark;
    private readonly Statement[] trims;
    private readonly ConcurrentBag<Reader> readers = [];
    private readonly string path;

    public SqliteTopicLog(string path, TimeProvider clock)
    {
        this.path = path;
        this.clock = clock;
        connection = SqliteFile.Open(path, Schema, SchemaVersion, Upgrades);
        insert = new Statement(connection, "INSERT INTO messages (topic, data, raw, expires, metadata) VALUES (@a, @b, @c, @d, @e)");
        join = new Statement(
            connection, "INSERT INTO groups (name, topic, position, joined) VALUES (@a, @b, 0, @c) ON CONFLICT DO UPDATE SET joined = @c");
        touch = new Statement(connection, "UPDATE groups SET joined = @c WHERE name = @a AND topic = @b AND joined < @d");
        position = new Statement(connection, "SELECT position FROM groups WHERE name = @a AND topic = @b");
        advance = new Statement(connection, "UPDATE groups SET position = MAX(position, @c) WHERE name = @a AND topic = @b");
        park = new Statement(connection, """
            INSERT INTO parked (name, topic, id, attempts, due) VALUES (@a, @b, @c, @d, @e)
            ON CONFLICT (name, topic, id) DO UPDATE SET attempts = @d, due = @e
            """);
        unpark = new Statement(connection, "DELETE FROM parked WHERE name = @a AND topic = @b AND id = @c");
        trims =
        [
            new Statement(connection, "DELETE FROM messages WHERE expires <= @a AND @b = @b"),
            new Statement(connection, """
                DELETE FROM messages WHERE id <= (SELECT MIN(position) FROM groups WHERE groups.topic = messages.topic AND joined > @b)
                AND id NOT IN (SELECT id FROM parked JOIN groups USING (name, topic) WHERE joined > @b) AND @a = @a
                """),
            new Statement(connection, string.Create(CultureInfo.InvariantCulture, $"""
                DELETE FROM messages WHERE topic NOT IN (SELECT topic FROM groups WHERE joined > @b) AND @a = @a
                AND id <= (SELECT MAX(id) FROM messages) - {KeptWithoutGroup}
                """)),
            new Statement(connection, "DELETE FROM parked WHERE id NOT IN (SELECT id FROM messages) AND @a = @a AND @b = @b"),
        ];
        writer = new GroupCommitWriter(connection);
    }

    public Task PublishAsync(IReadOnlyList<NewMessage> messages, CancellationToken cancellationToken) =>
        writer.RunAsync(
            transaction =>
            {
                foreach (var message in messages)
                {
                    var metadata = message.Metadata.Count == 0 ? null : JsonSerializer.Serialize(message.Metadata);
                    insert.Run(transaction, message.Topic, message.Data, message.Raw, message.Expires?.ToUnixTimeMilliseconds(), metadata);
                }

                return messages.Count;
            },
            cancellationToken);

    public Task<long> JoinAsync(ConsumerGroup group, CancellationToken cancellationToken) =>
        writer.RunAsync(
            transaction =>
            {
                join.Run(transaction, group.Name, group.Topic, clock.GetUtcNow().ToUnixTimeMilliseconds());
                joined.Add(group);
                return (long)position.Scalar(transaction, group.Name, group.Topic)!;
            },
            cancellationToken);

    public IReadOnlyList<TopicMessage> Read(string topic, long after, int count) =>
        WithReader(reader => reader.Read(topic, after, count, clock.GetUtcNow()));

    public IReadOnlyList<ParkedMessage> ReadParked(ConsumerGroup group, int count) => WithReader(reader => reader.ReadParked(group, count));

    public Task AdvanceAsync(GroupProgress progress, CancellationToken cancellationToken) =>
        writer.RunAsync(
            transaction =>
            {
                var (name, topic) = progress.Group;
                advance.Run(transaction, name, topic, progress.Position);
                foreach (var message in progress.Parked)
                {
                    park.Run(transaction, name, topic, message.Message.Id, message.Attempts, message.Due.ToUnixTimeMilliseconds());
                }

                foreach (var id in progress.Done)
                {
                    unpark.Run(transaction, name, topic, id);
                }

                return true;
            },
            cancellationToken);

    public Task TrimAsync(CancellationToken cancellationToken) =>
        writer.RunAsync(
            transaction =>
            {
                var time = clock.GetUtcNow();
                var now = time.ToUnixTimeMilliseconds();

                // A group that was joined here is still here, for however long it has nothing to do.
                foreach (var group in joined)
                {
                    touch.Run(transaction, group.Name, group.Topic, now, (time - JoinedAgain).ToUnixTimeMilliseconds());
                }

                var gone = (time - GroupKept).ToUnixTimeMilliseconds();
                return trims.Sum(trim => trim.Run(transaction, now, gone));
            },
            cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        foreach (var statement in (Statement[])[insert, join, touch, position, advance, park, unpark, .. trims])
        {
            statement.Dispose();
        }

        foreach (var reader in readers)
        {
            reader.Dispose();
        }

        await connection.DisposeAsync();
    }

    private T WithReader<T>(Func<Reader, T> read)
    {
        var reader = readers.TryTake(out var free) ? free : new Reader(path);
        try
        {
            return read(reader);
        }
        finally
        {
            readers.Add(reader);
        }
    }

    private sealed class Reader : IDisposable
    {
        private readonly SqliteConnection connection;
        private readonly Statement next;
        private readonly Statement parked;

        public Reader(string path)
        {
            connection = SqliteFile.OpenReader(path);
            next = new Statement(connection, """
                SELECT id, data, raw, metadata FROM messages WHERE topic = @a AND id > @b AND (expires IS NULL OR expires > @d) ORDER BY id LIMIT @c
                """);
            parked = new Statement(connection, """
                SELECT m.id, m.data, m.raw, m.metadata, p.attempts, p.due FROM parked p JOIN messages m ON m.id = p.id
                WHERE p.name = @a AND p.topic = @b ORDER BY p.due LIMIT @c
                """);
        }

        public List<TopicMessage> Read(string topic, long after, int count, DateTimeOffset now)
        {
            using var rows = next.Query(topic, after, count, now.ToUnixTimeMilliseconds());
            var messages = new List<TopicMessage>();
            while (rows.Read())
            {
                messages.Add(Message(rows));
            }

            return messages;
        }

        public List<ParkedMessage> ReadParked(ConsumerGroup group, int count)
        {
            using var rows = parked.Query(group.Name, group.Topic, count);
            var messages = new List<ParkedMessage>();
            while (rows.Read())
            {
                messages.Add(new ParkedMessage(Message(rows), rows.GetInt32(4), DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(5))));
            }

            return messages;
        }

        public void Dispose()
        {
            next.Dispose();
            parked.Dispose();
            connection.Dispose();
        }

        private static TopicMessage Message(SqliteDataReader row)
        {
            var message = new TopicMessage(row.GetInt64(0), (byte[])row.GetValue(1), row.GetBoolean(2));
            return row.IsDBNull(3)
                ? message
                : message with { Metadata = JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(3))! };
        }
    }
}
