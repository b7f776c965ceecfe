using Microsoft.Extensions.Logging.Abstractions;
using Monitor.Projection;
using Monitor.Storage;
using Monitor.Tests.Databases;
using Orchestration.Contracts;

namespace Monitor.Tests.Storage;

/// <summary>What every database must do alike with events that never come, cannot be used, or are old (MON-03, MON-16).</summary>
public abstract class RepairConformance
{
    private static readonly RunKey Key = new("acme", "r1");
    private readonly SteppedTime time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PassOver_GapThatLasts_GoesOnAndSaysWhatIsMissing()
    {
        await using var rig = await StartAsync();
        var events = new RunStory("r1").Whole();
        await rig.TakeAsync(events.Take(5).Concat(events.Skip(8)));

        await PassOverAsync(rig);

        var run = await rig.GetAsync("r1");
        Assert.Equal((17, 3, RunState.RunCompletedWithErrors), (run.Sequence, run.MissingEvents, run.State));
        var stored = await rig.Reader.ReadRunEventsAsync(Key, 1, Cancellation);
        Assert.Equal([1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17], stored.Select(e => (int)e.Event.Sequence));
        Assert.Equal(new HistoryGap { FromSequence = 6, ToSequence = 8 }, stored[5].Event.HistoryGap);
        Assert.Empty(await rig.Reader.ReadGapsAsync(DateTimeOffset.MaxValue.AddYears(-1), Cancellation));
    }

    [Fact]
    public async Task PassOver_BeginningLost_ShowsTheRunAllTheSame()
    {
        await using var rig = await StartAsync();
        var story = new RunStory("r1") { RootRunId = "r0" };
        await rig.TakeAsync(story.Whole().Skip(1));

        await PassOverAsync(rig);

        var run = await rig.GetAsync("r1");
        Assert.Equal((17, 1, "r0", ""), (run.Sequence, run.MissingEvents, run.RootRunId, run.PlanId));
        Assert.Equal(StepState.StepCompleted, (await rig.StepAsync("r1", "extract[0]")).State);
    }

    [Fact]
    public async Task PassOver_MissingEventCameAfterAll_IsApplied()
    {
        await using var rig = await StartAsync();
        var events = new RunStory("r1").Whole();
        await rig.TakeAsync(events.Take(2).Concat(events.Skip(4)));
        var gap = Assert.Single(await rig.Reader.ReadGapsAsync(time.Now.AddHours(1), Cancellation));
        var stands = GapEvent.Of(gap, events[4]);

        // Looked at before, told after: once with a part of it there, once with all.
        await rig.TakeAsync(events[3]);
        Assert.False(await rig.Intake.PassOverAsync(stands, Cancellation));
        Assert.Equal((2, 0), ((await rig.GetAsync("r1")).Sequence, (await rig.GetAsync("r1")).MissingEvents));
        await rig.TakeAsync(events[2]);
        Assert.False(await rig.Intake.PassOverAsync(stands, Cancellation));
        Assert.Equal((17, 0), ((await rig.GetAsync("r1")).Sequence, (await rig.GetAsync("r1")).MissingEvents));
    }

    [Fact]
    public async Task PassOver_TwoReplicasAtOnce_CountsOnceAndLateEventsChangeNothing()
    {
        await using var left = await StartAsync();
        await using var right = await StartAsync();
        var events = new RunStory("r1").Whole();
        await left.TakeAsync(events.Take(2).Concat(events.Skip(4)));
        var stands = GapEvent.Of(Assert.Single(await left.Reader.ReadGapsAsync(time.Now.AddHours(1), Cancellation)), events[4]);

        var passed = await Task.WhenAll(left.Intake.PassOverAsync(stands, Cancellation), right.Intake.PassOverAsync(stands, Cancellation));
        Assert.Single(passed, done => done);
        var before = await left.DumpAsync("r1");
        await right.TakeAsync(events.Skip(2).Take(2));

        Assert.Equal((17, 2), ((await left.GetAsync("r1")).Sequence, (await left.GetAsync("r1")).MissingEvents));
        Assert.Equal(before, await left.DumpAsync("r1"));
    }

    [Fact]
    public async Task Take_DeadLetters_AreKeptOnceWithTheEventsBesideThem()
    {
        await using var rig = await StartAsync();
        var letter = DeadLetter.Of(DeadLetterReason.Invalid, "no time", Key, 7, "{\"x\":\"\0\ud83d\"}" + new string('y', 100_000));

        Assert.True(await rig.Intake.TakeAsync([new RunStory("r1").Accepted()], [letter], Cancellation));
        Assert.True(await rig.Intake.TakeAsync([], [letter], Cancellation));

        Assert.Equal(1, (await rig.GetAsync("r1")).Sequence);
        var kept = Assert.Single(await DeadLetters.ReadAsync(rig.History.Database, Cancellation));
        Assert.Equal((DeadLetterReason.Invalid, "no time", Key, 7L), (kept.Reason, kept.Problem, kept.Run, kept.Sequence));
        Assert.Equal(65_536, kept.Content.Length);
    }

    [Fact]
    public async Task Sweep_OldTrees_AreRemovedWithEverythingBelowThem()
    {
        await using var rig = await StartAsync();
        await rig.TakeAsync(new RunStory("old") { From = At(0), Labels = { ["team"] = "a" } }.Whole());
        await rig.TakeAsync(new RunStory("old-child") { From = At(0), RootRunId = "old", ParentRunId = "old" }.Whole().SkipLast(1));
        var open = new RunStory("open") { From = At(0) };
        await rig.TakeAsync(open.Accepted("s"), open.Started());
        await rig.TakeAsync(new RunStory("open-child") { From = At(30), RootRunId = "open", ParentRunId = "open" }.Whole());
        await rig.TakeAsync(new RunStory("young") { From = At(30), Labels = { ["team"] = "a" } }.Whole());

        time.Now = At(30 + 89);
        await SweepAsync(rig, new MonitorOptions());

        Assert.Equal("open young", await RunsAsync(rig));
        Assert.Equal(0, await CountAsync(rig, "events", "old") + await CountAsync(rig, "steps", "old")
            + await CountAsync(rig, "run_labels", "old"));
        Assert.Equal((17, 4), (await CountAsync(rig, "events", "young"), (int)(await rig.GetAsync("young")).StepsTotal));
    }

    [Fact]
    public async Task Sweep_TreesWithoutTopOrEnd_GoWhenNothingIsHeardOfThemAnyMore()
    {
        await using var rig = await StartAsync();
        await rig.TakeAsync(new RunStory("endless") { From = At(0) }.Whole().SkipLast(1));
        await rig.TakeAsync(new RunStory("endless-child") { From = At(2), RootRunId = "endless", ParentRunId = "endless" }.Whole());
        await rig.TakeAsync(new RunStory("orphan") { From = At(0), RootRunId = "gone", ParentRunId = "gone" }.Whole());
        await rig.TakeAsync(new RunStory("slow") { From = At(0) }.Whole().SkipLast(1));
        await rig.TakeAsync(new RunStory("slow-child") { From = At(30), RootRunId = "slow", ParentRunId = "slow" }.Whole());

        time.Now = At(91);
        await SweepAsync(rig, new MonitorOptions());
        Assert.Equal("endless slow", await RunsAsync(rig));
        Assert.Equal((17, 0), (await CountAsync(rig, "events", "endless-child"), await CountAsync(rig, "events", "orphan")));
        Assert.Equal(0, await CountAsync(rig, "steps", "orphan") + await CountAsync(rig, "runs", "orphan"));

        time.Now = At(93);
        await SweepAsync(rig, new MonitorOptions());
        Assert.Equal("slow", await RunsAsync(rig));
        Assert.Equal((0, 17), (
            await CountAsync(rig, "events", "endless")
            + await CountAsync(rig, "runs", "endless"), await CountAsync(rig, "events", "slow-child")));
    }

    [Fact]
    public async Task Sweep_MoreThanATenantKeeps_RemovesThoseThatEndedFirst()
    {
        await using var rig = await StartAsync();
        for (var i = 0; i < 30; i++)
        {
            await rig.TakeAsync(new RunStory($"r{i:00}") { From = At(1).AddMinutes(i) }.Whole());
        }

        await rig.TakeAsync(new RunStory("theirs", "globex") { From = At(0) }.Whole());
        time.Now = At(2);
        await SweepAsync(rig, new MonitorOptions { KeepRuns = 4 });
        Assert.Equal("r26 r27 r28 r29", await RunsAsync(rig));
        Assert.Equal(17, (await rig.GetAsync("theirs", "globex")).Sequence);

        // One that ended just now stays, however many there are.
        time.Now = At(1).AddMinutes(30);
        await SweepAsync(rig, new MonitorOptions { KeepRuns = 1 });
        Assert.Equal("r26 r27 r28 r29", await RunsAsync(rig));
    }

    [Fact]
    public async Task Sweep_DeadLetters_GoByAge()
    {
        await using var rig = await StartAsync();
        time.Now = At(0);
        await rig.Intake.TakeAsync([], [DeadLetter.Of(DeadLetterReason.Unreadable, "old", new RunKey("", ""), 0, "a")], Cancellation);
        time.Now = At(60);
        await rig.Intake.TakeAsync([], [DeadLetter.Of(DeadLetterReason.Unreadable, "young", new RunKey("", ""), 0, "b")], Cancellation);

        time.Now = At(100);
        await SweepAsync(rig, new MonitorOptions());

        Assert.Equal("young", Assert.Single(await DeadLetters.ReadAsync(rig.History.Database, Cancellation)).Problem);
    }

    [Fact]
    public async Task Start_SchemaOfTheFirstVersion_IsBroughtUpToDate()
    {
        var database = await OpenAsync();
        await new Schema(database).MigrateAsync(1, Cancellation);
        await using (var session = await database.OpenAsync(Cancellation))
        {
            await session.ExecuteAsync(
                new Statement("INSERT INTO steps VALUES ('acme', 'old', 's', 0, 4, 1, 0, 'invoice', 'agents', 0, 0, 0, 0, 100, '', '', '', '')"), Cancellation);
        }

        await database.DisposeAsync();

        await using var rig = await StartAsync();
        await rig.TakeAsync(new RunStory("r1").Whole());

        Assert.Equal(17, (await rig.GetAsync("r1")).Sequence);
        var kept = await rig.StepAsync("old", "s");
        Assert.Equal((StepState.StepCompleted, "invoice", null, false), (kept.State, kept.AgentId, kept.Setback, kept.ByFallback));
        await rig.History.CheckAsync(Cancellation);
    }

    /// <summary>The database of this test; the same one every time.</summary>
    private protected abstract Task<IRunDatabase> OpenAsync();

    private static DateTimeOffset At(int days) => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(days);

    private static async Task<string> RunsAsync(Rig rig) => string.Join(
        ' ', (await rig.Reader.ListRunsAsync(new RunFilter { Tenant = "acme", Limit = 100 }, Cancellation)).Select(run => run.Key.RunId)
            .Order());

    private static async Task<int> CountAsync(Rig rig, string table, string prefix)
    {
        await using var session = await rig.History.Database.OpenAsync(Cancellation);
        var counts = await session.QueryAsync(
            new Statement($"SELECT count(*) FROM {table} WHERE run_id LIKE @prefix", ("prefix", prefix + "%")), row =>
                row.GetInt64(0), Cancellation);
        return (int)counts[0];
    }

    private async Task<Rig> StartAsync() => await Rig.StartAsync(await OpenAsync(), null, time);

    private async Task PassOverAsync(Rig rig)
    {
        using var watch = rig.WatchGaps(NullLogger<GapWatch>.Instance);
        time.Now += TimeSpan.FromMinutes(4);
        await watch.CheckAsync(Cancellation);
        time.Now += TimeSpan.FromMinutes(4);
        await watch.CheckAsync(Cancellation);
        Assert.NotEmpty(await rig.Reader.ReadGapsAsync(time.Now, Cancellation));
        time.Now += TimeSpan.FromMinutes(1);
        await watch.CheckAsync(Cancellation);
    }

    private async Task SweepAsync(Rig rig, MonitorOptions options)
    {
        using var sweep = rig.Sweep(options, time);
        await sweep.SweepAsync(Cancellation);
    }
}

public sealed class SqliteRepairTests : RepairConformance, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true, "trees_by_end")]
    [InlineData(false, "runs_by_acceptance")]
    public async Task Sweep_FindsWhatIsOld_ByAnIndex(bool hasEnded, string index)
    {
        var database = await OpenAsync();
        await new Schema(database).MigrateAsync(TestContext.Current.CancellationToken);
        var asked = hasEnded
            ? Retention.Old(DateTimeOffset.UnixEpoch.AddDays(1), 20)
            : Retention.Lost(DateTimeOffset.UnixEpoch.AddDays(1), 20);
        await using (var session = await database.OpenAsync(TestContext.Current.CancellationToken))
        {
            var plan = await session.QueryAsync(
                asked with { Sql = "EXPLAIN QUERY PLAN " + asked.Sql }, row => row.GetString(3), TestContext.Current.CancellationToken);
            Assert.Contains(plan, line => line.Contains(index, StringComparison.Ordinal));
            Assert.DoesNotContain(
                plan, line => line.StartsWith("SCAN", StringComparison.Ordinal) && !line.Contains("INDEX", StringComparison.Ordinal));
        }

        await database.DisposeAsync();
    }

    private protected override Task<IRunDatabase> OpenAsync() =>
        Task.FromResult<IRunDatabase>(new SqliteDatabase(Path.Combine(folder.FullPath, "monitor.db")));
}

public sealed class PostgreSqlRepairTests(PostgreSqlServer server) : RepairConformance
{
    private Task<string>? connectionString;

    private protected override async Task<IRunDatabase> OpenAsync() =>
        new PostgreSqlDatabase(await (connectionString ??= server.CreateDatabaseAsync()));
}
