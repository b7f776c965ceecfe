using System.Diagnostics;
using System.Text.Json;
using Google.Protobuf;
using Orchestration.Contracts;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>
/// NUM-09: when a replica dies, what it was doing runs on another one. The time this takes is printed; the promise is 2 s.
/// </summary>
public sealed class FailoverTests
{
    private const int Items = 8;

    // The work ends when the test says so: nothing here depends on how fast the machine is.
    private const string Plan = """
        id: long-work
        inputs:
          items: array
          gate: string
        steps:
          - id: work
            forEach: { items: "${{ inputs.items }}" }
            agent: test
            action: gate
            input: { gate: "${{ inputs.gate }}" }
            retry: { strategy: constant, base: 100ms, maxRetries: 100 }
        output: "${{ steps.work.output.size() }}"
        """;

    // Only a failing test waits that long.
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Replica_DiesOrFreezes_ItsWorkRunsOnAnother(bool freeze)
    {
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        guard.CancelAfter(Enough);
        await using var gate = await Gate.StartAsync();
        await using var system = await RunningSystem.StartAsync();
        var run = await SubmitAsync(system, gate.Address, guard.Token);

        var begun = await gate.WhenAsync(calls => calls.DistinctBy(call => call.Step).Count() == Items, guard.Token);
        var victim = begun.GroupBy(call => call.Process).MaxBy(calls => calls.Count())!;
        var work = victim.Select(call => call.Step).ToHashSet();
        var sinceBlow = Stopwatch.StartNew();
        (freeze ? system.Freeze : (Action<string>)system.Kill)(system.ProgramOf(victim.Key));
        foreach (var step in work)
        {
            await gate.WhenAsync(calls => calls.Any(call => call.Step == step && call.Process != victim.Key), guard.Token);
            TestContext.Current.TestOutputHelper?.WriteLine($"{step} runs elsewhere after {sinceBlow.Elapsed.TotalMilliseconds:0} ms");
        }

        gate.Open();
        RunEnded? ended = null;
        await foreach (var happened in system.Client.WatchAsync(run, includeChildren: false, isAccepted: true, guard.Token))
        {
            ended = happened.RunEnded ?? ended;
        }

        Assert.Equal(RunState.RunCompleted, ended!.State);
        Assert.Equal(Items, (await system.Client.ReadValueAsync(ended.Output.Memory, guard.Token)).GetInt32());
        system.Done();
    }

    private static async Task<string> SubmitAsync(RunningSystem system, Uri gate, CancellationToken cancellationToken)
    {
        var accepted = await system.Client.SubmitAsync(
            new SubmitRunRequest
            {
                Document = new PlanDocument { Text = Plan, SourceName = "long-work.yaml" },
                Inputs = ByteString.CopyFrom(
                    JsonSerializer.SerializeToUtf8Bytes(new { items = Enumerable.Range(1, Items).ToArray(), gate })),
            },
            cancellationToken);
        return accepted.RunId;
    }
}
