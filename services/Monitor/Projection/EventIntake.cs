using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Monitor.Storage;
using Monitor.Watching;
using Orchestration.Contracts;

namespace Monitor.Projection;

/// <summary>
/// The one writer: applies deliveries in the order they came, as many as wait in one transaction, and tells watchers after
/// the commit.
/// </summary>
internal sealed partial class EventIntake(
    History history, RunHub hub, IOptions<MonitorOptions> options, TimeProvider time, ILogger<EventIntake> logger) : BackgroundService
{
    private const int DeliveriesPerTransaction = 256;

    private readonly WriterConnection connection = new(history.Database);
    private readonly Channel<Delivery> deliveries =
        Channel.CreateBounded<Delivery>(new BoundedChannelOptions(1024) { SingleReader = true });

    /// <summary>True when the events are stored (or were before); false when they must be delivered again.</summary>
    /// <param name="dead">What is kept in the same transaction, but not applied.</param>
    public Task<bool> TakeAsync(IReadOnlyList<RunEvent> events, IReadOnlyList<DeadLetter> dead, CancellationToken cancellationToken) =>
        DeliverAsync(new Delivery(events, dead), cancellationToken);

    /// <summary>True when the gap was still there and is passed over now; false when its events came meanwhile, another replica was first,
    /// or it could not be stored.</summary>
    /// <param name="gap">See <see cref="GapEvent"/>.</param>
    public async Task<bool> PassOverAsync(RunEvent gap, CancellationToken cancellationToken)
    {
        var delivery = new Delivery([gap], []);
        return await DeliverAsync(delivery, cancellationToken) && delivery.Applied > 0;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await deliveries.Reader.WaitToReadAsync(stoppingToken))
            {
                await StoreAsync(TakeWaiting(), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            deliveries.Writer.TryComplete();
            while (deliveries.Reader.TryRead(out var delivery))
            {
                delivery.Stored.TrySetResult(false);
            }
        }
        finally
        {
            await connection.DisposeAsync();
        }
    }

    private async Task<bool> DeliverAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        if (!history.IsOpen)
        {
            return false;
        }

        try
        {
            await deliveries.Writer.WriteAsync(delivery, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            return false;
        }

        return await delivery.Stored.Task;
    }

    private List<Delivery> TakeWaiting()
    {
        var taken = new List<Delivery>();
        while (taken.Count < DeliveriesPerTransaction && deliveries.Reader.TryRead(out var delivery))
        {
            taken.Add(delivery);
        }

        return taken;
    }

    private async Task StoreAsync(List<Delivery> group, CancellationToken stoppingToken)
    {
        try
        {
            await CommitAsync(group, stoppingToken);
        }
#pragma warning disable CA1031 // whatever went wrong: the deliveries are not stored and the loop must go on
        catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            await connection.DisposeAsync();
            if (group.Count == 1 || exception is DbException { IsTransient: true })
            {
                LogFailed(logger, exception, group.Count);
                Answer(group, stored: false);
                return;
            }

            // One of them may be to blame: the others must not wait for it.
            foreach (var delivery in group)
            {
                await StoreAsync([delivery], stoppingToken);
            }
        }
        finally
        {
            Answer(group, stored: false);
        }
    }

    private async Task CommitAsync(List<Delivery> group, CancellationToken cancellationToken)
    {
        var writer = await connection.BeginAsync(cancellationToken);
        var batch = await EventBatch.LoadAsync(
            writer, group.SelectMany(delivery => delivery.Events), options.Value.ParkedPerRun, cancellationToken);
        var refused = group.Where(delivery => !Take(batch, delivery)).ToHashSet();
        var letters = group.SelectMany(delivery => delivery.Dead).ToList();
        letters.ForEach(letter => writer.Save(letter, time.GetUtcNow()));
        if (batch.Finish(time.GetUtcNow()) | letters.Count > 0)
        {
            await writer.CommitAsync(cancellationToken);
        }
        else
        {
            await writer.RollBackAsync(cancellationToken);
        }

        foreach (var delivery in refused)
        {
            LogRefused(logger, delivery.Events[0].RunId);
        }

        Answer(refused, stored: false);
        Answer(group, stored: true);
        hub.Publish(batch.Applied);
    }

    private static bool Take(EventBatch batch, Delivery delivery)
    {
        var before = batch.Applied.Count;
        var isTaken = batch.Take(delivery.Events);
        delivery.Applied = batch.Applied.Count - before;
        return isTaken;
    }

    private static void Answer(IEnumerable<Delivery> group, bool stored)
    {
        foreach (var delivery in group)
        {
            delivery.Stored.TrySetResult(stored);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "{Count} deliveries could not be stored; they will come again.")]
    private static partial void LogFailed(ILogger logger, Exception exception, int count);

    [LoggerMessage(2, LogLevel.Warning, "Run {Run}: too many events wait for a missing one; the delivery is refused for now.")]
    private static partial void LogRefused(ILogger logger, string run);

    private sealed record Delivery(IReadOnlyList<RunEvent> Events, IReadOnlyList<DeadLetter> Dead)
    {
        /// <summary>How many events were applied because of it.</summary>
        public int Applied { get; set; }

        public TaskCompletionSource<bool> Stored { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
