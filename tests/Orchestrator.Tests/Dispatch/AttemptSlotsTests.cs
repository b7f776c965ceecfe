using Microsoft.Extensions.Options;
using Orchestrator.Dispatch;

namespace Orchestrator.Tests.Dispatch;

// TSK-03, TSK-04, TSK-09, EXE-12
public class AttemptSlotsTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TakeAsync_SlotsAreTaken_ServesByPriorityAndEqualsByAge()
    {
        var slots = Of(slots: 1, waiting: 10);
        var first = await slots.TakeAsync("t", 0, Now, Long, Cancel);
        var order = new List<string>();
        var waiters = new[] { ("low", -5, 0), ("high", 5, 0), ("younger", 0, 0), ("older", 0, 2) }
            .Select(waiter => WaitAsync(slots, waiter.Item1, waiter.Item2, Now.AddSeconds(-waiter.Item3), order)).ToList();
        Assert.Equal(4, slots.Waiting);
        first!.Dispose();
        await Task.WhenAll(waiters);
        Assert.Equal(["high", "older", "younger", "low"], order);
        Assert.Equal((0, 0), (slots.Running, slots.Waiting));
    }

    [Fact]
    public async Task TakeAsync_QueueIsFull_RefusesAtOnce()
    {
        var slots = Of(slots: 1, waiting: 1);
        using var running = await slots.TakeAsync("t", 0, Now, Long, Cancel);
        var waiting = slots.TakeAsync("t", 0, Now, Long, Cancel);
        Assert.Null(await slots.TakeAsync("t", 100, Now, Long, Cancel));
        running!.Dispose();
        (await waiting)!.Dispose();
    }

    [Fact]
    public async Task PauseAsync_CountsAmongThoseThatWait()
    {
        var slots = Of(slots: 1, waiting: 2);
        using var running = await slots.TakeAsync("t", 0, Now, Long, Cancel);
        using var stop = new CancellationTokenSource();
        var pausing = slots.PauseAsync(Long, stop.Token);
        var waiting = slots.TakeAsync("t", 0, Now, Long, stop.Token);
        Assert.Equal(2, slots.Waiting);
        Assert.False(await slots.PauseAsync(Long, Cancel));
        Assert.Null(await slots.TakeAsync("t", 0, Now, Long, Cancel));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pausing);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, slots.Waiting);
        Assert.True(await slots.PauseAsync(TimeSpan.Zero, Cancel));
    }

    [Fact]
    public async Task TakeAsync_TimeIsUpOrCancelled_LeavesTheQueue()
    {
        var slots = Of(slots: 1, waiting: 5);
        using var running = await slots.TakeAsync("t", 0, Now, Long, Cancel);
        Assert.Null(await slots.TakeAsync("t", 0, Now, TimeSpan.FromMilliseconds(1), Cancel));
        using var stop = new CancellationTokenSource();
        var waiting = slots.TakeAsync("t", 0, Now, Long, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal((1, 0), (slots.Running, slots.Waiting));
    }

    [Fact]
    public async Task TakeAsync_ManyAtOnce_NeverExceedsTheSlots()
    {
        var slots = Of(slots: 4, waiting: 1000);
        var (running, most, done) = (0, 0, 0);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            using var slot = await slots.TakeAsync($"t{i % 3}", i % 7, Now, Long, Cancel);
            Assert.NotNull(slot);
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            await Task.Yield();
            Interlocked.Decrement(ref running);
            Interlocked.Increment(ref done);
        }));
        Assert.Equal(200, done);
        Assert.InRange(most, 1, 4);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while (value > (seen = Volatile.Read(ref target)) && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }

    private static async Task WaitAsync(AttemptSlots slots, string name, int priority, DateTimeOffset queuedAt, List<string> order)
    {
        using var slot = await slots.TakeAsync("t", priority, queuedAt, Long, Cancel);
        lock (order)
        {
            order.Add(name);
        }
    }

    private static AttemptSlots Of(int slots, int waiting) =>
        new(Options.Create(new DispatchOptions { Slots = slots, Waiting = waiting }), TimeProvider.System);
}
