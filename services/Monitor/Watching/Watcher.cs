using Microsoft.Extensions.Options;
using Monitor.Storage;
using Orchestration.Contracts;
using Orchestration.Hosting.Errors;

namespace Monitor.Watching;

/// <summary>Serves watchers: first what is stored, then what happens, with no gap and nothing twice.</summary>
internal sealed class Watcher(History history, RunHub hub, IOptions<MonitorOptions> options, TimeProvider time)
{
    // What another replica has applied is noticed by looking.
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    private TimeSpan Patience => history.Database.IsShared ? Poll : Timeout.InfiniteTimeSpan;

    /// <summary>Sends the events of a run until it has ended.</summary>
    /// <exception cref="FailureException">There is no such run, or the watcher is too slow.</exception>
    public async Task WatchAsync(
        RunKey key, long fromSequence, bool includeChildren, Func<RunEvent, Task> send, CancellationToken cancellationToken)
    {
        var run = await ArriveAsync(key, cancellationToken) ?? throw FailureException.NotFound($"There is no run '{key.RunId}'.");
        var watch = new RunWatch(run, fromSequence, includeChildren, history.Reader, send);

        // The long part without a subscription, so that it cannot overflow meanwhile.
        await watch.CatchUpAsync(time.GetUtcNow(), cancellationToken);
        using var subscription = hub.Subscribe(watch.Subject);
        await watch.CatchUpAsync(time.GetUtcNow(), cancellationToken);
        await watch.EndIfNothingIsLeftAsync(cancellationToken);
        while (!watch.IsOver)
        {
            await FollowAsync(watch, subscription, cancellationToken);
        }
    }

    /// <summary>The run; one that was accepted just now is waited for.</summary>
    private async Task<RunRow?> ArriveAsync(RunKey key, CancellationToken cancellationToken)
    {
        using var subscription = hub.Subscribe(Subject.Run(key));
        var deadline = time.GetUtcNow() + options.Value.ArrivalPatience;
        while (true)
        {
            var run = await history.Reader.FindRunAsync(key, cancellationToken);
            var left = deadline - time.GetUtcNow();
            if (run is not null || left <= TimeSpan.Zero)
            {
                return run;
            }

            await subscription.WaitAsync(history.Database.IsShared && left > Poll ? Poll : left, time, cancellationToken);
        }
    }

    private async Task FollowAsync(RunWatch watch, Subscription subscription, CancellationToken cancellationToken)
    {
        if (!await subscription.WaitAsync(PatienceFor(watch), time, cancellationToken))
        {
            await watch.CatchUpAsync(time.GetUtcNow(), cancellationToken);
            return;
        }

        while (!watch.IsOver && subscription.TryRead(out var stored))
        {
            if (history.Database.IsShared && watch.IsAhead(stored))
            {
                await watch.CatchUpAsync(time.GetUtcNow(), cancellationToken);
            }
            else
            {
                await watch.TakeAsync(stored, time.GetUtcNow(), cancellationToken);
            }
        }
    }

    private TimeSpan PatienceFor(RunWatch watch)
    {
        if (watch.Deadline is not { } deadline)
        {
            return Patience;
        }

        var left = deadline - time.GetUtcNow();
        return left <= TimeSpan.Zero ? TimeSpan.FromMilliseconds(1) : left > Poll ? Poll : left;
    }
}
