using Microsoft.Extensions.Logging;
using Monitor.Projection;
using Monitor.Storage;
using Monitor.Tests.Databases;

namespace Monitor.Tests.Projection;

public sealed class GapWatchTests
{
    [Fact]
    public async Task Check_GapThatStays_IsWarnedOfOnce()
    {
        using var folder = new TemporaryFolder();
        await using var rig = await Rig.StartAsync(new SqliteDatabase(Path.Combine(folder.FullPath, "monitor.db")));
        var time = new SteppedTime();
        var log = new Warnings();
        using var watch = new GapWatch(rig.History, time, log);
        var events = new RunStory("r1").Whole();
        await rig.TakeAsync(events.Skip(5));

        await watch.CheckAsync(TestContext.Current.CancellationToken);
        Assert.Empty(log.Messages);
        time.Now += GapWatch.Patience * 2;
        await watch.CheckAsync(TestContext.Current.CancellationToken);
        await watch.CheckAsync(TestContext.Current.CancellationToken);
        await rig.TakeAsync(events.Take(5));
        await watch.CheckAsync(TestContext.Current.CancellationToken);

        var warning = Assert.Single(log.Messages);
        Assert.Contains("r1", warning, StringComparison.Ordinal);
        Assert.Contains("event 1 ", warning, StringComparison.Ordinal);
    }

    private sealed class Warnings : ILogger<GapWatch>
    {
        public List<string> Messages { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Messages.Add(formatter(state, exception));
    }
}
