namespace Orchestration.AgentHost;

/// <summary>The slots of one agent: at most <paramref name="max"/> calls at once, a short queue by priority, nothing beyond.</summary>
internal sealed class TaskSlots(int max, int queueLimit, TimeProvider time)
{
    private static readonly TimeSpan ShortestAdvice = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestAdvice = TimeSpan.FromSeconds(5);

    private readonly Lock sync = new();
    private readonly PriorityQueue<Ticket, (int Priority, long Order)> waiting = new();
    private int running;
    private int queued;
    private long order;
    private double averageSeconds = 0.2;

    internal enum Place
    {
        Waiting,
        Running,
        Left,
    }

    public int Max => max;

    public (int Running, int Queued) Load
    {
        get
        {
            lock (sync)
            {
                return (running, queued);
            }
        }
    }

    /// <summary>When a slot will probably be free: the recent duration of a call, times the calls ahead of a new one.</summary>
    public TimeSpan Advice
    {
        get
        {
            lock (sync)
            {
                var seconds = averageSeconds * (queued + 1) / max;
                return TimeSpan.FromSeconds(Math.Clamp(seconds, ShortestAdvice.TotalSeconds, LongestAdvice.TotalSeconds));
            }
        }
    }

    /// <summary>A place among the running or the waiting; null when both are full. Disposing the ticket gives the place up.</summary>
    /// <param name="priority">Higher goes first; equals go in the order of arrival.</param>
    public Ticket? TryEnter(int priority)
    {
        lock (sync)
        {
            var ticket = new Ticket(this);
            if (running < max)
            {
                running++;
                Start_NeedsLock(ticket);
                return ticket;
            }

            if (queued >= queueLimit)
            {
                return null;
            }

            queued++;
            waiting.Enqueue(ticket, (-priority, order++));
            return ticket;
        }
    }

    private void Start_NeedsLock(Ticket ticket)
    {
        ticket.Place = Place.Running;
        ticket.Since = time.GetTimestamp();
        ticket.Turn.TrySetResult();
    }

    private void Leave(Ticket ticket)
    {
        lock (sync)
        {
            var left = ticket.Place;
            ticket.Place = Place.Left;
            if (left == Place.Waiting)
            {
                // The entry stays in the queue and is passed over when its turn comes.
                queued--;
            }
            else if (left == Place.Running)
            {
                averageSeconds += 0.2 * (time.GetElapsedTime(ticket.Since).TotalSeconds - averageSeconds);
                HandOver_NeedsLock();
            }
        }
    }

    private void HandOver_NeedsLock()
    {
        while (waiting.TryDequeue(out var next, out _))
        {
            if (next.Place == Place.Waiting)
            {
                queued--;
                Start_NeedsLock(next);
                return;
            }
        }

        running--;
    }

    /// <summary>One call's place.</summary>
    public sealed class Ticket(TaskSlots slots) : IDisposable
    {
        internal TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Place Place { get; set; }

        internal long Since { get; set; }

        public Task WaitAsync(CancellationToken cancellationToken) => Turn.Task.WaitAsync(cancellationToken);

        public void Dispose() => slots.Leave(this);
    }
}
