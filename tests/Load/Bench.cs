using System.Diagnostics;
using Dapr.Workflow;

namespace Load;

/// <summary>One workload: a workflow, what it must return, and how many steps it has.</summary>
internal sealed record Workload(string Name, string Workflow, object Input, int Result, int Steps);

/// <summary>Runs what was asked for and prints the figures.</summary>
internal static class Bench
{
    private const int WarmUp = 100;
    private const int WarmUpInFlight = 10;
    private const int WideRuns = 5;

    private static readonly Workload[] Workloads =
    [
        new("W1", WorkerProgram.ChainOf10, 0, 10, 10),
        new("W2", WorkerProgram.Fan, 0, 212, 22),
        new("W3", WorkerProgram.Wide, 0, 125_250, 500),
        new("W4", WorkerProgram.Remote, 0, 10, 10),
    ];

    public static async Task<int> RunAsync(LoadOptions options)
    {
        Report.Print(new { kind = "setup", at = DateTimeOffset.UtcNow, cores = Environment.ProcessorCount,
            durability = Target.Durability });
        foreach (var workload in Workloads.Where(workload => options.Workloads.Contains(workload.Name)))
        {
            await using var target = await Target.StartAsync();
            await ManyAsync(target, workload, workload.Steps > WarmUp ? 2 : WarmUp, WarmUpInFlight);
            for (var repetition = 1; repetition <= options.Repetitions; repetition++)
            {
                await MeasureAsync(target, workload, repetition, options);
            }
        }

        foreach (var other in options.Workloads)
        {
            await (other switch
            {
                "G" => CallBench.RunAsync(options),
                "W5" => RecoveryBench.RunAsync(options),
                "W6" => WaitingBench.RunAsync(options),
                _ => Task.CompletedTask,
            });
        }

        return 0;
    }

    /// <summary>Runs a workflow to its end and returns how long it took from the call to the known result.</summary>
    public static async Task<TimeSpan> OneAsync(Target target, Workload workload)
    {
        var started = Stopwatch.GetTimestamp();
        var id = await target.Client.ScheduleNewWorkflowAsync(workload.Workflow, Guid.NewGuid().ToString("N"), workload.Input);
        var state = await target.Client.WaitForWorkflowCompletionAsync(id);
        var elapsed = Stopwatch.GetElapsedTime(started);
        var result = state.RuntimeStatus == WorkflowRuntimeStatus.Completed ? state.ReadOutputAs<int>() : -1;
        return result == workload.Result ? elapsed
            : throw new InvalidOperationException($"{workload.Name}: {state.RuntimeStatus}, {result} instead of {workload.Result}");
    }

    private static async Task MeasureAsync(Target target, Workload workload, int repetition, LoadOptions options)
    {
        var wide = workload.Steps > WarmUp;
        var before = Usage.Of(target.Processes);
        var alone = new List<TimeSpan>();
        for (var i = 0; i < (wide ? WideRuns : options.Sequential); i++)
        {
            alone.Add(await OneAsync(target, workload));
        }

        var between = Usage.Of(target.Processes);
        Report.Print(new
        {
            kind = "sequential",
            workload = workload.Name,
            repetition,
            milliseconds = Times.Of(alone),
            usage = between.Since(before, alone.Count * workload.Steps),
        });
        if (!wide)
        {
            var started = Stopwatch.GetTimestamp();
            var together = await ManyAsync(target, workload, options.Total, options.InFlight);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            Report.Print(new
            {
                kind = "throughput",
                workload = workload.Name,
                repetition,
                inFlight = options.InFlight,
                total = options.Total,
                workflowsPerSecond = Math.Round(options.Total / seconds, 1),
                stepsPerSecond = Math.Round(options.Total * workload.Steps / seconds),
                milliseconds = Times.Of(together),
                usage = Usage.Of(target.Processes).Since(between, options.Total * workload.Steps),
                peakMegabytes = target.Processes.ToDictionary(process => process.Name, process => Report.Megabytes(process.PeakMemory)),
            });
        }
    }

    private static async Task<IReadOnlyCollection<TimeSpan>> ManyAsync(Target target, Workload workload, int total, int inFlight)
    {
        var left = total;
        var times = await Task.WhenAll(Enumerable.Range(0, inFlight).Select(async _ =>
        {
            var own = new List<TimeSpan>();
            while (Interlocked.Decrement(ref left) >= 0)
            {
                own.Add(await OneAsync(target, workload));
            }

            return own;
        }));
        return [.. times.SelectMany(own => own)];
    }
}
