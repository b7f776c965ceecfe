using Google.Protobuf;
using Orchestration.Contracts;

namespace Monitor.Storage;

/// <summary>One transaction of the one writer. Until <see cref="CommitAsync"/> nothing has happened.</summary>
internal sealed class HistoryWriter
{
    // Longer ones are shown, but cannot be asked for: an index entry has a limit.
    private const int LongestLabel = 256;
    private const int FewSteps = 16;

    private readonly SqlSession session;
    private readonly List<Statement> pending = [];
    private readonly long firstOrdinal;
    private long ordinal;

    private HistoryWriter(SqlSession session, long ordinal)
    {
        this.session = session;
        this.ordinal = firstOrdinal = ordinal;
    }

    public static async Task<HistoryWriter> BeginAsync(SqlSession session, IRunDatabase database, CancellationToken cancellationToken)
    {
        await session.BeginAsync(cancellationToken);
        await database.LockAsync(session, cancellationToken);
        var ordinals = await session.QueryAsync(
            new Statement("SELECT value FROM counters WHERE name = 'ordinal'"), row => row.GetInt64(0), cancellationToken);
        return new HistoryWriter(session, ordinals[0]);
    }

    public async Task<RunRow?> FindRunAsync(RunKey run, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync(
            Of($"SELECT {Columns.OfRun} FROM runs WHERE tenant = @tenant AND run_id = @run_id", run), Columns.ReadRun, cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>The named steps as far as they are known, and perhaps more.</summary>
    public async Task<List<StepRow>> ReadStepsAsync(RunKey run, IReadOnlyCollection<string> stepIds, CancellationToken cancellationToken)
    {
        const string Select = $"SELECT {Columns.OfStep} FROM steps WHERE tenant = @tenant AND run_id = @run_id";
        if (stepIds.Count > FewSteps)
        {
            return await session.QueryAsync(Of(Select, run), Columns.ReadStep, cancellationToken);
        }

        var steps = new List<StepRow>();
        foreach (var stepId in stepIds)
        {
            steps.AddRange(await session.QueryAsync(
                Of(Select + " AND step_id = @step_id", run, ("step_id", stepId)), Columns.ReadStep, cancellationToken));
        }

        return steps;
    }

    public async Task<long> CountParkedAsync(RunKey run, CancellationToken cancellationToken)
    {
        var counts = await session.QueryAsync(
            Of("SELECT count(*) FROM parked WHERE tenant = @tenant AND run_id = @run_id", run), row => row.GetInt64(0), cancellationToken);
        return counts[0];
    }

    public Task<List<RunEvent>> ReadParkedAsync(RunKey run, CancellationToken cancellationToken) =>
        session.QueryAsync(
            Of("SELECT payload FROM parked WHERE tenant = @tenant AND run_id = @run_id ORDER BY sequence", run),
            row => RunEvent.Parser.ParseFrom(row.GetFieldValue<byte[]>(0)),
            cancellationToken);

    public void Save(RunRow run) => pending.Add(Sql.UpsertRun(Columns.Of(run)));

    public void SaveLabels(RunRow run) =>
        pending.AddRange(run.Labels.Where(label => label.Key.Length <= LongestLabel && label.Value.Length <= LongestLabel)
            .Select(label => Of(
            "INSERT INTO run_labels (tenant, name, value, run_id) VALUES (@tenant, @name, @value, @run_id) ON CONFLICT DO NOTHING",
            run.Key,
            ("name", label.Key),
            ("value", label.Value))));

    public void Save(RunKey run, StepRow step) => pending.Add(Sql.UpsertStep(Columns.Of(run, step)));

    /// <summary>Adds an applied event and says where it stands among all.</summary>
    public StoredEvent Append(RunKey run, RunEvent happened)
    {
        pending.Add(Of(
            """
            INSERT INTO events (tenant, run_id, sequence, root_run_id, ordinal, time, type, step_id, payload)
            VALUES (@tenant, @run_id, @sequence, @root_run_id, @ordinal, @time, @type, @step_id, @payload)
            """,
            run,
            ("sequence", happened.Sequence),
            ("root_run_id", happened.RootRunId),
            ("ordinal", ++ordinal),
            ("time", Moment.ToStored(Moment.Of(happened.Time))),
            ("type", happened.Type),
            ("step_id", happened.StepId),
            ("payload", happened.ToByteArray())));
        return new StoredEvent(ordinal, happened);
    }

    /// <summary>Keeps an event until those before it have come.</summary>
    public void Park(RunKey run, RunEvent happened, DateTimeOffset now) => pending.Add(Of(
        """
        INSERT INTO parked (tenant, run_id, sequence, parked_at, payload) VALUES (@tenant, @run_id, @sequence, @parked_at, @payload)
        ON CONFLICT DO NOTHING
        """,
        run,
        ("sequence", happened.Sequence),
        ("parked_at", Moment.ToStored(now)),
        ("payload", happened.ToByteArray())));

    /// <summary>Keeps what cannot be applied; once, however often it comes.</summary>
    public void Save(DeadLetter letter, DateTimeOffset now) => pending.Add(Of(
        """
        INSERT INTO dead_letters (id, received_at, reason, problem, tenant, run_id, sequence, content)
        VALUES (@id, @received_at, @reason, @problem, @tenant, @run_id, @sequence, @content) ON CONFLICT DO NOTHING
        """,
        letter.Run,
        ("id", letter.Id),
        ("received_at", Moment.ToStored(now)),
        ("reason", letter.Reason),
        ("problem", letter.Problem),
        ("sequence", letter.Sequence),
        ("content", letter.Content)));

    /// <summary>Lets go of what has been applied meanwhile.</summary>
    public void Unpark(RunKey run, long upToSequence) =>
        pending.Add(Of("DELETE FROM parked WHERE tenant = @tenant AND run_id = @run_id AND sequence <= @sequence", run, (
            "sequence", upToSequence)));

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (ordinal != firstOrdinal)
        {
            pending.Add(new Statement("UPDATE counters SET value = @value WHERE name = 'ordinal'", ("value", ordinal)));
        }

        await session.ExecuteAllAsync(pending, cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    public Task RollBackAsync(CancellationToken cancellationToken) => session.RollBackAsync(cancellationToken);

    private static Statement Of(string sql, RunKey run, params (string, object)[] more) =>
        new(sql, [("tenant", run.Tenant), ("run_id", run.RunId), .. more]);

    private static class Sql
    {
        private static readonly string RunUpsert = Upsert("runs", Columns.OfRun, "tenant, run_id");
        private static readonly string StepUpsert = Upsert("steps", "tenant, run_id, " + Columns.OfStep, "tenant, run_id, step_id");

        public static Statement UpsertRun((string, object)[] values) => new(RunUpsert, values);

        public static Statement UpsertStep((string, object)[] values) => new(StepUpsert, values);

        private static string Upsert(string table, string columns, string key)
        {
            var names = columns.Split(", ");
            var updates = names.Except(key.Split(", ")).Select(name => $"{name} = excluded.{name}");
            return $"INSERT INTO {table} ({columns}) VALUES ({string.Join(", ", names.Select(name => "@" + name))}) "
                + $"ON CONFLICT ({key}) DO UPDATE SET {string.Join(", ", updates)}";
        }
    }
}
