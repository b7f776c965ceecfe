using System.Globalization;
using System.Text;
using System.Text.Json;
using Dapr.Client;
using Dapr.Workflow;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orchestration.Domain.Execution;
using Orchestration.Domain.Failures;
using Orchestration.Domain.Plans;
using Orchestration.Hosting;
using Orchestration.Hosting.Errors;
using Orchestrator.Blobs;
using Orchestrator.Dispatch;
using Orchestrator.Runs;
using Orchestrator.Workflows;

namespace Orchestrator.Tests.Workflows;

/// <summary>What is refused at the door.</summary>
public class SubmissionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SubmitAsync_PlansThatMultiply_AreRefusedAtTheLimit()
    {
        await using var system = await RunningOrchestrator.StartAsync(false, Answers.Echo);
        var catalogue = system.Services.GetRequiredService<PlanCatalogue>();
        await RegisterAsync(catalogue, "p0", Enumerable.Repeat("agent: test, action: work", 40));
        for (var i = 1; i <= 5; i++)
        {
            await RegisterAsync(catalogue, $"p{i}", Enumerable.Repeat($"plan: p{i - 1}", 40));
        }

        var refused = await Assert.ThrowsAsync<FailureException>(() => system.SubmitAsync("{ id: all, steps: [ { id: a, plan: p5 } ] }"));
        Assert.Contains("more than 10000 steps", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SubmitAsync_RequestIdWithOtherContent_IsRefused()
    {
        await using var system = await RunningOrchestrator.StartAsync(false, Answers.Echo);
        const string Plan = "{ id: once, inputs: { n: { type: integer } }, steps: [ { id: a, agent: test, action: work } ] }";
        var first = await system.SubmitAsync(Plan, new { n = 1 }, "order-1");
        Assert.Equal(first, await system.SubmitAsync(Plan, new { n = 1 }, "order-1"));
        var refused = await Assert.ThrowsAsync<FailureException>(() => system.SubmitAsync(Plan, new { n = 2 }, "order-1"));
        Assert.Equal(FailureCode.AlreadyExists, refused.Failure.Code);
    }

    [Fact]
    public async Task CancelAsync_RunNotYetStarted_IsToldToComeBack()
    {
        await using var system = await RunningOrchestrator.StartAsync(false, Answers.Echo);
        var record = new RunRecord("run-1", "p", "1", "", "", "tester", DateTimeOffset.UnixEpoch, Started: false);
        await system.Services.GetRequiredService<StateStore>().TryWriteAsync(RunRecord.Key("acme", "run-1"), record, "", Token);
        var commands = system.Services.GetRequiredService<RunCommands>();
        var refused = await Assert.ThrowsAsync<FailureException>(() => commands.CancelAsync(system.Caller, "run-1", "", Token));
        Assert.Equal((FailureCode.Unavailable, TimeSpan.FromSeconds(1)), (refused.Failure.Code, refused.Failure.RetryAfter));
    }

    [Fact]
    public async Task StartAsync_SubmitterFrozenUntilTheRunHasEnded_DoesNotStartItAgain()
    {
        var calls = 0;
        await using var system = await RunningOrchestrator.StartAsync(false, (call, stop) =>
        {
            Interlocked.Increment(ref calls);
            return Answers.Echo(call, stop);
        });
        var (store, records, workflows) =
            (system.Services.GetRequiredService<StateStore>(), system.Services.GetRequiredService<RunRecords>(),
            system.Services.GetRequiredService<DaprWorkflowClient>());
        var plan = PlanReader.Read("{ id: p, steps: [ { id: a, agent: test, action: work } ] }").Plan!;
        var hash = await system.Services.GetRequiredService<PlanStore>().KeepAsync("acme", plan, Token);
        var run = new RunRef("acme", null, hash, null, 0, 1_700_000_000_000);
        var start = new RunStart(run, OutlineBuilder.Build(plan), RunValue.Null, RunLimits.Default, null, "tester", null);
        var record = new RunRecord("frozen-run", "p", "1", "", "order-1", "tester", DateTimeOffset.UnixEpoch, Started: false, "digest");

        using var frozen = new FreezingClock();
        var first = Task.Run(() => new RunStarter(store, records, workflows, frozen).StartAsync("acme", record, start, Token), Token);
        await frozen.Frozen.WaitAsync(Token);
        Assert.False(await new RunStarter(store, records, workflows, TimeProvider.System).StartAsync("acme", record, start, Token));
        Assert.Equal(RunOutcome.Completed, (await system.WaitAsync("frozen-run")).Outcome);
        frozen.Thaw();
        Assert.True(await first);
        Assert.Equal(1, calls);
        Assert.Equal(WorkflowRuntimeStatus.Completed, (await workflows.GetWorkflowStateAsync("frozen-run", false, Token)).RuntimeStatus);
    }

    [Fact]
    public async Task SignalAsync_MoreThanARunCanTake_IsRefused()
    {
        await using var system = await RunningOrchestrator.StartAsync(false, Answers.Echo);
        var runId = await system.SubmitAsync("{ id: p, steps: [ { id: a, waitFor: { event: go } }, { id: b, waitFor: { event: end } } ] }");
        var (store, commands) = (system.Services.GetRequiredService<StateStore>(), system.Services.GetRequiredService<RunCommands>());
        await store.ChangeAsync<RunRecord>(RunRecord.Key("acme", runId), found => found! with { Sent = new RunMail(249, 0, 8) }, Token);
        var large = JsonSerializer.SerializeToElement(new string('x', 1024 * 1024));
        var tooLarge = await Assert.ThrowsAsync<FailureException>(
            () => commands.SignalAsync(system.Caller, runId, new RunSignal("noise", large), Token));
        Assert.Equal(FailureCode.InvalidArgument, tooLarge.Failure.Code);

        var none = JsonElement.Parse("null"u8);
        await commands.SignalAsync(system.Caller, runId, new RunSignal("go", none), Token);
        var tooMany = await Assert.ThrowsAsync<FailureException>(
            () => commands.SignalAsync(system.Caller, runId, new RunSignal("go", none), Token));
        Assert.Equal(FailureCode.FailedPrecondition, tooMany.Failure.Code);
        Assert.Contains("250 events", tooMany.Message, StringComparison.Ordinal);
        var tooOften = await Assert.ThrowsAsync<FailureException>(() => commands.CancelAsync(system.Caller, runId, "once more", Token));
        Assert.Equal((FailureCode.Saturated, false), (tooOften.Failure.Code, tooOften.Failure.Retryable));
        await store.ChangeAsync<RunRecord>(RunRecord.Key("acme", runId), found => found! with { Sent = null }, Token);
        await commands.SignalAsync(system.Caller, runId, new RunSignal("end", none), Token);
        Assert.Equal(RunOutcome.Completed, (await system.WaitAsync(runId)).Outcome);
    }

    [Fact]
    public async Task Commands_RunIsGone_SayThatItHasEndedAndCostNothing()
    {
        await using var system = await RunningOrchestrator.StartAsync(false, Answers.Echo);
        var (records, store) = (system.Services.GetRequiredService<RunRecords>(), system.Services.GetRequiredService<StateStore>());
        var record = new RunRecord("gone", "p", "1", "", "", "tester", DateTimeOffset.UnixEpoch, Started: true);
        await store.TryWriteAsync(RunRecord.Key("acme", "gone"), record, "", Token);
        var commands = system.Services.GetRequiredService<RunCommands>();
        using var attempt = system.Services.GetRequiredService<LiveAttempts>().Begin("gone");
        for (var i = 0; i < 10; i++)
        {
            await EndedAsync(() => commands.CancelAsync(system.Caller, "gone", "", Token), "The run 'gone' has already ended.");
            await EndedAsync(() => commands.SignalAsync(system.Caller, "gone", new RunSignal("go", JsonElement.Parse("1"u8)), Token),
                "The run 'gone' has already ended.");
        }

        Assert.Null((await records.ReadAsync("acme", "gone", Token))!.Sent);
        Assert.False(attempt.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task SignalAsync_ManyAtOnce_AllArriveAndAreCounted()
    {
        await using var system = await RunningOrchestrator.StartAsync(false, Answers.Echo);
        var waits = string.Join(", ", Enumerable.Range(0, 40).Select(i => $"{{ id: w{i}, waitFor: {{ event: go }} }}"));
        var runId = await system.SubmitAsync($"{{ id: p, steps: [ {waits} ] }}");
        var commands = system.Services.GetRequiredService<RunCommands>();
        await Task.WhenAll(Enumerable.Range(0, 40)
            .Select(i => commands.SignalAsync(system.Caller, runId, new RunSignal("go", JsonElement.Parse("1"u8)), Token)));
        Assert.Equal(RunOutcome.Completed, (await system.WaitAsync(runId)).Outcome);
        Assert.Equal(40, (await system.Services.GetRequiredService<RunRecords>().ReadAsync("acme", runId, Token))!.Sent!.Signals);
    }

    [Fact]
    public async Task SignalAsync_EventThatNoStepTakes_IsRefusedAndNamesThoseThatAre()
    {
        await using var system = await RunningOrchestrator.StartAsync(false, Answers.Echo);
        var commands = system.Services.GetRequiredService<RunCommands>();
        var none = JsonElement.Parse("null"u8);
        var runId = await system.SubmitAsync(
            "{ id: p, steps: [ { id: a, waitFor: approved }, { id: b, waitFor: paid, dependsOn: [a] }, { id: c, waitFor: PAID, dependsOn: [b] } ] }");
        var refused = await Assert.ThrowsAsync<FailureException>(
            () => commands.SignalAsync(system.Caller, runId, new RunSignal("aproved", none), Token));
        Assert.Equal(FailureCode.FailedPrecondition, refused.Failure.Code);
        Assert.EndsWith("waits for an event 'aproved'; it takes 'approved', 'paid'.", refused.Message, StringComparison.Ordinal);
        Assert.Null((await system.Services.GetRequiredService<RunRecords>().ReadAsync("acme", runId, Token))!.Sent);

        // One that comes before its step waits is kept.
        foreach (var name in new[] { "Paid", "paid", "approved" })
        {
            await commands.SignalAsync(system.Caller, runId, new RunSignal(name, none), Token);
        }

        Assert.Equal(RunOutcome.Completed, (await system.WaitAsync(runId)).Outcome);
        var deaf = await system.SubmitAsync("{ id: q, steps: [ { id: a, delay: 1h } ] }");
        refused = await Assert.ThrowsAsync<FailureException>(
            () => commands.SignalAsync(system.Caller, deaf, new RunSignal("go", none), Token));
        Assert.Equal($"No step of the run '{deaf}' waits for an event.", refused.Message);
    }

    [Fact]
    public async Task Commands_RunHasEnded_AreRefusedButACancelOfACancelledRunIsNot()
    {
        await using var system = await RunningOrchestrator.StartAsync(false, Answers.Echo);
        var commands = system.Services.GetRequiredService<RunCommands>();
        const string Plan = "{ id: p, steps: [ { id: a, waitFor: go } ] }";
        var none = JsonElement.Parse("null"u8);
        var completed = await system.SubmitAsync(Plan);
        await commands.SignalAsync(system.Caller, completed, new RunSignal("go", none), Token);
        await system.WaitAsync(completed);
        await EndedAsync(() =>
            commands.CancelAsync(system.Caller, completed, "", Token), $"The run '{completed}' has already ended (completed).");
        await EndedAsync(() => commands.SignalAsync(system.Caller, completed, new RunSignal("go", none), Token),
            $"The run '{completed}' has already ended (completed).");

        var cancelled = await system.SubmitAsync(Plan);
        await commands.CancelAsync(system.Caller, cancelled, "enough", Token);
        await system.WaitAsync(cancelled);
        for (var i = 0; i < 10; i++)
        {
            await commands.CancelAsync(system.Caller, cancelled, "enough", Token);
        }

        await EndedAsync(() => commands.SignalAsync(system.Caller, cancelled, new RunSignal("go", none), Token),
            $"The run '{cancelled}' has already ended (cancelled).");
    }

    [Fact]
    public async Task ChangeAsync_OthersAreFaster_PausesAndTriesAgain()
    {
        await using var system = await RunningOrchestrator.StartAsync(false, Answers.Echo);
        var clock = new HurriedClock();
        var (dapr, rival) = (system.Services.GetRequiredService<DaprClient>(), system.Services.GetRequiredService<StateStore>());
        var tries = 0;
        var changed = await new StateStore(dapr, clock).ChangeAsync<RunMail>(
            "contended",
            found =>
            {
                if (++tries <= 3)
                {
                    using var written = new ManualResetEventSlim();
                    _ = Task.Run(
                        async () =>
                        {
                            await rival.ChangeAsync<RunMail>(
                                "contended", mail => (mail ?? RunMail.Nothing) with { Signals = tries }, Token);
                            written.Set();
                        },
                        Token);
                    written.Wait(Token);
                }

                return (found ?? RunMail.Nothing) with { Cancels = 1 };
            },
            Token);
        Assert.Equal(new RunMail(3, 0, 1), changed);
        Assert.Equal(3, clock.Pauses);
    }

    [Fact]
    public async Task RunAsync_Ended_ItsRecordGoesByItself()
    {
        await using var system = await RunningOrchestrator.StartAsync(false, Answers.Echo);
        var runId = await system.SubmitAsync("{ id: p, steps: [ { id: a, waitFor: { event: go } } ] }");
        var (records, commands) = (system.Services.GetRequiredService<RunRecords>(), system.Services.GetRequiredService<RunCommands>());
        Assert.Null((await records.ReadAsync("acme", runId, Token))!.EndedAt);
        Assert.Null(await ExpiryAsync(system, runId));
        await commands.SignalAsync(system.Caller, runId, new RunSignal("go", JsonElement.Parse("1"u8)), Token);
        await system.WaitAsync(runId);
        var ended = (await records.ReadAsync("acme", runId, Token))!.EndedAt!.Value;

        // Also when it is written once more.
        await records.ChangeAsync("acme", runId, found => found with { Sent = RunMail.Nothing }, Token);
        var expiry = await ExpiryAsync(system, runId);
        Assert.InRange(expiry!.Value, ended.AddDays(30).AddMinutes(-5), ended.AddDays(30).AddMinutes(5));
    }

    [Fact]
    public async Task RegisterAsync_IndexIsFull_KeepsNoRecord()
    {
        await using var system = await RunningOrchestrator.StartAsync(false, Answers.Echo);
        var (store, catalogue) = (system.Services.GetRequiredService<StateStore>(), system.Services.GetRequiredService<PlanCatalogue>());
        var full = new PlanIndex([.. Enumerable.Range(0, 5_000).Select(i => new PlanName($"p{i}", "1"))]);
        await store.TryWriteAsync("plans/acme", full, "", Token);
        await Assert.ThrowsAsync<FailureException>(() => RegisterAsync(catalogue, "more", ["agent: test, action: work"]));
        Assert.Null(await catalogue.FindAsync("acme", "more", "1", Token));
        await RegisterAsync(catalogue, "p7", ["agent: test, action: work"]);
    }

    // The same in a condition, which the workflow evaluates, in an input, which an activity does, and in a default, made at the door.
    [Fact]
    public async Task RunAsync_StartOfTheRun_IsTheSameEverywhere()
    {
        await using var system = await RunningOrchestrator.StartAsync(false, Answers.Echo);
        var result = await system.RunAsync("""
            id: p
            inputs: { at: { type: string, default: "${{ string(run.startedAt) }}" } }
            steps:
              - { id: a, agent: test, action: work, when: "string(run.startedAt) == inputs.at", input: { at: "${{ string(run.startedAt) == inputs.at }}" } }
            output: "${{ steps.a.output }}"
            """);
        Assert.Equal("""{"at":true}""", result.Output!.ToJson().GetRawText());
    }

    [Theory]
    [InlineData("*", "", false)]
    [InlineData("10.0.0.1", "", false)]
    [InlineData("*", "secret", true)]
    [InlineData("127.0.0.1", "", true)]
    public void CreateBuilder_OpenAppPort_NeedsAToken(string address, string token, bool isAllowed)
    {
        var refused = Record.Exception(() => ServiceHost.CreateBuilder([$"--APP_ADDRESS={address}", $"--APP_API_TOKEN={token}"], "x"));
        Assert.Equal(isAllowed, refused is null);
        Assert.True(refused is null or OptionsValidationException);
    }

    /// <summary>
    /// Stands still when it is asked how long something took, until it is thawed; then six seconds have passed. Its claim is old by then.
    /// </summary>
    private sealed class FreezingClock : TimeProvider, IDisposable
    {
        private readonly TaskCompletionSource _frozen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _thawed = new();
        private int _asked;

        public Task Frozen => _frozen.Task;

        public void Thaw() => _thawed.Set();

        public void Dispose() => _thawed.Dispose();

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddSeconds(-11);

        public override long GetTimestamp()
        {
            if (Interlocked.Increment(ref _asked) == 2)
            {
                _frozen.SetResult();
                _thawed.Wait(Token);
                return base.GetTimestamp() + 6 * TimestampFrequency;
            }

            return base.GetTimestamp();
        }
    }

    /// <summary>Its pauses are over at once.</summary>
    private sealed class HurriedClock : TimeProvider
    {
        private int _pauses;

        public int Pauses => _pauses;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Increment(ref _pauses);
            Assert.InRange(dueTime, TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(1));
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }

    private static async Task EndedAsync(Func<Task> command, string message)
    {
        var refused = await Assert.ThrowsAsync<FailureException>(command);
        Assert.Equal((FailureCode.FailedPrecondition, message), (refused.Failure.Code, refused.Message));
    }

    private static async Task<DateTimeOffset?> ExpiryAsync(RunningOrchestrator system, string runId)
    {
        var metadata = await system.StateMetadataAsync(RunRecord.Key("acme", runId));
        return metadata.TryGetValue("ttlExpireTime", out var time) ? DateTimeOffset.Parse(time, CultureInfo.InvariantCulture) : null;
    }

    private static Task RegisterAsync(PlanCatalogue catalogue, string id, IEnumerable<string> steps)
    {
        var text = new StringBuilder($"{{ id: {id}, steps: [ ");
        text.AppendJoin(", ", steps.Select((step, i) => $"{{ id: s{i}, {step} }}")).Append(" ] }");
        return catalogue.RegisterAsync("acme", new PlanRecord(id, "1", id, text.ToString(), "", "tester", DateTimeOffset.UnixEpoch), Token);
    }
}
