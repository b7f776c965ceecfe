using System.Text.Json;
using Dapr.Workflow;
using Microsoft.Extensions.DependencyInjection;
using Orchestration.Domain.Execution;
using Orchestration.Domain.Failures;
using Orchestration.Hosting.Errors;
using Orchestrator.Dispatch;
using Orchestrator.Runs;
using Orchestrator.Workflows;

namespace Orchestrator.Tests.Workflows;

/// <summary>Commands that are repeated, that come late, and that reach runs whose plan is not kept any more.</summary>
public class CommandTests
{
    private const string RunId = "still";

    private static readonly JsonElement None = JsonElement.Parse("null"u8);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commands_RunEndsWhileTheyWaitForTheirTurn_AreAnsweredAsByAnEndedRun()
    {
        await using var system = await RunningOrchestrator.StartAsync(false, Answers.Echo);
        var (commands, records) = (system.Services.GetRequiredService<RunCommands>(), system.Services.GetRequiredService<RunRecords>());
        await StandStillAsync(system, ["go"]);
        using var attempt = system.Services.GetRequiredService<LiveAttempts>().Begin(RunId);
        using var goOn = new ManualResetEventSlim();
        var inTurn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var held = attempt.Token.Register(() =>
        {
            inTurn.SetResult();
            goOn.Wait(Token);
        });
        var first = Task.Run(() => commands.CancelAsync(system.Caller, RunId, "enough", Token), Token);
        await inTurn.Task.WaitAsync(Token);

        var signal = commands.SignalAsync(system.Caller, RunId, new RunSignal("go", None), Token);
        var second = commands.CancelAsync(system.Caller, RunId, "enough", Token);
        await records.EndAsync("acme", RunId, RunOutcome.Cancelled, Token);
        goOn.Set();
        await first;
        await EndedAsync(signal, "The run 'still' has already ended (cancelled).");
        await second;
        Assert.Equal(new RunMail(0, 0, 1), (await records.ReadAsync("acme", RunId, Token))!.Sent);
    }

    [Fact]
    public async Task SignalAsync_PlanIsNotKeptAnyMore_IsSentAndStillCheckedByName()
    {
        await using var system = await RunningOrchestrator.StartAsync(false, Answers.Echo);
        var (commands, records) = (system.Services.GetRequiredService<RunCommands>(), system.Services.GetRequiredService<RunRecords>());
        await StandStillAsync(system, ["go"]);
        await commands.SignalAsync(system.Caller, RunId, new RunSignal("Go", None), Token);
        var refused = await Assert.ThrowsAsync<FailureException>(
            () => commands.SignalAsync(system.Caller, RunId, new RunSignal("went", None), Token));
        Assert.Equal("No step of the run 'still' waits for an event 'went'; it takes 'go'.", refused.Message);

        // Of a run whose record does not say.
        await records.ChangeAsync("acme", RunId, found => found with { Events = null }, Token);
        await commands.SignalAsync(system.Caller, RunId, new RunSignal("went", None), Token);
        Assert.Equal(2, (await records.ReadAsync("acme", RunId, Token))!.Sent!.Signals);
    }

    [Fact]
    public async Task SignalAsync_SameRequestIdAgain_IsNotSentAgainAndIsFineAfterTheEnd()
    {
        await using var system = await RunningOrchestrator.StartAsync(false, Answers.Echo);
        var commands = system.Services.GetRequiredService<RunCommands>();
        var runId = await system.SubmitAsync("{ id: p, steps: [ { id: a, waitFor: go }, { id: b, waitFor: go } ] }");
        await SignalAsync("first");
        await SignalAsync("first");
        await SignalAsync("second");
        Assert.Equal(RunOutcome.Completed, (await system.WaitAsync(runId)).Outcome);

        await SignalAsync("second");
        await SignalAsync("first");
        await EndedAsync(SignalAsync("third"), $"The run '{runId}' has already ended (completed).");
        await EndedAsync(SignalAsync(""), $"The run '{runId}' has already ended (completed).");
        var sent = (await system.Services.GetRequiredService<RunRecords>().ReadAsync("acme", runId, Token))!.Sent!;
        Assert.Equal(2, sent.Signals);
        Assert.Equal(["first", "second"], sent.Requests);

        Task SignalAsync(string requestId) => commands.SignalAsync(system.Caller, runId, new RunSignal("go", None, requestId), Token);
    }

    /// <summary>Two orchestrators that are asked at the same moment both find that the request is new.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SignalAsync_SameRequestIdThroughTwoOrchestrators_IsTakenInOnce(bool evicts)
    {
        await using var system = await RunningOrchestrator.StartAsync(evicts, Answers.Echo);
        var signals = system.Services.GetRequiredService<RunSignals>();
        var runId = await system.SubmitAsync("{ id: p, steps: [ { id: a, waitFor: go }, { id: b, waitFor: go, dependsOn: [a] } ] }");
        foreach (var (value, requestId) in new[] { ("1", "first"), ("2", "first"), ("3", "second") })
        {
            Assert.True(await signals.SignalAsync(runId, "go", new RunValue.Inline(JsonElement.Parse(value)), requestId, Token));
        }

        var output = (await system.WaitAsync(runId)).Output!.ToJson();
        Assert.Equal((1, 3), (output.GetProperty("a").GetInt32(), output.GetProperty("b").GetInt32()));
    }

    [Fact]
    public void With_ManyRequests_KnowsTheLastOnes()
    {
        var mail = Enumerable.Range(0, 40).Aggregate(RunMail.Nothing, (sent, i) => sent.With(1, $"r{i}").With(1, ""));
        Assert.Equal((80, 80L, 32), (mail.Signals, mail.Bytes, mail.Requests!.Count));
        Assert.Equal((false, true, true, false), (mail.Knows("r7"), mail.Knows("r8"), mail.Knows("r39"), mail.Knows("")));
    }

    [Theory]
    [InlineData(RunOutcome.Completed, "completed")]
    [InlineData(RunOutcome.CompletedWithErrors, "completed with errors")]
    [InlineData(RunOutcome.Failed, "failed")]
    [InlineData(RunOutcome.Cancelled, "cancelled")]
    [InlineData(RunOutcome.TimedOut, "timed out")]
    public void InWords_EveryOutcome_ReadsWithinASentence(RunOutcome outcome, string words) => Assert.Equal(words, outcome.InWords());

    /// <summary>A run that is there and does not move, because its workflow begins tomorrow.</summary>
    private static async Task StandStillAsync(RunningOrchestrator system, IReadOnlyList<string> events)
    {
        var record = new RunRecord(RunId, "p", "1", "", "", "tester", DateTimeOffset.UnixEpoch, Started: true, Events: events);
        await system.Services.GetRequiredService<StateStore>().TryWriteAsync(RunRecord.Key("acme", RunId), record, "", Token);
        await system.Services.GetRequiredService<DaprWorkflowClient>().ScheduleNewWorkflowAsync(
            ExecutePlanWorkflow.Name, RunId, null, new DateTimeOffset?(TimeProvider.System.GetUtcNow().AddDays(1)), Token);
    }

    private static async Task EndedAsync(Task command, string message)
    {
        var refused = await Assert.ThrowsAsync<FailureException>(() => command);
        Assert.Equal((FailureCode.FailedPrecondition, message), (refused.Failure.Code, refused.Message));
    }
}
