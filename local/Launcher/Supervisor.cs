namespace Launcher;

/// <summary>Keeps one program running: starts it again when it dies, and ends it when it no longer answers its liveness probe.</summary>
internal sealed class Supervisor(string name, Func<ServiceProcess> start, Uri liveness, HttpClient probe, Action<string> report)
{
    // A starved machine makes healthy programs silent for a while; one that is suspended stays so.
    private const int FailuresUntilFrozen = 20;
    private const int FailuresOfSuspendedUntilFrozen = 3;
    private const int QuickExitsUntilHopeless = 5;

    // In doublings: 16 times.
    private const int LongestPatience = 4;
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan QuickExit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstAnswer = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Proven = TimeSpan.FromMinutes(10);
    private readonly TaskCompletionSource<string> _hopeless = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ServiceProcess? _current;
    private int _endedInARow;

    public string Name => name;

    /// <summary>Process id of the running program; 0 while there is none.</summary>
    public int ProcessId => _current is { HasExited: false } process ? process.Id : 0;

    /// <summary>Completes with the reason when the program ends again and again right after its start.</summary>
    public Task<string> Hopeless => _hopeless.Task;

    /// <summary>Runs the program until cancelled, then stops it.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await KeepAsync(stopping);
        }
#pragma warning disable CA1031 // The edge of a background loop: whatever ends it ends the launch with the reason.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            _hopeless.TrySetResult($"{name} cannot be kept running: {problem.Message}");
        }
    }

    private async Task KeepAsync(CancellationToken stopping)
    {
        var quickExits = 0;
        while (!stopping.IsCancellationRequested)
        {
            var started = Environment.TickCount64;
            await using var process = start();
            _current = process;
            await WatchAsync(process, stopping);
            if (stopping.IsCancellationRequested)
            {
                break;
            }

            var lived = TimeSpan.FromMilliseconds(Environment.TickCount64 - started);
            quickExits = lived < QuickExit ? quickExits + 1 : 0;
            if (quickExits >= QuickExitsUntilHopeless)
            {
                _hopeless.TrySetResult($"{name} ended {quickExits} times right after its start (exit code {process.ExitCode})");
                return;
            }

            // Ctrl-C reaches the programs as well as the launcher: one may have ended before the launcher was told.
            await Task.Delay(TimeSpan.FromMilliseconds(100 * (1 << quickExits)), CancellationToken.None);
            if (!stopping.IsCancellationRequested)
            {
                report($"{name} ended with exit code {process.ExitCode}; starting it again");
            }
        }
    }

    /// <summary>Returns when the process has ended; ends it when it stops answering, or when stopping.</summary>
    private async Task WatchAsync(ServiceProcess process, CancellationToken stopping)
    {
        var failures = 0;
        var seenAlive = false;
        var started = Environment.TickCount64;
        var exit = process.WaitForExitAsync(CancellationToken.None);
        while (!exit.IsCompleted)
        {
            await Task.WhenAny(exit, Task.Delay(ProbeInterval, stopping));
            if (stopping.IsCancellationRequested)
            {
                await process.StopAsync();
                return;
            }

            var lived = Environment.TickCount64 - started;
            if (await AnswersAsync(stopping))
            {
                (seenAlive, failures) = (true, 0);
                _endedInARow = lived > Proven.TotalMilliseconds ? 0 : _endedInARow;
            }
            else if (!process.HasExited && IsFrozen(process.IsSuspended, ++failures, seenAlive ? null : lived, _endedInARow))
            {
                report($"{name} does not answer its liveness probe; ending it");
                _endedInARow++;
                process.Kill();
            }
        }
    }

    /// <param name="isSuspended">Stopped by a signal.</param>
    /// <param name="failures">Probes without an answer since the last one with.</param>
    /// <param name="startingFor">Milliseconds since its start; null once it has answered.</param>
    /// <param name="endedInARow">
    /// How often it was ended for that before. Each time the patience doubles: a start costs a starved machine more than the wait.
    /// </param>
    internal static bool IsFrozen(bool isSuspended, int failures, long? startingFor, int endedInARow)
    {
        var times = 1 << Math.Min(endedInARow, LongestPatience);
        return isSuspended ? failures >= FailuresOfSuspendedUntilFrozen
            : startingFor is { } milliseconds ? milliseconds > times * FirstAnswer.TotalMilliseconds
            : failures >= times * FailuresUntilFrozen;
    }

    private async Task<bool> AnswersAsync(CancellationToken stopping)
    {
        try
        {
            using var answer = await probe.GetAsync(liveness, stopping);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception problem) when (problem is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
