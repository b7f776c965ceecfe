using Microsoft.Extensions.Options;
using Orchestration.Domain.Dispatch;

namespace Orchestrator.Dispatch;

/// <summary>
/// The right to execute an attempt in this process. Who waits is served by priority with age, fairly between tenants. The
/// queue need not be durable: the activities that wait in it are.
/// </summary>
internal sealed class AttemptSlots(IOptions<DispatchOptions> options, TimeProvider clock)
{
    private readonly int _slots = options.Value.Slots;
    private readonly int _mostWaiting = options.Value.Waiting;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _runningByTenant = [];
    private readonly List<Waiter> _waiting = [];
    private int _running;
    private int _pausing;

    public int Running
    {
        get
        {
            lock (_gate)
            {
                return _running;
            }
        }
    }

    /// <summary>Attempts that keep an activity of the worker busy without a slot: in the queue, or pausing before they ask again.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count + _pausing;
            }
        }
    }

    /// <param name="queuedAt">When the work was first queued; it ages from then on.</param>
    /// <returns>The slot, to be disposed; null when there is none within the time.</returns>
    public async Task<IDisposable?> TakeAsync(
        string tenant, int priority, DateTimeOffset queuedAt, TimeSpan longestWait, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (_gate)
        {
            if (_running < _slots)
            {
                Enter(tenant);
                return new Slot(this, tenant);
            }

            if (_waiting.Count + _pausing >= _mostWaiting || longestWait <= TimeSpan.Zero)
            {
                return null;
            }

            waiter = new Waiter(tenant, priority, queuedAt);
            _waiting.Add(waiter);
        }

        return await WaitAsync(waiter, longestWait, cancellationToken) ? new Slot(this, tenant) : null;
    }

    /// <summary>Waits without a slot, when there is room for one more that waits.</summary>
    /// <returns>False at once when there is none.</returns>
    public async Task<bool> PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_waiting.Count + _pausing >= _mostWaiting)
            {
                return false;
            }

            _pausing++;
        }

        try
        {
            await Task.Delay(pause, clock, cancellationToken);
            return true;
        }
        finally
        {
            lock (_gate)
            {
                _pausing--;
            }
        }
    }

    private async Task<bool> WaitAsync(Waiter waiter, TimeSpan longestWait, CancellationToken cancellationToken)
    {
        try
        {
            await waiter.Turn.Task.WaitAsync(longestWait, clock, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return !GiveUp(waiter);
        }
        catch (OperationCanceledException)
        {
            if (!GiveUp(waiter))
            {
                Release(waiter.Tenant);
            }

            throw;
        }
    }

    // False when the turn came in the same moment: the slot is the waiter's.
    private bool GiveUp(Waiter waiter)
    {
        lock (_gate)
        {
            return _waiting.Remove(waiter);
        }
    }

    private void Release(string tenant)
    {
        lock (_gate)
        {
            Leave(tenant);
        }
    }

    private void Enter(string tenant)
    {
        _running++;
        _runningByTenant[tenant] = _runningByTenant.GetValueOrDefault(tenant) + 1;
    }

    private void Leave(string tenant)
    {
        _running--;
        if (--_runningByTenant[tenant] == 0)
        {
            _runningByTenant.Remove(tenant);
        }

        if (_waiting.Count == 0)
        {
            return;
        }

        var now = clock.GetUtcNow();
        var next = _waiting.MaxBy(waiter =>
            DispatchOrder.Rank(waiter.Priority, now - waiter.QueuedAt, _runningByTenant.GetValueOrDefault(waiter.Tenant), _slots))!;
        _waiting.Remove(next);
        Enter(next.Tenant);
        next.Turn.SetResult();
    }

    private sealed class Waiter(string tenant, int priority, DateTimeOffset queuedAt)
    {
        public string Tenant { get; } = tenant;

        public int Priority { get; } = priority;

        public DateTimeOffset QueuedAt { get; } = queuedAt;

        public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Slot(AttemptSlots owner, string tenant) : IDisposable
    {
        private int _isReleased;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isReleased, 1) == 0)
            {
                owner.Release(tenant);
            }
        }
    }
}
