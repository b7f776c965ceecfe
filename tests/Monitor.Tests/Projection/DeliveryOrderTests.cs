using FsCheck;
using FsCheck.Fluent;
using Monitor.Projection;
using Monitor.Storage;
using Monitor.Tests.Databases;
using Orchestration.Contracts;

namespace Monitor.Tests.Projection;

/// <summary>However deliveries are ordered, repeated and cut, the rows come out the same.</summary>
public sealed class DeliveryOrderTests
{
    private static readonly RunKey Key = new("acme", "r1");

    [Fact]
    public void Take_AnyOrderWithDuplicates_YieldsTheSameRows()
    {
        var events = new RunStory("r1").Whole();
        var expected = Apply(events);

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300),
            Prop.ForAll(Shuffled(events), shuffled => Apply(shuffled) == expected));
    }

    [Fact]
    public void Take_LiveEventsAnywhere_LeaveTheEndAsItIs()
    {
        var story = new RunStory("r1");
        var events = new List<RunEvent> { story.Accepted("s"), story.Started(), story.Queued("s") };
        events.AddRange([story.LiveStarted("s"), story.Progress("s", 30), story.Token("s", "x"), story.Progress("s", 70)]);
        events.AddRange([story.Retrying("s", 1, RunStory.Broken), story.Queued("s", 2), story.LiveStarted("s", 2), story.Progress(
            "s", 10, attempt: 2)]);
        events.AddRange([story.Completed("s", 2), story.Ended()]);
        var expected = Apply(events.Where(happened => happened.Sequence > 0));

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300),
            Prop.ForAll(Shuffled(events), shuffled => Apply(shuffled) == expected));
    }

    [Fact]
    public void Take_AnyOrder_AppliesEachEventOnceInSequence()
    {
        var events = new RunStory("r1").Whole();

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300),
            Prop.ForAll(Shuffled(events), shuffled =>
            {
                var applied = new List<long>();
                var run = new ProjectedRun(Key, null, [], []);
                foreach (var happened in shuffled)
                {
                    run.Take(happened, done => applied.Add(done.Sequence));
                }

                return applied.SequenceEqual(Enumerable.Range(1, events.Count).Select(n => (long)n));
            }));
    }

    [Fact]
    public async Task Deliver_RunsInterleavedInPieces_StoresTheSameRows()
    {
        using var folder = new TemporaryFolder();
        await using var rig = await Rig.StartAsync(new SqliteDatabase(Path.Combine(folder.FullPath, "monitor.db")));
        await rig.TakeAsync(new RunStory("expected").Whole());
        var expected = await rig.DumpAsync("expected");
        var orders = Shuffled([.. Enumerable.Range(0, 3).SelectMany(i => new RunStory($"case-{i}").Whole())]).Generator.Sample(20, 8);

        foreach (var (n, order) in orders.Index())
        {
            foreach (var delivery in Renamed(order, n).Chunk(1 + n % 7))
            {
                await rig.TakeAsync(delivery);
            }

            for (var i = 0; i < 3; i++)
            {
                Assert.Equal(expected, (await rig.DumpAsync($"case-{i}-{n}"))
                    .Replace($"case-{i}-{n}", "expected", StringComparison.Ordinal));
            }
        }
    }

    private static Arbitrary<RunEvent[]> Shuffled(List<RunEvent> events) =>
        Gen.Shuffle(events.Concat(events)).Select(order => order.ToArray()).ToArbitrary();

    private static IEnumerable<RunEvent> Renamed(IEnumerable<RunEvent> events, int number) => events.Select(happened =>
    {
        var renamed = happened.Clone();
        renamed.RunId = renamed.RootRunId = $"{happened.RunId}-{number}";
        if (renamed.ChildStarted is { } child)
        {
            child.ChildRunId = $"{renamed.RunId}-child";
        }

        return renamed;
    });

    private static string Apply(IEnumerable<RunEvent> events)
    {
        var run = new ProjectedRun(Key, null, [], []);
        foreach (var happened in events)
        {
            run.Take(happened, _ => { });
        }

        return Dump.Of(run.Run!, run.ChangedSteps.OrderBy(step => step.StepId, StringComparer.Ordinal));
    }
}
