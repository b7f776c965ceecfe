using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orchestration.Contracts;
using Orchestration.Domain.Execution;
using Orchestration.Domain.Failures;
using Orchestration.Hosting.Errors;
using Orchestrator.Agents;
using Orchestrator.Runs;

namespace Orchestrator.Tests.Workflows;

/// <summary>Runs on the real worker and the real sidecar, with instances kept and with a replay at every turn.</summary>
public class RunTests
{
    // EXE-03, EXE-10, EXE-15, STA-03
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_DiamondWithMapping_CombinesResults(bool evicts)
    {
        await using var system = await RunningOrchestrator.StartAsync(evicts, Answers.Echo);
        var result = await system.RunAsync(
            """
            id: diamond
            inputs: { n: { type: integer } }
            steps:
              - { id: a, agent: test, action: echo, input: { x: "${{ inputs.n }}" } }
              - { id: b, agent: test, action: echo, input: { x: "${{ steps.a.output.x + 1 }}" }, output: "${{ result.x * 10 }}" }
              - { id: c, agent: test, action: echo, when: "steps.a.output.x > 100", input: {} }
              - { id: d, agent: test, action: echo, dependsOn: [c], input: { sum: "${{ steps.a.output.x + steps.b.output }}", c: "${{ steps.c.state }}" } }
            output: "${{ steps.d.output }}"
            """,
            new { n = 4 });
        Assert.Equal(RunOutcome.Completed, result.Outcome);
        Assert.Equal("""{"sum":54,"c":"skipped"}""", result.Output!.ToJson().GetRawText());
    }

    // ERR-12, ERR-16
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_SubPlansForEachItem_AreRunsOfTheirOwn(bool evicts)
    {
        await using var system =
            await RunningOrchestrator.StartAsync(evicts, (call, _) => Task.FromResult(call.Input().GetProperty("n").GetInt32() switch
        {
            13 => Answers.Failure("malformed", FailureClass.Permanent, retryable: false),
            var n => Answers.Of(new { twice = n * 2 }),
        }));
        const string Plan = """
            id: outer
            steps:
              - id: each
                forEach: { items: inputs.numbers, maxParallel: 3 }
                critical: false
                plan:
                  id: inner
                  inputs: { n: { type: integer } }
                  steps:
                    - { id: double, agent: test, action: double, input: { n: "${{ inputs.n }}" } }
                  output: "${{ steps.double.output.twice }}"
                input: { n: "${{ item }}" }
            output: "${{ steps.each.output }}"
            """;
        var runId = await system.SubmitAsync(Plan, new { numbers = new[] { 1, 13, 3, 4, 5 } });
        var result = await system.WaitAsync(runId);
        Assert.Equal(RunOutcome.CompletedWithErrors, result.Outcome);
        var output = result.Output!.ToJson();
        Assert.Equal([2, 6, 8, 10], output.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Number)
            .Select(item => item.GetInt32()));
        Assert.Equal("malformed", output[1].GetProperty("error").GetProperty("code").GetString());

        var events = await system.EventsOfAsync(runId);
        Assert.Equal(5, Assert.Single(events, happened => happened is { Type: "step:started", StepId: "each" }).StepWaiting.Items);
        var children = events.Where(happened => happened.ChildStarted is not null).Select(happened => happened.ChildStarted.ChildRunId)
            .Distinct().ToList();
        Assert.Equal(5, children.Count);
        foreach (var child in children)
        {
            var own = await system.EventsOfAsync(child);
            Assert.All(own, happened => Assert.Equal(runId, happened.RootRunId));
            Assert.Equal(runId, own.Single(happened => happened.RunAccepted is not null).RunAccepted.ParentRunId);
        }
    }

    // ERR-04, ERR-12, TMO-02
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_FlakyAgentAndFallbackPlan_Recovers(bool evicts)
    {
        var attempts = new ConcurrentDictionary<string, int>();
        await using var system = await RunningOrchestrator.StartAsync(evicts, (call, _) =>
        {
            attempts.AddOrUpdate(call.StepId, 1, (_, count) => count + 1);
            return Task.FromResult((call.Action, call.Attempt) switch
            {
                ("flaky", < 3) => Answers.Failure("flaky", FailureClass.Transient, retryable: true),
                ("broken", _) => Answers.Failure("broken", FailureClass.Permanent, retryable: false),
                _ => Answers.Of("fine"),
            });
        });
        const string Plan = """
            id: primary
            steps:
              - { id: flaky, agent: test, action: flaky, retry: { strategy: immediate, maxRetries: 3 } }
              - { id: value, agent: test, action: broken, fallback: { value: { instead: true } }, dependsOn: [flaky] }
              - { id: broken, agent: test, action: broken, dependsOn: [value] }
            fallbackPlan:
              id: secondary
              steps:
                - { id: other, agent: test, action: fine }
              output: "${{ steps.other.output }}"
            """;
        var runId = await system.SubmitAsync(Plan);
        var result = await system.WaitAsync(runId);
        Assert.Equal(RunOutcome.Completed, result.Outcome);
        Assert.Equal("\"fine\"", result.Output!.ToJson().GetRawText());
        Assert.Equal(3, attempts["flaky"]);
        Assert.Equal(1, attempts["broken"]);
        var types = (await system.EventsOfAsync(runId)).Select(happened => happened.Type).ToList();
        Assert.Contains("plan:fallback", types);
        Assert.Contains("step:fallback", types);
        Assert.Equal(2, types.Count(type => type == "step:retrying"));
        Assert.Contains("agent:error", types);
    }

    [Fact]
    public async Task RunAsync_AgentAnswersAsDeepAsItMay_Completes()
    {
        var deep = JsonElement.Parse(new string('[', 62) + new string(']', 62));
        await using var system = await RunningOrchestrator.StartAsync(false, (_, _) => Task.FromResult(Answers.Of(deep)));
        var result = await system.RunAsync(
            "{ id: deep, steps: [ { id: a, agent: test, action: x }, { id: b, agent: test, action: x, dependsOn: [a] } ] }");
        Assert.Equal(RunOutcome.Completed, result.Outcome);
    }

    // TSK-01
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_EventAndDelay_WaitDurably(bool evicts)
    {
        await using var system = await RunningOrchestrator.StartAsync(evicts, Answers.Echo);
        const string Plan = """
            id: waits
            steps:
              - { id: pause, delay: 20ms }
              - { id: decision, waitFor: { event: approved }, dependsOn: [pause] }
              - { id: after, agent: test, action: echo, input: { by: "${{ steps.decision.output.by }}" } }
            """;
        var runId = await system.SubmitAsync(Plan);
        await system.Services.GetRequiredService<RunCommands>()
            .SignalAsync(system.Caller, runId, new RunSignal("Approved", JsonSerializer.SerializeToElement(new { by = "ann" })),
                TestContext.Current.CancellationToken);
        var result = await system.WaitAsync(runId);
        Assert.Equal("""{"by":"ann"}""", result.Output!.ToJson().GetProperty("after").GetRawText());
    }

    [Fact]
    public async Task CancelAsync_RunWithChildInFlight_StopsBothAndTheAttempt()
    {
        var started = new TaskCompletionSource();
        var stopped = new TaskCompletionSource();
        await using var system = await RunningOrchestrator.StartAsync(false, async (_, stop) =>
        {
            started.TrySetResult();
            await using var registration = stop.Register(() => stopped.TrySetResult());
            await Task.Delay(Timeout.InfiniteTimeSpan, stop);
            return Answers.Of(null);
        });
        const string Plan = """
            id: outer
            steps:
              - id: below
                plan: { id: inner, steps: [ { id: slow, agent: test, action: slow } ] }
            """;
        var runId = await system.SubmitAsync(Plan);
        await started.Task.WaitAsync(TestContext.Current.CancellationToken);
        await system.Services.GetRequiredService<RunCommands>()
            .CancelAsync(system.Caller, runId, "enough", TestContext.Current.CancellationToken);
        var result = await system.WaitAsync(runId);
        Assert.Equal(RunOutcome.Cancelled, result.Outcome);
        await stopped.Task.WaitAsync(TestContext.Current.CancellationToken);
        var child = (await system.EventsOfAsync(runId)).First(happened => happened.ChildStarted is not null).ChildStarted.ChildRunId;
        Assert.Equal(RunOutcome.Cancelled, (await system.WaitAsync(child)).Outcome);
    }

    // TMO-01
    [Fact]
    public async Task RunAsync_PlanTimeout_EndsTimedOut()
    {
        await using var system = await RunningOrchestrator.StartAsync(false, async (_, stop) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, stop);
            return Answers.Of(null);
        });
        var result = await system.RunAsync("{ id: slow, timeout: 300ms, steps: [ { id: a, agent: test, action: slow } ] }");
        Assert.Equal(RunOutcome.TimedOut, result.Outcome);
        Assert.InRange(result.DurationMs, 300, 60_000);
    }

    // Values beyond the inline limit are evaluated by activities, never by the workflow.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_LargeValues_AreReadWhereTheyAreNeeded(bool evicts)
    {
        var large = new string('y', 9000);
        await using var system = await RunningOrchestrator.StartAsync(evicts, (call, _) =>
            Task.FromResult(Answers.Of(
                new { text = large, items = Enumerable.Range(0, 4).Select(i => new { i, text = large }), echo = call.Input() })));
        var result = await system.RunAsync(
            """
            id: large
            steps:
              - { id: a, agent: test, action: make }
              - { id: b, agent: test, action: make, when: "steps.a.output.text.size() == 9000", input: { n: 1 } }
              - { id: c, agent: test, action: make, forEach: { items: steps.a.output.items }, input: { at: "${{ item.i }}" } }
            output: { b: "${{ steps.b.state }}", c: "${{ steps.c.output.map(x, x.echo.at) }}" }
            """);
        Assert.Equal("""{"b":"completed","c":[0,1,2,3]}""", result.Output!.ToJson().GetRawText());
    }

    // EXE-17, STA-02
    [Fact]
    public async Task RunAsync_OrchestratorRestarted_GoesOnWhereItWas()
    {
        var firstWave = new CountdownEvent(3);
        var isRestarted = false;
        await using var system = await RunningOrchestrator.StartAsync(false, async (call, stop) =>
        {
            if (!Volatile.Read(ref isRestarted) && call.StepId.StartsWith('b'))
            {
                firstWave.Signal();
                await Task.Delay(Timeout.InfiniteTimeSpan, stop);
            }

            return Answers.Of(call.StepId);
        });
        const string Plan = """
            id: long
            steps:
              - { id: a, agent: test, action: work }
              - { id: b1, agent: test, action: work, dependsOn: [a] }
              - { id: b2, agent: test, action: work, dependsOn: [a] }
              - { id: b3, agent: test, action: work, dependsOn: [a] }
              - { id: c, agent: test, action: work, dependsOn: [b1, b2, b3] }
            """;
        var runId = await system.SubmitAsync(Plan);
        await Task.Run(() => firstWave.Wait(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        await system.StopOrchestratorAsync();
        Volatile.Write(ref isRestarted, true);
        await system.StartOrchestratorAsync();
        Assert.Equal(RunOutcome.Completed, (await system.WaitAsync(runId)).Outcome);
    }

    [Fact]
    public async Task SubmitAsync_SameRequestIdManyTimes_IsOneRun()
    {
        var calls = 0;
        await using var system = await RunningOrchestrator.StartAsync(false, (_, _) =>
        {
            Interlocked.Increment(ref calls);
            return Task.FromResult(Answers.Of(1));
        });
        const string Plan = "{ id: once, steps: [ { id: a, agent: test, action: work } ] }";
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => system.SubmitAsync(Plan, requestId: "order-1")));
        await system.WaitAsync(Assert.Single(ids.Distinct()));
        Assert.Equal(ids[0], await system.SubmitAsync(Plan, requestId: "order-1"));
        Assert.NotEqual(ids[0], await system.SubmitAsync(Plan, requestId: "order-2"));
        Assert.InRange(calls, 1, 2);
    }

    [Fact]
    public async Task SubmitAsync_BrokenPlan_NamesEveryProblemAndStartsNothing()
    {
        await using var system = await RunningOrchestrator.StartAsync(false, Answers.Echo);
        var refused = await Assert.ThrowsAsync<FailureException>(() => system.SubmitAsync(
            "{ id: broken, colour: red, steps: [ { id: a, agent: test, action: x, dependsOn: [b] }, { id: b, agent: test, action: x, dependsOn: [a] } ] }"));
        Assert.Equal(FailureCode.InvalidArgument, refused.Failure.Code);
        var problems = Orchestration.Contracts.SubmitProblems.Parser.ParseFrom(refused.Trailers.GetValueBytes(InvalidPlan.Trailer));
        Assert.Equal(["cycle", "unknown_field"], problems.Problems.Select(problem => problem.Code).Distinct().Order());
        Assert.Empty(system.Events);
    }

    [Fact]
    public async Task RunAsync_AgentIsBusyForAWhile_SpendsNoAttempt()
    {
        var refusals = 3;
        var seen = new ConcurrentBag<int>();
        await using var system = await RunningOrchestrator.StartAsync(false, (call, _) =>
        {
            seen.Add(call.Attempt);
            return Task.FromResult(Interlocked.Decrement(ref refusals) >= 0
                ? new AgentCallResult.NotNow("saturated", "full", TimeSpan.FromSeconds(5))
                : Answers.Of(call.Attempt));
        });
        var runId = await system.SubmitAsync("{ id: busy, steps: [ { id: a, agent: test, action: work, retry: { maxRetries: 0 } } ] }");
        bool IsWaiting(RunEvent happened) => happened.RunId == runId && happened.StepWaiting is not null;
        var waiting = (await system.WhenAsync(events => events.Any(IsWaiting))).First(IsWaiting);
        Assert.Equal("saturated", waiting.StepWaiting.Reason);
        Assert.All(seen, attempt => Assert.Equal(1, attempt));
    }
}
