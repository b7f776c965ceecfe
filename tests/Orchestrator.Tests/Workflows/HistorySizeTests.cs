using System.Globalization;
using System.Text;
using Orchestration.Domain.Execution;
using Orchestrator.Agents;

namespace Orchestrator.Tests.Workflows;

public class HistorySizeTests(ITestOutputHelper output)
{
    private const int Limit = 1024 * 1024;
    private static readonly string Data = new('x', 2048);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_FiveHundredStepsWithRandomDependencies_HistoryStaysUnderOneMebibyte(bool evicts)
    {
        await using var system = await RunningOrchestrator.StartAsync(evicts, Work);
        var random = new Random(7);
        var plan = new StringBuilder("id: big\nsteps:\n");
        for (var i = 0; i < 500; i++)
        {
            var reads = Enumerable.Range(0, i).Where(_ => random.Next(i) < 3).ToList();
            plan.Append(CultureInfo.InvariantCulture, $"  - id: step{i}\n    agent: test\n    action: work\n    input:\n      data: {Data}\n");
            plan.Append(CultureInfo.InvariantCulture, $"      above: [{string.Join(", ", reads.Select(read => $"\"${{{{ steps.step{read}.output.n }}}}\""))}]\n");
        }

        await MeasureAsync(system, plan.ToString(), null, 500);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_FiveHundredWideFanOut_HistoryStaysUnderOneMebibyte(bool evicts)
    {
        await using var system = await RunningOrchestrator.StartAsync(evicts, Work);
        const string Plan = """
            id: wide
            inputs:
              items: { type: array }
            steps:
              - id: fan
                agent: test
                action: work
                forEach: { items: inputs.items }
                input: { data: "${{ item }}" }
              - id: join
                agent: test
                action: work
                input: { count: "${{ steps.fan.output.size() }}" }
            """;
        await MeasureAsync(system, Plan, new { items = Enumerable.Range(0, 500).Select(i => i.ToString(CultureInfo.InvariantCulture) + Data) }, 501);
    }

    private async Task MeasureAsync(RunningOrchestrator system, string plan, object? inputs, int attempts)
    {
        var started = TimeProvider.System.GetTimestamp();
        var runId = await system.SubmitAsync(plan, inputs);
        var result = await system.WaitAsync(runId);
        var elapsed = TimeProvider.System.GetElapsedTime(started);
        var (bytes, events, shares) = await system.HistoryAsync(runId);
        output.WriteLine($"{bytes} bytes, {events} events, {elapsed}: {shares}");
        Assert.Equal(RunOutcome.Completed, result.Outcome);
        Assert.InRange(bytes, 1, Limit);
        var published = (await system.EventsOfAsync(runId)).Where(happened => happened.Sequence > 0).DistinctBy(happened => happened.Sequence).ToList();
        Assert.Equal(attempts, published.Count(happened => happened.Type == "step:completed" && happened.Attempt > 0));
        Assert.Equal(Enumerable.Range(1, published.Count).Select(n => (long)n), published.Select(happened => happened.Sequence).Order());
    }

    private static Task<AgentCallResult> Work(AgentCall call, CancellationToken cancellationToken) =>
        Task.FromResult(Answers.Of(new { n = call.StepId.Length, data = Data + call.StepId }));
}
