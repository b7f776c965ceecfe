using System.Diagnostics;

namespace Load;

/// <summary>W6: workflows that wait cost memory only, and wake up fast.</summary>
internal static class WaitingBench
{
    private const int Runs = 10_000;
    private const int CallsAtOnce = 50;

    public static async Task RunAsync(LoadOptions options)
    {
        for (var repetition = 1; repetition <= options.Repetitions; repetition++)
        {
            await using var target = await Target.StartAsync();
            var ids = Enumerable.Range(0, Runs).Select(_ => Guid.NewGuid().ToString("N")).ToArray();
            var before = target.Processes.ToDictionary(process => process.Name, process => process.Memory);
            var starting = Stopwatch.GetTimestamp();
            await AllAsync(ids, id => target.Client.ScheduleNewWorkflowAsync(WorkerProgram.Waiting, id, 0));
            await AllAsync(ids, id => target.Client.WaitForWorkflowStartAsync(id));
            var started = Stopwatch.GetElapsedTime(starting);
            var bytes = target.Processes.ToDictionary(process => process.Name, process => (process.Memory - before[process.Name]) / Runs);
            var signalling = Stopwatch.GetTimestamp();
            await AllAsync(ids, id => target.Client.RaiseEventAsync(id, WorkerProgram.Event, 1));
            await AllAsync(ids, id => target.Client.WaitForWorkflowCompletionAsync(id));
            Report.Print(new
            {
                kind = "waiting",
                workload = "W6",
                repetition,
                runs = Runs,
                secondsToStart = Math.Round(started.TotalSeconds, 2),
                bytesPerWaitingRun = bytes,
                secondsToComplete = Math.Round(Stopwatch.GetElapsedTime(signalling).TotalSeconds, 2),
            });
        }
    }

    private static Task AllAsync(string[] ids, Func<string, Task> call) => Parallel.ForEachAsync(
        ids, new ParallelOptions { MaxDegreeOfParallelism = CallsAtOnce }, async (id, _) => await call(id));
}
