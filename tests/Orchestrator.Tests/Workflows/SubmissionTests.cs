using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orchestration.Domain.Failures;
using Orchestration.Hosting;
using Orchestration.Hosting.Errors;
using Orchestrator.Runs;

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

    private static Task RegisterAsync(PlanCatalogue catalogue, string id, IEnumerable<string> steps)
    {
        var text = new StringBuilder($"{{ id: {id}, steps: [ ");
        text.AppendJoin(", ", steps.Select((step, i) => $"{{ id: s{i}, {step} }}")).Append(" ] }");
        return catalogue.RegisterAsync("acme", new PlanRecord(id, "1", id, text.ToString(), "", "tester", DateTimeOffset.UnixEpoch), Token);
    }
}
