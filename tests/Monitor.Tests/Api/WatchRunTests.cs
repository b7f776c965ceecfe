using System.Globalization;
using Grpc.Core;
using Monitor.Tests.Databases;
using Orchestration.Contracts;

namespace Monitor.Tests.Api;

/// <summary>Watching over real sockets (MON-01): nothing missed, nothing twice.</summary>
public sealed class WatchRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Watch_EndedRun_SendsAllAndEnds()
    {
        await using var service = await MonitorService.StartAsync(folder.FullPath);
        var events = new RunStory("r1").Whole();
        await service.PublishAsync(events);

        Assert.Equal(events, await WatchAsync(service, new WatchRunRequest { RunId = "r1" }));
        Assert.Equal(events.Skip(4), await WatchAsync(service, new WatchRunRequest { RunId = "r1", FromSequence = 5 }));
        Assert.Empty(await WatchAsync(service, new WatchRunRequest { RunId = "r1", FromSequence = 18 }));
    }

    [Fact]
    public async Task Watch_RunningRun_SendsStoredThenLive()
    {
        await using var service = await MonitorService.StartAsync(folder.FullPath);
        var story = new RunStory("r1");
        await service.PublishAsync(story.Accepted("s"), story.Started());
        using var call = service.Acme.WatchRun(new WatchRunRequest { RunId = "r1" }, cancellationToken: Cancellation);
        Assert.Equal("run:accepted run:started", await TypesAsync(call, 2));

        await service.PublishAsync(story.LiveStarted("s"), story.Progress("s", 50));
        await service.PublishAsync(story.Token("s", "hello"));
        await service.PublishAsync(story.Completed("s"), story.Progress("s", 60), story.Ended());

        Assert.Equal("step:started step:progress step:token step:completed run:completed", await TypesAsync(call, 5));
        Assert.False(await call.ResponseStream.MoveNext(Cancellation));
    }

    /// <summary>Whoever resumes a watch learns that the monitor is there again, although nothing happens.</summary>
    [Fact]
    public async Task Watch_NothingHappens_HasBegunAllTheSame()
    {
        await using var service = await MonitorService.StartAsync(folder.FullPath);
        await service.PublishAsync(new RunStory("r1").Accepted("s"));
        using var call = service.Acme.WatchRun(new WatchRunRequest { RunId = "r1", FromSequence = 2 }, cancellationToken: Cancellation);

        Assert.Equal("1", (await call.ResponseHeadersAsync).GetValue("watching"));
    }

    [Fact]
    public async Task Watch_ManyWatchersBeginAnyTime_EachSeesEveryEventOnce()
    {
        await using var service = await MonitorService.StartAsync(folder.FullPath);
        var story = new RunStory("r1");
        var events = new List<RunEvent> { story.Accepted() };
        events.AddRange(Enumerable.Range(0, 400).Select(_ => story.Unheard()));
        events.Add(story.Ended());
        var watchers = new List<Task<List<RunEvent>>>();

        foreach (var (i, delivery) in events.Chunk(7).Index())
        {
            await service.PublishAsync(delivery);
            if (i % 10 == 0)
            {
                watchers.Add(WatchAsync(service, new WatchRunRequest { RunId = "r1", FromSequence = i, IncludeChildren = i % 20 == 0 }));
            }
        }

        foreach (var (i, seen) in (await Task.WhenAll(watchers)).Index())
        {
            Assert.Equal(events.Where(happened => happened.Sequence >= i * 10), seen);
        }
    }

    [Fact]
    public async Task Watch_WithChildren_SendsTheWholeTree()
    {
        await using var service = await MonitorService.StartAsync(folder.FullPath);
        var root = new RunStory("root");
        var child = new RunStory("child") { RootRunId = "root", ParentRunId = "root" };
        var grandchild = new RunStory("grandchild") { RootRunId = "root", ParentRunId = "child" };
        await service.PublishAsync(new RunStory("stranger").Whole());
        await service.PublishAsync(root.Accepted("s"), root.ChildStarted("s", "child"), child.Accepted("t"));
        using var all = service.Acme.WatchRun(
            new WatchRunRequest { RunId = "root", IncludeChildren = true }, cancellationToken: Cancellation);
        using var lower = service.Acme.WatchRun(
            new WatchRunRequest { RunId = "child", IncludeChildren = true }, cancellationToken: Cancellation);
        Assert.Equal("root:1 root:2 child:1", await NamesAsync(all, 3));
        Assert.Equal("child:1", await NamesAsync(lower, 1));

        await service.PublishAsync(grandchild.Accepted(), grandchild.Ended());
        await service.PublishAsync(child.Ended(), root.Ended());

        Assert.Equal("grandchild:1 grandchild:2 child:2 root:3", await NamesAsync(all, 4));
        Assert.Equal("grandchild:1 grandchild:2 child:2", await NamesAsync(lower, 3));
        Assert.False(await all.ResponseStream.MoveNext(Cancellation));
        Assert.False(await lower.ResponseStream.MoveNext(Cancellation));
        Assert.Equal(7, (await WatchAsync(service, new WatchRunRequest { RunId = "root", IncludeChildren = true })).Count);
    }

    [Fact]
    public async Task Watch_RunThatWasJustAccepted_WaitsForItsFirstEvent()
    {
        await using var service = await MonitorService.StartAsync(folder.FullPath, "--Monitor:ArrivalPatience=00:01:00");
        var events = new RunStory("r1").Whole();

        var watch = WatchAsync(service, new WatchRunRequest { RunId = "r1" });
        await service.PublishAsync(events);

        Assert.Equal(events, await watch);
    }

    [Fact]
    public async Task Watch_UnknownOrForeignRun_IsNotFound()
    {
        await using var service = await MonitorService.StartAsync(folder.FullPath);
        await service.PublishAsync(new RunStory("r1", "globex").Whole());

        foreach (var runId in new[] { "r1", "r2" })
        {
            var failure = await Assert.ThrowsAsync<RpcException>(() => WatchAsync(service, new WatchRunRequest { RunId = runId }));
            Assert.Equal((StatusCode.NotFound, $"There is no run '{runId}'."), (failure.StatusCode, failure.Status.Detail));
        }
    }

    [Fact]
    public async Task Watch_TreeOfAnotherTenantWithTheSameIds_IsNotSeen()
    {
        await using var service = await MonitorService.StartAsync(folder.FullPath);
        var (ours, theirs) = (new RunStory("r1"), new RunStory("r1", "globex"));
        await service.PublishAsync(ours.Accepted(), theirs.Accepted());
        using var call = service.Acme.WatchRun(
            new WatchRunRequest { RunId = "r1", IncludeChildren = true }, cancellationToken: Cancellation);
        await TypesAsync(call, 1);

        await service.PublishAsync(theirs.Ended(), ours.Started(), ours.Ended());

        Assert.Equal("run:started run:completed", await TypesAsync(call, 2));
    }

    [Fact]
    public async Task Watch_SlowWatcher_IsDroppedAndResumesBySequence()
    {
        await using var service = await MonitorService.StartAsync(folder.FullPath, "--Monitor:WatchBuffer=8");
        var story = new RunStory("r1");
        await service.PublishAsync(story.Accepted());
        using var slow = service.Acme.WatchRun(new WatchRunRequest { RunId = "r1" }, cancellationToken: Cancellation);
        Assert.Equal("run:accepted", await TypesAsync(slow, 1));

        // More than the transport buffers on its own, while nobody reads.
        var large = new string('x', 64 << 10);
        for (var i = 0; i < 100; i++)
        {
            await service.PublishAsync(story.Completed("s" + i.ToString(CultureInfo.InvariantCulture), 1, large));
        }

        var seen = new List<long>();
        var dropped = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await slow.ResponseStream.MoveNext(Cancellation))
            {
                seen.Add(slow.ResponseStream.Current.Sequence);
            }
        });
        Assert.Equal(StatusCode.ResourceExhausted, dropped.StatusCode);
        Assert.NotNull(dropped.Trailers.GetValue("retry-after-ms"));
        await service.PublishAsync(story.Ended());
        seen.AddRange((await WatchAsync(service, new WatchRunRequest { RunId = "r1", FromSequence = seen[^1] + 1 }))
            .Select(e => e.Sequence));
        Assert.Equal(Enumerable.Range(2, 101).Select(n => (long)n), seen);
    }

    [Fact]
    public async Task Watch_MonitorStops_EndsUnavailableAndResumes()
    {
        var events = new RunStory("r1").Whole();
        await using (var service = await MonitorService.StartAsync(folder.FullPath))
        {
            await service.PublishAsync(events.Take(3));
            using var call = service.Acme.WatchRun(new WatchRunRequest { RunId = "r1" }, cancellationToken: Cancellation);
            await TypesAsync(call, 3);
            await service.StopAsync();

            var ended = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancellation));
            Assert.Equal(StatusCode.Unavailable, ended.StatusCode);
        }

        await using var next = await MonitorService.StartAsync(folder.FullPath);
        await next.PublishAsync(events.Skip(3));
        Assert.Equal(events.Skip(3), await WatchAsync(next, new WatchRunRequest { RunId = "r1", FromSequence = 4 }));
    }

    private static async Task<List<RunEvent>> WatchAsync(MonitorService service, WatchRunRequest request)
    {
        using var call = service.Acme.WatchRun(request, cancellationToken: Cancellation);
        var seen = new List<RunEvent>();
        while (await call.ResponseStream.MoveNext(Cancellation))
        {
            seen.Add(call.ResponseStream.Current);
        }

        return seen;
    }

    private static Task<string> TypesAsync(AsyncServerStreamingCall<RunEvent> call, int count) =>
        ReadAsync(call, count, happened => happened.Type);

    private static Task<string> NamesAsync(AsyncServerStreamingCall<RunEvent> call, int count) =>
        ReadAsync(call, count, happened => string.Create(CultureInfo.InvariantCulture, $"{happened.RunId}:{happened.Sequence}"));

    private static async Task<string> ReadAsync(AsyncServerStreamingCall<RunEvent> call, int count, Func<RunEvent, string> name)
    {
        var seen = new List<string>();
        while (seen.Count < count && await call.ResponseStream.MoveNext(Cancellation))
        {
            seen.Add(name(call.ResponseStream.Current));
        }

        return string.Join(' ', seen);
    }
}
