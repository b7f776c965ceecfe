using System.Globalization;
using System.Text;
using Orchestration.Domain.Execution;
using Orchestration.Domain.Failures;
using Orchestrator.Activities;
using Orchestrator.Agents;

namespace Orchestrator.Tests.Workflows;

public class HistorySizeTests(ITestOutputHelper output)
{
    private const int Limit = 1024 * 1024;
    private static readonly string Data = new('x', 2048);

    private string _data = Data;
    private RunningOrchestrator? _system;
    private int _calls;
    private int _largest;

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
            plan.Append(CultureInfo.InvariantCulture,
                $"  - id: step{i}\n    agent: test\n    action: work\n    input:\n      data: {Data}\n");
            plan.Append(CultureInfo.InvariantCulture,
                $"      above: [{string.Join(", ", reads.Select(read => $"\"${{{{ steps.step{read}.output.n }}}}\""))}]\n");
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
        await MeasureAsync(system, Plan,
            new { items = Enumerable.Range(0, 500).Select(i => i.ToString(CultureInfo.InvariantCulture) + Data) }, 501);
    }

    // Short enough to stand in the history by its characters, not by its bytes.
    [Theory]
    [InlineData("漢")]
    [InlineData("\U0001F600")]
    public async Task RunAsync_NonLatinText_HistoryIsNoLargerThanOfOtherText(string text)
    {
        _data = string.Concat(Enumerable.Repeat(text, 150 / text.Length));
        await using var system = await RunningOrchestrator.StartAsync(false, Work);
        var plan = new StringBuilder("id: big\nsteps:\n");
        for (var i = 0; i < 500; i++)
        {
            plan.Append(CultureInfo.InvariantCulture,
                $"  - {{ id: step{i}, agent: test, action: work, dependsOn: [{(i < 10 ? "" : $"step{i - 10}")}], input: {{ above: {(i < 10 ? "1" : $"\"${{{{ steps.step{i - 10}.output.data }}}}\"")} }} }}\n");
        }

        await MeasureAsync(system, plan.ToString(), null, 500, Limit / 2);
    }

    [Fact]
    public async Task RunAsync_BrokerRefusesEverything_EventsStandInTheHistoryOnceAndComeOutWhenItIsBack()
    {
        var calls = 0;
        var all = new TaskCompletionSource();
        await using var system = await RunningOrchestrator.StartWithoutBrokerAsync(evicts: false, (call, stop) =>
        {
            if (Interlocked.Increment(ref calls) == 500)
            {
                all.SetResult();
            }

            return Work(call, stop);
        });
        var plan = new StringBuilder("id: chain\nsteps:\n");
        for (var i = 0; i < 500; i++)
        {
            plan.Append(CultureInfo.InvariantCulture,
                $"  - {{ id: step{i}, agent: test, action: work, dependsOn: [{(i < 10 ? "" : $"step{i - 10}")}], input: {{ data: {Data} }} }}\n");
        }

        var runId = await system.SubmitAsync(plan.ToString());
        await all.Task.WaitAsync(TestContext.Current.CancellationToken);
        await system.AddBrokerAsync();
        Assert.Equal(RunOutcome.Completed, (await system.WaitAsync(runId)).Outcome);
        var (bytes, events, shares) = await system.HistoryAsync(runId);
        output.WriteLine($"{bytes} bytes, {events} events: {shares}");
        Assert.InRange(bytes, 1, Limit);
        await AssertAllPublishedAsync(system, runId, 500);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_AgentNotThereAndThenFailing_LaterAttemptsCarryTheAddressOfTheirValues(bool evicts)
    {
        var calls = 0;
        await using var system = await RunningOrchestrator.StartAsync(
            evicts,
            (call, _) => Task.FromResult(Interlocked.Increment(ref calls) switch
            {
                < 3 => new AgentCallResult.NotNow("no_agent", "nobody is there", TimeSpan.Zero),
                3 => Answers.Failure("flaky", FailureClass.Transient, retryable: true),
                _ => Answers.Of(call.Input()),
            }),
            "--Dispatch:LongestWait=00:00:00");
        const string Plan = """
            id: patient
            inputs: { data: { type: string } }
            steps:
              - { id: a, agent: test, action: work, retry: { strategy: immediate }, input: { data: "${{ inputs.data }}" } }
            output: "${{ steps.a.output }}"
            """;
        var runId = await system.SubmitAsync(Plan, new { data = Data });
        var result = await system.WaitAsync(runId);
        Assert.Equal(Data, result.Output!.ToJson().GetProperty("data").GetString());
        var inputs = await system.ActivityInputsAsync(runId, nameof(InvokeAgent));
        Assert.InRange(inputs.Count, 4, 8);
        Assert.Contains(Data, inputs[0], StringComparison.Ordinal);
        Assert.All(inputs.Skip(1), input => Assert.InRange(input.Length, 1, 1000));
    }

    private async Task MeasureAsync(RunningOrchestrator system, string plan, object? inputs, int attempts, int limit = Limit)
    {
        _system = system;
        var started = TimeProvider.System.GetTimestamp();
        var runId = await system.SubmitAsync(plan, inputs);
        var result = await system.WaitAsync(runId);
        var elapsed = TimeProvider.System.GetElapsedTime(started);
        var (bytes, events, shares) = await system.HistoryAsync(runId);
        output.WriteLine($"{_largest} bytes at most; at the end {bytes} bytes, {events} events, {elapsed}: {shares}");
        Assert.Equal(RunOutcome.Completed, result.Outcome);
        Assert.InRange(Math.Max(bytes, _largest), 1, limit);
        await AssertAllPublishedAsync(system, runId, attempts);
    }

    private static async Task AssertAllPublishedAsync(RunningOrchestrator system, string runId, int attempts)
    {
        var published = (await system.EventsOfAsync(runId)).Where(happened => happened.Sequence > 0)
            .DistinctBy(happened => happened.Sequence).ToList();
        Assert.Equal(attempts, published.Count(happened => happened.Type == "step:completed" && happened.Attempt > 0));
        Assert.Equal(Enumerable.Range(1, published.Count).Select(n => (long)n), published.Select(happened => happened.Sequence).Order());
    }

    // A run may leave a history behind, so it is looked at again and again.
    private async Task<AgentCallResult> Work(AgentCall call, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _calls) % 25 == 0 && _system is { } system)
        {
            _largest = Math.Max(_largest, (await system.HistoryAsync(call.RunId)).Bytes);
        }

        return Answers.Of(new { n = call.StepId.Length, data = _data + call.StepId });
    }
}
