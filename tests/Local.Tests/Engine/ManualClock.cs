namespace Local.Tests.Engine;

/// <summary>Time that moves when the test says so.</summary>
internal sealed class ManualClock : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private readonly Dictionary<DateTimeOffset, TaskCompletionSource> awaited = [];
    private DateTimeOffset now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        lock (gate)
        {
            timers.Add(timer);
            if (timer.Due is { } due && awaited.Remove(due, out var signal))
            {
                signal.SetResult();
            }
        }

        return timer;
    }

    /// <summary>Completes when somebody waits for exactly this time.</summary>
    public Task WhenAwaitedAsync(DateTimeOffset due)
    {
        lock (gate)
        {
            if (timers.Any(timer => timer.Due == due))
            {
                return Task.CompletedTask;
            }

            if (!awaited.TryGetValue(due, out var signal))
            {
                awaited[due] = signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return signal.Task;
        }
    }

    public void Advance(TimeSpan span)
    {
        ManualTimer[] due;
        lock (gate)
        {
            now += span;
            due = [.. timers.Where(timer => timer.Due <= now)];
            foreach (var timer in due)
            {
                timer.Due = null;
            }
        }

        foreach (var timer in due)
        {
            timer.Fire();
        }
    }

    private sealed class ManualTimer(ManualClock clock, Action fire) : ITimer
    {
        public DateTimeOffset? Due { get; set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock.now + dueTime;
            }

            if (dueTime == TimeSpan.Zero)
            {
                Due = null;
                fire();
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock.gate)
            {
                clock.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
