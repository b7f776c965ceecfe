namespace Dapr.Workflow.Execution;

/// <summary>
/// Runs the code of one instance on the thread of the turn and nowhere else. What an await of the code posts is queued and run by
/// <see cref="Run"/> before it returns, so a turn ends with the code waiting for history (or done).
/// </summary>
internal sealed class InstanceScheduler : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();
    private int _turnThread;

    /// <summary>True when something outside the workflow continued the code: it awaited a task that history does not know.</summary>
    public bool SawForeignContinuation { get; private set; }

    /// <summary>Whether the caller is the code of this instance, in its turn.</summary>
    public bool IsOnTurn => Volatile.Read(ref _turnThread) == Environment.CurrentManagedThreadId;

    /// <summary>Does a step of the instance and everything that follows from it.</summary>
    public void Run(Action step)
    {
        var previous = Current;
        Volatile.Write(ref _turnThread, Environment.CurrentManagedThreadId);
        try
        {
            SetSynchronizationContext(this);
            step();
            while (_queue.TryDequeue(out var work))
            {
                SetSynchronizationContext(this);
                work.Callback(work.State);
            }
        }
        finally
        {
            Volatile.Write(ref _turnThread, 0);
            SetSynchronizationContext(previous);
        }
    }

    /// <summary>
    /// Completes a task that the code awaits. Without a current context an await that said ConfigureAwait(false) continues right here instead
    /// of on another thread; every other await posts to this scheduler.
    /// </summary>
    public static void Complete(Action complete)
    {
        var previous = Current;
        SetSynchronizationContext(null);
        try
        {
            complete();
        }
        finally
        {
            SetSynchronizationContext(previous);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsOnTurn)
        {
            _queue.Enqueue((d, state));
        }
        else
        {
            // Not run: what follows from a foreign task would be lost or doubled on replay.
            SawForeignContinuation = true;
        }
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (!IsOnTurn)
        {
            throw new NotSupportedException("Workflow code runs only in its turns.");
        }

        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;
}
