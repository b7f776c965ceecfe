using Microsoft.Extensions.Logging;
using Monitor.Projection;
using Monitor.Storage;
using Monitor.Tests.Databases;
using Orchestration.Contracts;

namespace Monitor.Tests.Projection;

public sealed class GapWatchTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Check_GapThatStays_IsWarnedOfOnce()
    {
        using var folder = new TemporaryFolder();
        var time = new SteppedTime();
        await using var rig = await StartAsync(folder, time);
        var log = new Warnings();
        using var watch = rig.WatchGaps(log);
        var events = new RunStory("r1").Whole();
        await rig.TakeAsync(events.Skip(5));

        await watch.CheckAsync(Cancellation);
        Assert.Empty(log.Messages);
        time.Now += GapWatch.WarnAfter * 2;
        await watch.CheckAsync(Cancellation);
        await watch.CheckAsync(Cancellation);
        await rig.TakeAsync(events.Take(5));
        await watch.CheckAsync(Cancellation);

        var warning = Assert.Single(log.Messages);
        Assert.Contains("r1", warning, StringComparison.Ordinal);
        Assert.Contains("event 1 ", warning, StringComparison.Ordinal);
        Assert.Equal((17, 0), ((await rig.GetAsync("r1")).Sequence, (await rig.GetAsync("r1")).MissingEvents));
    }

    [Fact]
    public async Task Check_GapsThatLastTooLong_ArePassedOverOneByOneEachInItsTime()
    {
        using var folder = new TemporaryFolder();
        var time = new SteppedTime();
        await using var rig = await StartAsync(folder, time);
        var log = new Warnings();
        using var watch = rig.WatchGaps(log);
        var events = new RunStory("r1").Whole();
        await rig.TakeAsync(events.Take(2).Append(events[4]).Append(events[6]));

        time.Now += TimeSpan.FromMinutes(10);
        await watch.CheckAsync(Cancellation);
        time.Now += TimeSpan.FromMinutes(4);
        await watch.CheckAsync(Cancellation);
        Assert.Equal(2, (await rig.GetAsync("r1")).Sequence);
        time.Now += TimeSpan.FromMinutes(1);
        await watch.CheckAsync(Cancellation);
        Assert.Equal((5, 2), ((await rig.GetAsync("r1")).Sequence, (await rig.GetAsync("r1")).MissingEvents));
        Assert.Contains(log.Messages, message => message.Contains("events 3 to 4", StringComparison.Ordinal));

        // The second one is waited for from when it was seen.
        await watch.CheckAsync(Cancellation);
        time.Now += TimeSpan.FromMinutes(4);
        await watch.CheckAsync(Cancellation);
        Assert.Equal(5, (await rig.GetAsync("r1")).Sequence);
        time.Now += TimeSpan.FromMinutes(1);
        await watch.CheckAsync(Cancellation);
        Assert.Equal((7, 3), ((await rig.GetAsync("r1")).Sequence, (await rig.GetAsync("r1")).MissingEvents));
    }

    [Fact]
    public async Task Watch_RunWithAGap_IsToldOfItAndReachesTheEnd()
    {
        using var folder = new TemporaryFolder();
        var time = new SteppedTime();
        await using var rig = await StartAsync(folder, time);
        using var watch = rig.WatchGaps(new Warnings());
        var events = new RunStory("r1").Whole();
        await rig.TakeAsync(events.Take(3).Concat(events.Skip(5)));
        var seen = new List<RunEvent>();
        var watching = rig.Watcher.WatchAsync(
            new RunKey("acme", "r1"),
            0,
            includeChildren: false,
            happened =>
            {
                seen.Add(happened);
                return Task.CompletedTask;
            },
            Cancellation);

        time.Now += TimeSpan.FromMinutes(6);
        await watch.CheckAsync(Cancellation);
        time.Now += TimeSpan.FromMinutes(6);
        await watch.CheckAsync(Cancellation);
        await watching;

        Assert.Equal([1, 2, 3, 5, .. Enumerable.Range(6, 12)], seen.Select(happened => (int)happened.Sequence));
        Assert.Equal(("history:gap", 4, 5), (seen[3].Type, seen[3].HistoryGap.FromSequence, seen[3].HistoryGap.ToSequence));
    }

    private static Task<Rig> StartAsync(TemporaryFolder folder, TimeProvider time) =>
        Rig.StartAsync(new SqliteDatabase(Path.Combine(folder.FullPath, "monitor.db")), null, time);

    private sealed class Warnings : ILogger<GapWatch>
    {
        public List<string> Messages { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Messages.Add(formatter(state, exception));
    }
}
