using System.Diagnostics;
using Orchestration.Contracts;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>NUM-09: when a replica dies, what it was doing runs on the other one. The time this takes is printed; the promise is 2 s.</summary>
public sealed class FailoverTests
{
    private const string Plan = """
        id: long-work
        steps:
          - id: work
            forEach: { items: "${{ [1, 2, 3, 4, 5, 6, 7, 8] }}" }
            agent: test
            action: work
            input: { milliseconds: 4000 }
        output: "${{ steps.work.output.size() }}"
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Replica_DiesOrFreezes_ItsWorkRunsOnTheOther(bool freeze)
    {
        await using var system = await RunningSystem.StartAsync();
        var cancellationToken = TestContext.Current.CancellationToken;
        var accepted = await system.Client.Runs.SubmitRunAsync(
            new SubmitRunRequest { Document = new PlanDocument { Text = Plan } }, cancellationToken: cancellationToken);

        var startedOn = new Dictionary<string, string>();
        var moves = new List<TimeSpan>();
        Stopwatch? sinceBlow = null;
        RunEnded? ended = null;
        await foreach (var happened in system.Client.WatchAsync(accepted.RunId, includeChildren: false, cancellationToken))
        {
            ended = happened.RunEnded ?? ended;
            if (happened.StepStarted is not { InstanceId.Length: > 0 } started)
            {
                continue;
            }

            if (startedOn.TryGetValue(happened.StepId, out var before) && before != started.InstanceId && sinceBlow is not null)
            {
                moves.Add(sinceBlow.Elapsed);
            }

            startedOn[happened.StepId] = started.InstanceId;
            if (startedOn.Count == 8 && sinceBlow is null)
            {
                sinceBlow = Stopwatch.StartNew();
                (freeze ? system.Freeze : (Action<string>)system.Kill)("test-agents-1");
            }
        }

        var output = TestContext.Current.TestOutputHelper!;
        output.WriteLine($"{moves.Count} steps moved after {string.Join(", ", moves.Select(move => $"{move.TotalMilliseconds:0} ms"))}");
        Assert.Equal(RunState.RunCompleted, ended!.State);
        Assert.NotEmpty(moves);
    }
}
