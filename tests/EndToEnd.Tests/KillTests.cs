using System.Text.Json;
using Google.Protobuf;
using Orchestration.Contracts;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>EXE-17, STA-02: whatever is killed or frozen at whatever moment, every run completes and no effect happens twice.</summary>
public sealed class KillTests
{
    private const int Runs = 4;
    private const int StepsPerRun = 12;
    private const int Bookings = Runs * StepsPerRun;
    private const int Blows = 3;

    private const string Plan = """
        id: booking
        inputs:
          items: array
          account: string
          ledger: string
        steps:
          - id: book
            forEach: { items: "${{ inputs.items }}", maxParallel: 4 }
            agent: test
            action: book
            input: { account: "${{ inputs.account }}-${{ item }}", milliseconds: 150, ledger: "${{ inputs.ledger }}" }
            retry: { strategy: constant, base: 500ms, maxRetries: 100 }
          - id: check
            forEach: { items: "${{ inputs.items }}", maxParallel: 4 }
            dependsOn: [book]
            agent: test
            action: booked
            input: { account: "${{ inputs.account }}-${{ item }}" }
            retry: { strategy: constant, base: 500ms, maxRetries: 100 }
        output: "${{ steps.check.output }}"
        """;

    // Only a failing test waits that long.
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData("sidecar", false)]
    [InlineData("orchestrator", false)]
    [InlineData("test-agents-1", false)]
    [InlineData("monitor", false)]
    [InlineData("sidecar", true)]
    [InlineData("orchestrator", true)]
    [InlineData("test-agents-2", true)]
    public async Task Program_DiesOrFreezesDuringRuns_EveryRunCompletesWithEachEffectOnce(string program, bool freeze)
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var ledgerFile = Path.GetTempFileName();
        await using var ledger = await Ledger.StartAsync(ledgerFile);
        await using var system = await RunningSystem.StartAsync();
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        guard.CancelAfter(Enough);
        var cancellationToken = guard.Token;

        // One blow in each part of the work, at a random booking that is in its middle then; what else is under way is left to chance.
        var moments = Enumerable.Range(0, Blows)
            .Select(part => ledger.HoldAt((part * Bookings / Blows) + 1 + random.Next(Bookings / Blows))).ToArray();
        var runs = await Task.WhenAll(
            Enumerable.Range(0, Runs).Select(index => SubmitAsync(system, index, ledger.Address, cancellationToken)));
        foreach (var moment in moments)
        {
            await moment.Reached.WaitAsync(cancellationToken);
            var before = system.ProcessIdOf(program);
            (freeze ? system.Freeze : (Action<string>)system.Kill)(program);
            await system.WhenAnotherRunsAsync(program, before, cancellationToken);
            moment.Release();
        }

        foreach (var run in runs)
        {
            await CheckAsync(system, run, cancellationToken);
        }

        var booked = await File.ReadAllLinesAsync(ledgerFile, cancellationToken);
        Assert.Equal(Bookings, booked.Length);
        Assert.Equal(Bookings, booked.Distinct().Count());
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{ledger.Requests.Values.Count(asked => asked > 1)} bookings were asked for more than once");
        File.Delete(ledgerFile);
        system.Done();
    }

    private static async Task<string> SubmitAsync(RunningSystem system, int index, Uri ledger, CancellationToken cancellationToken)
    {
        var inputs = new { items = Enumerable.Range(0, StepsPerRun).ToArray(), account = $"account{index}", ledger };
        var accepted = await system.Client.SubmitAsync(
            new SubmitRunRequest
            {
                Document = new PlanDocument { Text = Plan, SourceName = "booking.yaml" },
                Inputs = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(inputs)),
                RequestId = $"booking-{index}",
            },
            cancellationToken);
        return accepted.RunId;
    }

    private static async Task CheckAsync(RunningSystem system, string run, CancellationToken cancellationToken)
    {
        RunEnded? ended = null;
        await foreach (var happened in system.Client.WatchAsync(run, includeChildren: false, isAccepted: true, cancellationToken))
        {
            ended = happened.RunEnded ?? ended;
        }

        Assert.Equal(RunState.RunCompleted, ended!.State);
        var counts = await system.Client.ReadValueAsync(ended.Output.Memory, cancellationToken);
        Assert.Equal(Enumerable.Repeat(1, StepsPerRun), counts.EnumerateArray().Select(count => count.GetProperty("count").GetInt32()));
    }
}
