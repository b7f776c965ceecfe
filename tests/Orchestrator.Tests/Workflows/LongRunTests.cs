using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orchestration.Domain.Execution;
using Orchestration.Domain.Failures;
using Orchestrator.Runs;

namespace Orchestrator.Tests.Workflows;

/// <summary>Runs that go through several histories, on the real worker and the real sidecar.</summary>
public class LongRunTests(ITestOutputHelper output)
{
    private const string ShortHistory = "--Dispatch:HistoryBudget=20000";

    // As it stands in the input of a workflow.
    private const string Snapshot = "\"s\":{\"s\":";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // EXE-11, EXE-12, ERR-18
    [Fact]
    public async Task RunAsync_FiveThousandItems_CompleteInOrderWithEveryHistoryUnderOneMebibyte()
    {
        const int width = 5_000;
        var (calls, running, most, largest) = (0, 0, 0, 0);
        RunningOrchestrator? system = null;
        await using var started = await RunningOrchestrator.StartAsync(false, async (call, _) =>
        {
            Max(ref most, Interlocked.Increment(ref running));
            if (Interlocked.Increment(ref calls) % 100 == 0)
            {
                Max(ref largest, (await system!.HistoryAsync(call.RunId)).Bytes);
            }

            Interlocked.Decrement(ref running);
            var n = call.Input().GetProperty("n").GetInt32();
            return n % 1000 == 7
                ? Answers.Failure("malformed", FailureClass.Permanent, retryable: false)
                : Answers.Of(n % 50 == 0 ? new { n, data = new string('x', 2048) } : new { n, data = "" });
        });
        system = started;
        var runId = await system.SubmitAsync(Plan(maxParallel: 20), new { items = Enumerable.Range(0, width) });
        var result = await system.WaitAsync(runId);
        Assert.Equal(RunOutcome.CompletedWithErrors, result.Outcome);
        Assert.InRange(most, 2, 20);
        Assert.InRange(calls, width, width + 50);
        output.WriteLine($"{largest} bytes at most");
        Assert.InRange(largest, 100_000, 1024 * 1024);
        var published = await NumberedAsync(system, runId);
        Assert.Equal(width, published.Count(
            happened => happened.StepId.StartsWith("fan[", StringComparison.Ordinal) && happened.StepEnded is not null));
        Assert.Equal($"{{\"count\":{width},\"errors\":[7,1007,2007,3007,4007],\"ordered\":true,\"each\":5}}", result.Output!.ToJson()
            .GetRawText());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SignalAsync_WhileHistoriesChange_NoneIsLost(bool evicts)
    {
        var calls = 0;
        RunningOrchestrator? system = null;
        await using var started = await RunningOrchestrator.StartAsync(
            evicts,
            async (call, _) =>
            {
                if (Interlocked.Increment(ref calls) % 12 == 0)
                {
                    await system!.Services.GetRequiredService<RunCommands>()
                        .SignalAsync(system.Caller, call.RunId, new RunSignal("go", call.Input()), Token);
                }

                return Answers.Of(call.StepId);
            },
            ShortHistory);
        system = started;
        var waits = string.Join('\n', Enumerable.Range(0, 20).Select(i => $"  - {{ id: w{i}, waitFor: {{ event: go }} }}"));
        var runId = await system.SubmitAsync(
            $"id: p\ninputs: {{ items: {{ type: array }} }}\nsteps:\n  - {{ id: fan, agent: test, action: work, forEach: {{ items: inputs.items }}, input: {{ n: \"${{{{ item }}}}\" }} }}\n{waits}",
            new { items = Enumerable.Range(0, 240) });
        Assert.Equal(RunOutcome.Completed, (await system.WaitAsync(runId)).Outcome);
        var (_, _, shares) = await system.HistoryAsync(runId);
        output.WriteLine(shares);
        Assert.InRange(calls, 240, 260);
        await NumberedAsync(system, runId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CancelAsync_RunInALaterHistory_EndsCancelled(bool evicts)
    {
        var calls = 0;
        RunningOrchestrator? system = null;
        await using var started = await RunningOrchestrator.StartAsync(
            evicts,
            async (call, stop) =>
            {
                if (Interlocked.Increment(ref calls) == 100)
                {
                    await system!.Services.GetRequiredService<RunCommands>().CancelAsync(system.Caller, call.RunId, "enough", Token);
                }

                if (Volatile.Read(ref calls) >= 100)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, stop);
                }

                return Answers.Of(1);
            },
            ShortHistory);
        system = started;
        var runId = await system.SubmitAsync(Plan(maxParallel: 5), new { items = Enumerable.Range(0, 400) });
        Assert.Equal(RunOutcome.Cancelled, (await system.WaitAsync(runId)).Outcome);
        Assert.InRange(calls, 100, 120);
        await NumberedAsync(system, runId);
    }

    [Fact]
    public async Task RunAsync_SubPlansForManyItems_GoThroughHistoriesAsWell()
    {
        await using var system = await RunningOrchestrator.StartAsync(evicts: true, Answers.Echo, ShortHistory);
        const string Plan = """
            id: outer
            inputs: { items: { type: array } }
            steps:
              - id: each
                forEach: { items: inputs.items, maxParallel: 8 }
                plan: { id: inner, inputs: { n: { type: integer } }, steps: [ { id: a, agent: test, action: echo, input: { n: "${{ inputs.n }}" } } ], output: "${{ steps.a.output.n }}" }
                input: { n: "${{ item }}" }
              - { id: sum, agent: test, action: echo, forEach: { items: steps.each.output, maxParallel: 8 }, input: { n: "${{ item + 1 }}" } }
            output: "${{ steps.sum.output.map(x, x.n) }}"
            """;
        var runId = await system.SubmitAsync(Plan, new { items = Enumerable.Range(0, 60) });
        var result = await system.WaitAsync(runId);
        Assert.Equal(Enumerable.Range(1, 60), JsonSerializer.Deserialize<int[]>(result.Output!.ToJson()));
        Assert.Contains(Snapshot, await system.StartInputAsync(runId), StringComparison.Ordinal);
        var largest = 0;
        for (var i = 0; i < 60; i++)
        {
            var child = RunIds.ForChild(runId, new WorkKey(0, i), 1);
            largest = Math.Max(largest, (await system.StartInputAsync(child)).Length);
            await NumberedAsync(system, child);
        }

        output.WriteLine($"{largest} characters at most");
        Assert.InRange(largest, 1, 600);
    }

    [Fact]
    public async Task RunAsync_FallbackPlanInALaterHistory_BeginsAsARunOfItsOwn()
    {
        await using var system = await RunningOrchestrator.StartAsync(
            evicts: true,
            (call, _) => Task.FromResult(call.StepId == "fan[290]"
                ? Answers.Failure("malformed", FailureClass.Permanent, retryable: false)
                : Answers.Of(call.StepId)),
            ShortHistory);
        const string Plan = """
            id: outer
            inputs: { items: { type: array } }
            steps:
              - { id: fan, agent: test, action: work, forEach: { items: inputs.items, maxParallel: 8 } }
            fallbackPlan: { id: other, steps: [ { id: a, agent: test, action: work } ], output: "${{ steps.a.output }}" }
            """;
        var runId = await system.SubmitAsync(Plan, new { items = Enumerable.Range(0, 300) });
        Assert.Equal("a", (await system.WaitAsync(runId)).Output!.ToJson().GetString());
        var child = RunIds.ForChild(runId, new WorkKey(-1), 1);
        Assert.DoesNotContain(Snapshot, await system.StartInputAsync(child), StringComparison.Ordinal);
        await NumberedAsync(system, child);
        await NumberedAsync(system, runId);
    }

    [Fact]
    public async Task RunAsync_WidestMaxParallelAndNonLatinText_EveryHistoryIsUnderHalfAMebibyte()
    {
        var (calls, largest) = (0, 0);
        RunningOrchestrator? system = null;
        await using var started = await RunningOrchestrator.StartAsync(false, async (call, _) =>
        {
            if (Interlocked.Increment(ref calls) % 50 == 0)
            {
                Max(ref largest, (await system!.HistoryAsync(call.RunId)).Bytes);
            }

            return Answers.Of(new { n = call.Input().GetProperty("n").GetInt32(), data = new string('漢', 300) });
        });
        system = started;
        var runId = await system.SubmitAsync(Plan(maxParallel: 10_000), new { items = Enumerable.Range(0, 1_500) });
        Assert.Equal(RunOutcome.Completed, (await system.WaitAsync(runId)).Outcome);
        output.WriteLine($"{largest} bytes at most");
        Assert.InRange(largest, 100_000, 512 * 1024);
        await NumberedAsync(system, runId);
    }

    private static string Plan(int maxParallel) => string.Create(CultureInfo.InvariantCulture, $$$"""
        id: wide
        inputs:
          items: { type: array }
        steps:
          - id: fan
            agent: test
            action: work
            critical: false
            forEach: { items: inputs.items, maxParallel: {{{maxParallel}}} }
            input: { n: "${{ item }}" }
          - id: again
            agent: test
            action: work
            when: "false"
            forEach: { items: steps.fan.output }
        output:
          count: "${{ steps.fan.output.size() }}"
          errors: "${{ inputs.items.filter(i, has(steps.fan.output[i].error)) }}"
          ordered: "${{ inputs.items.filter(i, i % 100 == 0).all(i, steps.fan.output[i].n == i) }}"
          each: 5
        """);

    private static async Task<List<Orchestration.Contracts.RunEvent>> NumberedAsync(RunningOrchestrator system, string runId)
    {
        var published = (await system.EventsOfAsync(runId)).Where(happened => happened.Sequence > 0)
            .DistinctBy(happened => happened.Sequence).ToList();
        Assert.Equal(Enumerable.Range(1, published.Count).Select(n => (long)n), published.Select(happened => happened.Sequence).Order());
        return published;
    }

    private static void Max(ref int target, int value)
    {
        int seen;
        while (value > (seen = Volatile.Read(ref target)) && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
