using Monitor.Storage;
using Monitor.Tests.Databases;
using Orchestration.Contracts;

namespace Monitor.Tests.Storage;

public sealed class PostgreSqlHistoryTests(PostgreSqlServer server) : HistoryConformance
{
    private Task<string>? connectionString;

    [Fact]
    public async Task Watch_RunAppliedByAnotherReplica_IsSeenToo()
    {
        await using var mine = await StartAsync();
        await using var other = await StartAsync();
        var events = new RunStory("r1").Whole();
        var seen = new List<long>();
        var hasBegun = new TaskCompletionSource();

        await other.TakeAsync(events.Take(3));
        var watch = mine.Watcher.WatchAsync(
            new RunKey("acme", "r1"),
            0,
            includeChildren: false,
            happened =>
            {
                seen.Add(happened.Sequence);
                hasBegun.TrySetResult();
                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken);
        await hasBegun.Task;
        await mine.TakeAsync(events.Skip(3).Take(2));
        await other.TakeAsync(events.Skip(5).Take(7));
        await mine.TakeAsync(events.Skip(12).Take(2));
        await other.TakeAsync(events.Skip(14));
        await watch;

        Assert.Equal(events.Select(happened => happened.Sequence), seen);
        Assert.Equal(RunState.RunCompletedWithErrors, (await mine.GetAsync("r1")).State);
    }

    private protected override async Task<IRunDatabase> OpenAsync() =>
        new PostgreSqlDatabase(await (connectionString ??= server.CreateDatabaseAsync()));
}
