using Monitor.Projection;
using Monitor.Storage;
using Monitor.Tests.Databases;
using Orchestration.Contracts;

namespace Monitor.Tests.Storage;

/// <summary>What every database must do alike (MON-02, MON-03, MON-16, STA-01, STA-09, TSK-02).</summary>
public abstract class HistoryConformance
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Take_WholeRun_IsReadBackCompletely()
    {
        await using var rig = await StartAsync();
        var story = new RunStory("r1") { Labels = { ["team"] = "invoices" } };

        await rig.TakeAsync(story.Whole());

        var run = await rig.GetAsync("r1");
        Assert.Equal(RunState.RunCompletedWithErrors, run.State);
        Assert.Equal((4, 4, 1), (run.StepsTotal, run.StepsEnded, run.StepsFailed));
        Assert.Equal(("batch", "2", "ci", "r1"), (run.PlanId, run.PlanVersion, run.Actor, run.RootRunId));
        Assert.Equal("invoices", run.Labels["team"]);
        Assert.Equal("{}"u8, run.Output);
        Assert.Equal(17, run.Sequence);
        Assert.Equal(TimeSpan.FromMilliseconds(150), run.EndedAt - run.StartedAt);
        var steps = await rig.StepsAsync("r1");
        Assert.Equal(["read", "extract", "extract[0]", "extract[1]", "check", "report"], steps.Select(step => step.StepId));
        Assert.Equal((StepState.StepCompleted, 2, 100.0, "agents"), (steps[2].State, steps[2].Attempts, steps[2].Percent, steps[2].AppId));
        Assert.Equal((StepState.StepFailed, RunStory.Broken), (steps[4].State, steps[4].Failure));
        Assert.Equal(("r1-child", StepState.StepSkipped), (steps[1].ChildRunId, steps[5].State));
        Assert.Equal((RunStory.Broken, false, true), (steps[2].Setback, steps[2].ByFallback, steps[2].FirstStartedAt > steps[2].QueuedAt));
    }

    [Fact]
    public async Task Take_TextNoDatabaseLikes_IsKeptAsFarAsPossible()
    {
        await using var rig = await StartAsync();
        var story = new RunStory("r1") { PlanId = "plan\0", Labels = { ["a\0"] = new string('x', 5000) } };

        await rig.TakeAsync(story.Accepted("s"), story.Started(), story.Progress("s", 5, "half \ud83d\ude00 \0 \ud83d"));

        Assert.Equal("half \ud83d\ude00 \ufffd \ufffd", (await rig.StepAsync("r1", "s")).Message);
        Assert.Equal(5000, (await rig.GetAsync("r1")).Labels["a\0"].Length);
    }

    [Fact]
    public async Task Take_SameRunIdInTwoTenants_AreTwoRuns()
    {
        await using var rig = await StartAsync();
        var ours = new RunStory("r1");
        var theirs = new RunStory("r1", "globex");

        await rig.TakeAsync(ours.Accepted("a"), theirs.Accepted("b", "c"), ours.Started());

        Assert.Equal((1, 2), ((await rig.GetAsync("r1")).StepsTotal, (await rig.GetAsync("r1", "globex")).StepsTotal));
        Assert.Equal(["a"], (await rig.StepsAsync("r1")).Select(step => step.StepId));
        Assert.Single(await rig.Reader.ReadTreeEventsAsync("globex", "r1", 0, Cancellation));
    }

    [Fact]
    public async Task Take_EventsTwice_ChangesNothing()
    {
        await using var rig = await StartAsync();
        var events = new RunStory("r1").Whole();
        await rig.TakeAsync(events);
        var before = await rig.DumpAsync("r1");

        await rig.TakeAsync(events);
        await rig.TakeAsync(events.Take(3).Concat(events.Skip(9)));

        Assert.Equal(before, await rig.DumpAsync("r1"));
    }

    [Fact]
    public async Task Take_EventBeforeItsPredecessors_WaitsForThem()
    {
        await using var rig = await StartAsync();
        var events = new RunStory("r1").Whole();
        await rig.TakeAsync(new RunStory("whole").Whole());

        await rig.TakeAsync(events.Skip(10));
        Assert.Null(await rig.Reader.FindRunAsync(new RunKey("acme", "r1"), Cancellation));
        await rig.TakeAsync(events.Take(4));
        Assert.Equal(4, (await rig.GetAsync("r1")).Sequence);
        var gap = Assert.Single(await rig.Reader.ReadGapsAsync(DateTimeOffset.MaxValue, Cancellation));
        Assert.Equal((new RunKey("acme", "r1"), 5L, 7L), (gap.Run, gap.Missing, gap.Waiting));
        await rig.TakeAsync(events.Skip(4).Take(6));

        Assert.Equal((await rig.DumpAsync("whole")).Replace("whole", "r1", StringComparison.Ordinal), await rig.DumpAsync("r1"));
        Assert.Empty(await rig.Reader.ReadGapsAsync(DateTimeOffset.MaxValue, Cancellation));
    }

    [Fact]
    public async Task Take_TooManyEventsWait_RefusesUntilTheMissingOneComes()
    {
        await using var rig = await StartAsync(new MonitorOptions { ParkedPerRun = 3 });
        var story = new RunStory("r1");
        var events = Enumerable.Range(0, 10).Select(_ => story.Unheard()).ToList();

        await rig.TakeAsync(events[2..5]);
        Assert.False(await rig.TryTakeAsync(events[5..6]));
        await rig.TakeAsync(new RunStory("other").Whole());
        await rig.TakeAsync(events[..2]);
        await rig.TakeAsync(events[5..]);

        Assert.Equal(10, (await rig.GetAsync("r1")).Sequence);
    }

    [Fact]
    public async Task Start_OnTheSameDatabase_GoesOnWhereItWas()
    {
        var events = new RunStory("r1").Whole();
        await using (var first = await StartAsync())
        {
            await first.TakeAsync(events.Take(5));
            await first.TakeAsync(events.Skip(8));
        }

        await using var second = await StartAsync();
        Assert.Equal(5, (await second.GetAsync("r1")).Sequence);
        await second.TakeAsync(events.Skip(5).Take(3));

        Assert.Equal(17, (await second.GetAsync("r1")).Sequence);
    }

    [Fact]
    public async Task Start_SchemaOfANewerProgram_IsRefused()
    {
        await using (await StartAsync())
        {
        }

        var database = await OpenAsync();
        await using (var session = await database.OpenAsync(Cancellation))
        {
            await session.ExecuteAsync(new Statement("UPDATE schema_version SET version = 99"), Cancellation);
        }

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => new History(database).OpenAsync(Cancellation));

        Assert.Contains("99", refused.Message, StringComparison.Ordinal);
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Start_ManyAtOnceOnAnEmptyDatabase_MakeOneSchema()
    {
        var databases = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OpenAsync()));

        await Task.WhenAll(databases.Select(database => Task.Run(() => new History(database).OpenAsync(Cancellation))));

        await new History(databases[0]).CheckAsync(Cancellation);
        foreach (var database in databases)
        {
            await database.DisposeAsync();
        }
    }

    [Fact]
    public async Task Take_TwoReplicasShareOneRun_ApplyEveryEventOnce()
    {
        await using var left = await StartAsync();
        await using var right = await StartAsync();
        var story = new RunStory("r1");
        var events = new List<RunEvent> { story.Accepted("s") };
        events.AddRange(Enumerable.Range(0, 60).Select(_ => story.Unheard()));

        await Task.WhenAll(events.Select((happened, i) => (i % 2 == 0 ? left : right).TakeAsync(happened)));

        Assert.Equal(61, (await left.GetAsync("r1")).Sequence);
        var stored = await right.Reader.ReadTreeEventsAsync("acme", "r1", 0, Cancellation);
        Assert.Equal(Enumerable.Range(1, 61).Select(n => (long)n), stored.Select(e => e.Event.Sequence));
        Assert.Equal(stored.OrderBy(e => e.Ordinal), stored);
    }

    [Fact]
    public async Task ListRuns_Pages_GoThroughAllNewestFirst()
    {
        await using var rig = await StartAsync();
        for (var i = 0; i < 12; i++)
        {
            // Three at a time are accepted in the same moment.
            await rig.TakeAsync(new RunStory($"r{i:00}") { From = RunTime(i / 3) }.Accepted());
        }

        var seen = new List<string>();
        for (RunFilter? filter = new() { Tenant = "acme", Limit = 5 }; filter is not null;)
        {
            var page = await rig.Reader.ListRunsAsync(filter, Cancellation);
            seen.AddRange(page.Select(run => run.Key.RunId));
            filter = page.Count < 5 ? null : filter with { After = (page[^1].AcceptedAt, page[^1].Key.RunId) };
        }

        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"r{i:00}").OrderDescending(), seen);
    }

    [Fact]
    public async Task ListRuns_Filters_Narrow()
    {
        await using var rig = await StartAsync();
        var done = new RunStory("done") { From = RunTime(0), Labels = { ["team"] = "a", ["kind"] = "x" } };
        await rig.TakeAsync(done.Accepted(), done.Started(), done.Ended());
        var open = new RunStory("open") { PlanId = "other", From = RunTime(1), Labels = { ["team"] = "a" } };
        await rig.TakeAsync(open.Accepted(), open.Started());
        await rig.TakeAsync(new RunStory("below") { ParentRunId = "open", RootRunId = "open", From = RunTime(2) }.Accepted());
        await rig.TakeAsync(new RunStory("foreign", "globex") { Labels = { ["team"] = "a" } }.Accepted());

        Assert.Equal("open done", await ListAsync(rig, filter => filter));
        Assert.Equal("below", await ListAsync(rig, filter => filter with { ParentRunId = "open" }));
        Assert.Equal("open", await ListAsync(rig, filter => filter with { PlanId = "other" }));
        Assert.Equal("done", await ListAsync(rig, filter => filter with { States = [RunState.RunCompleted, RunState.RunFailed] }));
        Assert.Equal("open done", await ListAsync(rig, filter => filter with { Labels = Labels("team=a") }));
        Assert.Equal("done", await ListAsync(rig, filter => filter with { Labels = Labels("team=a", "kind=x") }));
        Assert.Equal("", await ListAsync(rig, filter => filter with { Labels = Labels("team=x") }));
        Assert.Equal("open", await ListAsync(rig, filter => filter with { AcceptedFrom = RunTime(1) }));
        Assert.Equal("done", await ListAsync(rig, filter => filter with { AcceptedBefore = RunTime(1) }));
        var counts = await rig.Reader.CountRunsAsync(new RunFilter { Tenant = "acme", States = [RunState.RunFailed] }, Cancellation);
        Assert.Equal((1L, 1L, 2), (counts[RunState.RunCompleted], counts[RunState.RunRunning], counts.Count));
    }

    [Fact]
    public async Task Writer_DisposedWithoutCommit_LeavesNothing()
    {
        await using var rig = await StartAsync();
        await using (var connection = new WriterConnection(rig.History.Database))
        {
            var writer = await connection.BeginAsync(Cancellation);
            var events = new RunStory("r1").Whole();
            var batch = await EventBatch.LoadAsync(writer, events, 10, Cancellation);
            Assert.True(batch.Take(events));
            Assert.True(batch.Finish(RunTime(0)));
        }

        Assert.Null(await rig.Reader.FindRunAsync(new RunKey("acme", "r1"), Cancellation));
        Assert.Empty(await rig.Reader.ReadTreeEventsAsync("acme", "r1", 0, Cancellation));
    }

    [Fact]
    public async Task Take_DatabaseFails_IsAskedForAgainAndLosesNothing()
    {
        await using var rig = await StartAsync();
        var events = new RunStory("r1").Whole();
        await rig.TakeAsync(events.Take(2));

        await ExecuteAsync(rig, "ALTER TABLE events RENAME TO hidden");
        Assert.False(await rig.TryTakeAsync(events.Skip(2)));
        await ExecuteAsync(rig, "ALTER TABLE hidden RENAME TO events");
        Assert.Equal(2, (await rig.GetAsync("r1")).Sequence);
        await rig.TakeAsync(events.Skip(2));

        Assert.Equal(17, (await rig.GetAsync("r1")).Sequence);
    }

    [Fact]
    public async Task Take_OneDeliveryCannotBeStored_TheOthersAre()
    {
        await using var rig = await StartAsync();
        await ExecuteAsync(rig, "CREATE UNIQUE INDEX once ON runs (tenant) WHERE plan_id = 'poison'");

        var taken = await Task.WhenAll(Enumerable.Range(0, 9).Select(i =>
            rig.TryTakeAsync(new RunStory($"r{i}") { PlanId = i is 3 or 6 ? "poison" : "fine" }.Whole())));

        Assert.Equal(8, taken.Count(stored => stored));
        Assert.Equal(8, (await rig.Reader.ListRunsAsync(new RunFilter { Tenant = "acme" }, Cancellation)).Count);
    }

    [Fact]
    public async Task ReadEvents_MoreThanAPage_ComeInPages()
    {
        await using var rig = await StartAsync();
        var story = new RunStory("r1");
        await rig.TakeAsync(Enumerable.Range(0, HistoryReader.PageSize + 20).Select(_ => story.Unheard()));

        var first = await rig.Reader.ReadTreeEventsAsync("acme", "r1", 0, Cancellation);
        var second = await rig.Reader.ReadTreeEventsAsync("acme", "r1", first[^1].Ordinal, Cancellation);

        Assert.Equal((HistoryReader.PageSize, 20), (first.Count, second.Count));
        Assert.Equal(20, (await rig.Reader.ReadRunEventsAsync(new RunKey("acme", "r1"), HistoryReader.PageSize + 1, Cancellation)).Count);
    }

    /// <summary>The database of this test; the same one every time.</summary>
    private protected abstract Task<IRunDatabase> OpenAsync();

    private protected async Task<Rig> StartAsync(MonitorOptions? options = null) => await Rig.StartAsync(await OpenAsync(), options);

    private static async Task ExecuteAsync(Rig rig, string sql)
    {
        await using var session = await rig.History.Database.OpenAsync(Cancellation);
        await session.ExecuteAsync(new Statement(sql), Cancellation);
    }

    private static DateTimeOffset RunTime(int hours) => new(2026, 1, 1, hours, 0, 0, TimeSpan.Zero);

    private static Dictionary<string, string> Labels(params string[] pairs) =>
        pairs.Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);

    private static async Task<string> ListAsync(Rig rig, Func<RunFilter, RunFilter> change) =>
        string.Join(' ', (await rig.Reader.ListRunsAsync(change(new RunFilter { Tenant = "acme" }), Cancellation))
            .Select(run => run.Key.RunId));
}
