using System.Globalization;
using System.Threading.Channels;
using Monitor.Storage;
using Monitor.Tests.Databases;
using Orchestration.Contracts;

namespace Monitor.Tests.Watching;

/// <summary>The end of a tree: children whose events come after their parent's end are waited for, but not for ever.</summary>
public sealed class WatcherTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SteppedTime time = new();
    private readonly RunStory root = new("root");
    private readonly RunStory child = new("child") { RootRunId = "root", ParentRunId = "root" };
    private readonly Channel<string> sent = Channel.CreateUnbounded<string>();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Watch_ChildEndsAfterItsParent_SendsTheEndOfTheRunLast()
    {
        await using var rig = await Rig.StartAsync(Database(), time: time);
        await rig.TakeAsync(root.Accepted(), child.Accepted());
        var watch = WatchAsync(rig);
        Assert.Equal("root:1 child:1", await SentAsync(2));

        await rig.TakeAsync(root.Ended());
        await rig.TakeAsync(child.Started());
        Assert.Equal("child:2", await SentAsync(1));
        await rig.TakeAsync(child.Ended());

        Assert.Equal("child:3 root:2", await SentAsync(2));
        await watch;
    }

    [Fact]
    public async Task Watch_ChildNeverEnds_EndsAllTheSame()
    {
        await using var rig = await Rig.StartAsync(Database(), time: time);
        await rig.TakeAsync(root.Accepted(), child.Accepted(), root.Ended());
        var watch = WatchAsync(rig);
        Assert.Equal("root:1 child:1", await SentAsync(2));

        await rig.TakeAsync(child.Started());
        Assert.Equal("child:2", await SentAsync(1));
        time.Now += TimeSpan.FromSeconds(3);

        Assert.Equal("root:2", await SentAsync(1));
        await watch;
    }

    private SqliteDatabase Database() => new(Path.Combine(folder.FullPath, "monitor.db"));

    private Task WatchAsync(Rig rig) => rig.Watcher.WatchAsync(
        new RunKey("acme", "root"), 0, includeChildren: true, Send, TestContext.Current.CancellationToken);

    private Task Send(RunEvent happened) =>
        sent.Writer.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{happened.RunId}:{happened.Sequence}")).AsTask();

    private async Task<string> SentAsync(int count)
    {
        var names = new List<string>();
        while (names.Count < count)
        {
            names.Add(await sent.Reader.ReadAsync(TestContext.Current.CancellationToken));
        }

        return string.Join(' ', names);
    }
}
