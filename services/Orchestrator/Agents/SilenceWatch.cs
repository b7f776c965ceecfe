using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Orchestrator.Agents;

/// <summary>
/// Gives up on calls that fell silent. Silence is counted in ticks of this process, not in time: a process that was itself
/// frozen has missed its ticks too, and hears the answers that lie ready before it counts on.
/// </summary>
internal sealed class SilenceWatch(IOptions<AgentsOptions> options, TimeProvider time) : BackgroundService
{
    private const int TicksToSilence = 8;

    private readonly ConcurrentDictionary<Watched, byte> calls = new();

    /// <summary>Watches a call from now on.</summary>
    public Watched Watch()
    {
        var call = new Watched(this);
        calls.TryAdd(call, 0);
        return call;
    }

    /// <summary>True when a call that gives a sign of life this often is still heard in time after one of them is missing.</summary>
    public bool Fits(TimeSpan interval) => interval * 2 <= options.Value.Silence;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Silence / TicksToSilence, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Tick();
            }
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
    }

    internal void Tick()
    {
        foreach (var call in calls.Keys)
        {
            call.Tick();
        }
    }

    /// <summary>One call under watch.</summary>
    public sealed class Watched(SilenceWatch watch) : IDisposable
    {
        private readonly CancellationTokenSource silent = new();
        private int ticks;
        private int relaxed;

        /// <summary>Cancelled when the call fell silent.</summary>
        public CancellationToken Silent => silent.Token;

        /// <summary>The call was heard of.</summary>
        public void Heard() => Volatile.Write(ref ticks, 0);

        /// <summary>The call may be silent from now on: its agent promises no signs of life, or too few.</summary>
        public void Relax() => Volatile.Write(ref relaxed, 1);

        public void Dispose()
        {
            watch.calls.TryRemove(this, out _);
            silent.Dispose();
        }

        internal void Tick()
        {
            if (Volatile.Read(ref relaxed) == 0 && Interlocked.Increment(ref ticks) > TicksToSilence)
            {
                try
                {
                    silent.Cancel();
                }
                catch (ObjectDisposedException)
                {
                    // It ended at this very moment.
                }
            }
        }
    }
}
