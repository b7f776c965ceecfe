using System.Diagnostics;
using Grpc.Core;
using Grpc.Net.Client;

namespace Load;

/// <summary>W5: what a kill costs while much is under way.</summary>
internal static class RecoveryBench
{
    private const int Chains = 50;
    private const int StepMilliseconds = 200;
    private const double KilledAt = 0.45;

    private static readonly Workload Chain = new("W5", WorkerProgram.Remote, StepMilliseconds, 10, 10);

    public static async Task RunAsync(LoadOptions options)
    {
        for (var repetition = 1; repetition <= options.Repetitions; repetition++)
        {
            foreach (var killed in (string[])["sidecar", "worker"])
            {
                await using var target = await Target.StartAsync();
                await MeasureAsync(target, killed, repetition);
            }
        }
    }

    private static async Task MeasureAsync(Target target, string killed, int repetition)
    {
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{target.AgentPort}");
        using var steps = new Steps.StepsClient(channel).Watch(new WatchRequest());
        await steps.ResponseHeadersAsync;
        var ids = await Task.WhenAll(Enumerable.Range(0, Chains)
            .Select(_ => target.Client.ScheduleNewWorkflowAsync(Chain.Workflow, Guid.NewGuid().ToString("N"), Chain.Input)));
        for (var begun = 0; begun < Chains * Chain.Steps * KilledAt; begun++)
        {
            await steps.ResponseStream.MoveNext();
        }

        var killing = Stopwatch.GetTimestamp();
        var restarting = target.KillAndRestartAsync(killed);
        var next = await NextAfterSilenceAsync(steps.ResponseStream, killing);
        await restarting;
        foreach (var id in ids)
        {
            var state = await WaitAsync(target, id);
            if (state != Chain.Result)
            {
                throw new InvalidOperationException($"W5: {state} instead of {Chain.Result}");
            }
        }

        Report.Print(new
        {
            kind = "recovery",
            workload = "W5",
            killed,
            repetition,
            secondsToNextStep = Math.Round(next.TotalSeconds, 2),
            secondsToAllDone = Math.Round(Stopwatch.GetElapsedTime(killing).TotalSeconds, 2),
        });
    }

    // Steps that were on their way at the kill still begin; the first one of the new life comes after a pause.
    private static async Task<TimeSpan> NextAfterSilenceAsync(IAsyncStreamReader<StepBegun> steps, long killing)
    {
        var last = killing;
        while (await steps.MoveNext())
        {
            var now = Stopwatch.GetTimestamp();
            if (Stopwatch.GetElapsedTime(last, now) > TimeSpan.FromMilliseconds(StepMilliseconds))
            {
                return Stopwatch.GetElapsedTime(killing, now);
            }

            last = now;
        }

        throw new InvalidOperationException("W5: no step came any more");
    }

    private static async Task<int> WaitAsync(Target target, string id)
    {
        while (true)
        {
            try
            {
                return (await target.Client.WaitForWorkflowCompletionAsync(id)).ReadOutputAs<int>();
            }
            catch (RpcException lost) when (lost.StatusCode == StatusCode.Unavailable)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10));
            }
        }
    }
}
