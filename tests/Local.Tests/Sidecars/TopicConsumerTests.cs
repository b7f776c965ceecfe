using Local.Tests.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Sidecar;
using Sidecar.Apps;
using Sidecar.PubSub;
using Sidecar.Resources;
using Sidecar.RunFiles;

namespace Local.Tests.Sidecars;

public class TopicConsumerTests
{
    private static readonly ConsumerGroup Group = new("group", "topic");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_AfterAPositionCouldNotBeSaved_SavesTheNextOne()
    {
        var port = FreePort.Next();
        await using var app = await EchoApp.StartAsync(port, map: routes => routes.MapPost("/in", () => Results.Ok()));
        using var apps = new AppDirectory([new AppEntry("app", port, AppProtocol.H2c, 0, 0)]);
        apps.Replicas[0].MarkReachable();
        var log = new FailingOnceLog();
        var component = new PubSubComponent(new Component("pubsub", "pubsub.in-memory", []) { File = "test" }, log);
        await log.JoinAsync(Group, Token);
        await log.PublishAsync([new NewMessage("topic", "{}"u8.ToArray(), false, null)], Token);
        var deliveries = new EventDeliveries(new SidecarTokens(null, null));
        var consumer = new TopicConsumer(component, Group, apps, deliveries, TimeProvider.System, NullLogger.Instance);
        consumer.Subscribe("app", new Subscription("pubsub", "topic", [new RouteRule(null, "/in")]));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);

        await Assert.ThrowsAsync<IOException>(() => consumer.RunAsync(stop.Token));
        var second = consumer.RunAsync(stop.Token);
        var first = await Task.WhenAny(second, log.Saved);
        await stop.CancelAsync();

        Assert.Same(log.Saved, first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
    }

    [Fact]
    public async Task Read_BulkThatIsNotFull_WaitsForMoreAsLongAsItSays()
    {
        var clock = new ManualClock();
        var log = new MemoryTopicLog(clock);
        var component = new PubSubComponent(new Component("pubsub", "pubsub.in-memory", []) { File = "test" }, log);
        await log.JoinAsync(Group, Token);
        var reader = new TopicReader(component, "topic", clock);
        var bulk = new BulkOptions(3, TimeSpan.FromSeconds(10));
        await component.PublishAsync([Message()], Token);

        var full = reader.ReadAsync(0, bulk, Token);
        Assert.False(full.IsCompleted);
        await component.PublishAsync([Message()], Token);
        Assert.False(full.IsCompleted);
        await component.PublishAsync([Message(), Message()], Token);
        Assert.Equal([1, 2, 3], (await full).Select(message => message.Id));

        var late = reader.ReadAsync(3, bulk, Token);
        Assert.False(late.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal([4], (await late).Select(message => message.Id));

        Assert.Equal(4, (await reader.ReadAsync(0, null, Token)).Count);
        Assert.Empty(await reader.ReadAsync(4, bulk, Token));
    }

    private static NewMessage Message() => new("topic", "{}"u8.ToArray(), false, null);

    /// <summary>A log whose first write of a position fails.</summary>
    private sealed class FailingOnceLog : ITopicLog
    {
        private readonly MemoryTopicLog log = new(TimeProvider.System);
        private readonly TaskCompletionSource saved = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int writes;

        public Task Saved => saved.Task;

        public Task PublishAsync(IReadOnlyList<NewMessage> messages, CancellationToken cancellationToken) =>
            log.PublishAsync(messages, cancellationToken);

        public Task<long> JoinAsync(ConsumerGroup group, CancellationToken cancellationToken) => log.JoinAsync(group, cancellationToken);

        public IReadOnlyList<TopicMessage> Read(string topic, long after, int count) => log.Read(topic, after, count);

        public IReadOnlyList<ParkedMessage> ReadParked(ConsumerGroup group, int count) => log.ReadParked(group, count);

        public async Task AdvanceAsync(GroupProgress progress, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref writes) == 1)
            {
                throw new IOException("the disk is full");
            }

            await log.AdvanceAsync(progress, cancellationToken);
            saved.TrySetResult();
        }

        public Task TrimAsync(CancellationToken cancellationToken) => log.TrimAsync(cancellationToken);
    }
}
