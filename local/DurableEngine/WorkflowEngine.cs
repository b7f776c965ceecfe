using System.Threading.Channels;
using DurableEngine.Backends;
using DurableEngine.Dispatch;
using DurableEngine.Execution;
using DurableEngine.History;

namespace DurableEngine;

/// <summary>
/// The durable workflow engine. One loop owns all state in memory; one writer puts what the loop decided on disk, many
/// rounds in one transaction when they come faster than the disk. Every task it returns completes after that.
/// </summary>
public sealed class WorkflowEngine : IAsyncDisposable
{
    /// <summary>Bytes of histories, as stored, that are kept in memory; the rest is read from the store when it is asked for.</summary>
    public const long HistoryBudget = 128L << 20;

    private static readonly TimeSpan CommitRetry = TimeSpan.FromMilliseconds(500);

    private readonly Channel<Action> commands = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Channel<CommitBatch> batches =
        Channel.CreateUnbounded<CommitBatch>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource stopping = new();
    private readonly IInstanceStore store;
    private readonly TimeProvider clock;
    private readonly Action<Exception> onCommitFailed;
    private readonly EngineCore core;
    private readonly ITimer timer;
    private readonly Task loop;
    private readonly Task writer;
    private Instant? armed;
    private long written;

    /// <summary>Loads what is unfinished and goes on with it.</summary>
    /// <param name="store">Owned by the engine from here on.</param>
    /// <param name="clock">The time that workflows see and timers follow.</param>
    /// <param name="onCommitFailed">Told of every failed write; the write is repeated until it succeeds, and everything waits for
    /// it.</param>
    /// <param name="onReadFailed">
    /// Told of every history that could not be read. It is read again until it can be; one that is damaged stalls its instance.
    /// </param>
    /// <param name="historyBudget">See <see cref="HistoryBudget"/>.</param>
    public WorkflowEngine(
        IInstanceStore store, TimeProvider clock, Action<Exception> onCommitFailed, Action<InstanceKey,
            Exception> onReadFailed, long historyBudget = HistoryBudget)
    {
        this.store = store;
        this.clock = clock;
        this.onCommitFailed = onCommitFailed;
        core = new EngineCore(store, clock, Guid.NewGuid().ToString("N")[..12], historyBudget, onReadFailed);
        core.Resume();
        timer = clock.CreateTimer(_ => Post(FireTimers), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        loop = Task.Run(RunAsync);
        writer = Task.Run(WriteAsync);
        Post(() => { });
    }

    public Task<WorkerStream> ConnectAsync(string app, bool stateful, CancellationToken cancellationToken) =>
        Ask<WorkerStream>(
            answer =>
            {
                var stream = core.Pool.Connect(app, stateful);
                core.Turns.RetryStalled(app);
                answer.TrySetResult(stream);
            },
            cancellationToken);

    /// <summary>The worker is gone; what it had is given to others.</summary>
    public void Disconnect(WorkerStream stream) => Post(() => core.Turns.Disconnect(stream));

    public Task<int> ConnectedWorkersAsync(string app, CancellationToken cancellationToken) =>
        Ask<int>(answer => answer.TrySetResult(core.Pool.Connected(app)), cancellationToken);

    public Task CompleteTurnAsync(string app, TurnResult result, CancellationToken cancellationToken) =>
        Ask(answer => core.Turns.Complete(app, result, answer), cancellationToken);

    public Task CompleteActivityAsync(string app, ActivityResult result, CancellationToken cancellationToken) =>
        Ask(answer => core.Turns.CompleteActivity(app, result, answer), cancellationToken);

    /// <summary>Parks an instance whose turn cannot be delivered.</summary>
    public void RefuseTurn(string app, TurnItem item, StallReason reason, string description) =>
        Post(() => core.Turns.Refuse(app, item.InstanceId, item.Token, new TurnRefused(reason, description)));

    /// <summary>Starts an instance and, unless a start time is given, waits until its first turn is done.</summary>
    /// <exception cref="RefusedException">The id is taken.</exception>
    public Task<InstanceSnapshot> StartAsync(string app, StartRequest request, CancellationToken cancellationToken) =>
        Ask<InstanceSnapshot>(answer => core.Clients.Start(app, request, answer), cancellationToken);

    /// <summary>Starts an instance in the middle of the history of another.</summary>
    /// <exception cref="RefusedException">The source has not ended, is a child or lacks the event, or the new id is taken.</exception>
    public Task<InstanceSnapshot> RerunAsync(string app, RerunRequest request, CancellationToken cancellationToken) =>
        Ask<InstanceSnapshot>(answer => core.Clients.Rerun(app, request, answer), cancellationToken);

    /// <summary>Null when there is no such instance.</summary>
    public Task<InstanceSnapshot?> GetAsync(InstanceKey key, CancellationToken cancellationToken) =>
        Ask<InstanceSnapshot?>(answer => core.Clients.Get(key, answer), cancellationToken);

    public Task<IReadOnlyList<HistoryEvent>> GetHistoryAsync(InstanceKey key, CancellationToken cancellationToken) =>
        Ask<IReadOnlyList<HistoryEvent>>(answer => core.Clients.GetHistory(key, answer), cancellationToken);

    public Task<InstanceSnapshot> WaitForStartAsync(InstanceKey key, CancellationToken cancellationToken) =>
        Ask<InstanceSnapshot>(answer => core.Clients.WaitFor(key, status => status != WorkflowStatus.Pending, answer), cancellationToken);

    public Task<InstanceSnapshot> WaitForCompletionAsync(InstanceKey key, CancellationToken cancellationToken) =>
        Ask<InstanceSnapshot>(answer => core.Clients.WaitFor(key, ClientCommands.IsTerminal, answer), cancellationToken);

    public Task RaiseEventAsync(InstanceKey key, string name, string? input, CancellationToken cancellationToken) =>
        Ask(answer => core.Clients.Raise(key, name, input, answer), cancellationToken);

    /// <summary>Waits until the instance has ended.</summary>
    public Task<InstanceSnapshot> TerminateAsync(InstanceKey key, string? output, bool recursive, CancellationToken cancellationToken) =>
        Ask<InstanceSnapshot>(answer => core.Clients.Terminate(key, output, recursive, answer), cancellationToken);

    public Task<InstanceSnapshot> SuspendAsync(InstanceKey key, string? reason, CancellationToken cancellationToken) =>
        Ask<InstanceSnapshot>(answer => core.Clients.Suspend(key, reason, answer), cancellationToken);

    public Task<InstanceSnapshot> ResumeAsync(InstanceKey key, string? reason, CancellationToken cancellationToken) =>
        Ask<InstanceSnapshot>(answer => core.Clients.Resume(key, reason, answer), cancellationToken);

    /// <summary>How many instances were removed.</summary>
    public Task<int> PurgeAsync(InstanceKey key, bool recursive, bool force, CancellationToken cancellationToken) =>
        Ask<int>(answer => core.Clients.Purge(key, recursive, force, answer), cancellationToken);

    /// <summary>Ids of an app's instances in order, starting after <paramref name="after"/>.</summary>
    public IReadOnlyList<string> ListIds(string app, string? after, int count) => store.ListIds(app, after, count);

    /// <summary>Ends all waiting for a status, now and from here on; used before stopping, when no status will come any more.</summary>
    public void StopWaiting() => Post(core.StopWaiting);

    /// <summary>Stops taking requests, writes what was decided and closes the store.</summary>
    public async ValueTask DisposeAsync()
    {
        commands.Writer.TryComplete();
        await loop;
        batches.Writer.TryComplete();
        await stopping.CancelAsync();
        await writer;
        core.Changes.MarkDurable(written);
        core.StopWaiting();
        await timer.DisposeAsync();
        store.Dispose();
        stopping.Dispose();
    }

    private void Post(Action command) => commands.Writer.TryWrite(command);

    private Task Ask(Action<TaskCompletionSource> command, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Send(() => command(answer), error => answer.TrySetException(error));
        return answer.Task.WaitAsync(cancellationToken);
    }

    private Task<T> Ask<T>(Action<TaskCompletionSource<T>> command, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Send(() => command(answer), error => answer.TrySetException(error));
        return cancellationToken.CanBeCanceled ? Cancellable(answer, cancellationToken) : answer.Task;
    }

    private static async Task<T> Cancellable<T>(TaskCompletionSource<T> answer, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.Register(() => answer.TrySetCanceled(cancellationToken));
        return await answer.Task;
    }

    private void Send(Action command, Action<Exception> fail)
    {
        var accepted = commands.Writer.TryWrite(() =>
        {
#pragma warning disable CA1031 // Whatever a request runs into is the answer to that request and must not stop the loop.
            try
            {
                command();
            }
            catch (Exception error)
            {
                fail(error);
            }
#pragma warning restore CA1031
        });
        if (!accepted)
        {
            fail(new OperationCanceledException("The engine is stopping."));
        }
    }

    private async Task RunAsync()
    {
        while (await commands.Reader.WaitToReadAsync())
        {
            while (commands.Reader.TryRead(out var command))
            {
                command();
            }

            if (core.Changes.Take() is { } batch)
            {
                batches.Writer.TryWrite(batch);
            }

            ArmTimer();
        }
    }

    private void FireTimers()
    {
        armed = null;
        core.FireTimers();
    }

    private void ArmTimer()
    {
        // Longer waits than this are beyond what a timer takes; it just looks again.
        var longest = TimeSpan.FromDays(1);
        if (core.Timers.NextDue is not { } due || (armed is { } set && set <= due))
        {
            return;
        }

        armed = due;
        var wait = due.ToDateTimeOffset() - clock.GetUtcNow();
        timer.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait > longest ? longest : wait, Timeout.InfiniteTimeSpan);
    }

    private async Task WriteAsync()
    {
        while (await batches.Reader.WaitToReadAsync())
        {
            var changes = new List<StoreChange>();
            long position = 0;
            while (batches.Reader.TryRead(out var batch))
            {
                changes.AddRange(batch.Changes);
                position = batch.Position;
            }

            if (!await CommitAsync(changes))
            {
                return;
            }

            written = position;
            Post(() => core.Changes.MarkDurable(position));
        }
    }

    // A full disk or a failing one is not the end of anything: nothing is acknowledged until the write succeeds.
    private async Task<bool> CommitAsync(IReadOnlyList<StoreChange> changes)
    {
        while (true)
        {
#pragma warning disable CA1031 // Every failure to write is handled the same way: report it, wait, write again.
            try
            {
                store.Commit(changes);
                return true;
            }
            catch (Exception error)
            {
                onCommitFailed(error);
            }
#pragma warning restore CA1031
            if (stopping.IsCancellationRequested)
            {
                return false;
            }

            await Task.Delay(CommitRetry, clock, CancellationToken.None);
        }
    }
}
