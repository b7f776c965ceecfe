using Orchestration.Contracts.Agents;

namespace Orchestrator.Agents.Tests;

/// <summary>What an agent says an attempt has cost, as it stands in the history of the run.</summary>
public sealed class CostTests
{
    [Fact]
    public void ToDomain_SameCallTwice_CountsOnce() =>
        Assert.Equal(7, Assert.Single(AgentMapping.ToDomain([Of(1, "m", 7), Of(1, "m", 7)], 1)).Nanos);

    [Fact]
    public void ToDomain_HundredsOfCalls_AreSummedByModelAndNothingIsLeftOut()
    {
        var costs = AgentMapping.ToDomain(Enumerable.Range(1, 300).Select(call => Of(call, call % 2 == 0 ? "even" : "odd", call)), 1)
            .ToList();
        Assert.Equal([("odd", 1, 22_500L), ("even", 2, 22_650L)], costs.Select(cost => (cost.Model, cost.Call, cost.Nanos)));
    }

    [Fact]
    public void ToDomain_HundredsOfModels_StayFewAndKeepTheSum()
    {
        var costs = AgentMapping.ToDomain(Enumerable.Range(1, 300).Select(call => Of(call, new string('m', 60 + call), 1)), 1);
        Assert.Equal((4, 300L, 300L), (costs.Length, costs.Sum(cost => cost.Nanos), costs.Sum(cost => cost.InputTokens)));
        Assert.All(costs, cost => Assert.InRange(cost.Model.Length, 0, 64));
    }

    [Fact]
    public void ToDomain_ManyCallsOfTwoAttempts_AreSummedUpForEachByItself()
    {
        var told = Enumerable.Range(1, 10)
            .Select(call => new Cost { Call = call, Model = $"m{call}", Nanos = 1, Attempt = call <= 6 ? 1 : 0 });
        var costs = AgentMapping.ToDomain(told, 2).ToList();
        Assert.Equal(4, costs.Count);
        Assert.Equal([(1, 6L), (0, 4L)], costs.GroupBy(cost => cost.Attempt).Select(made => (made.Key, made.Sum(cost => cost.Nanos))));
    }

    [Fact]
    public void ToDomain_NegativeOrEndlessCosts_DoNotLowerTheSum()
    {
        var cost = Assert.Single(AgentMapping.ToDomain([new Cost { Call = 1, InputTokens = -5, OutputTokens = -1, Nanos = -7 }], 1));
        Assert.Equal((0L, 0L, 0L), (cost.InputTokens, cost.OutputTokens, cost.Nanos));
        var most = AgentMapping.ToDomain(Enumerable.Range(1, 9).Select(call => Of(call, "m", long.MaxValue)), 1);
        Assert.Equal(long.MaxValue, Assert.Single(most).Nanos);
    }

    private static Cost Of(int call, string model, long nanos) =>
        new() { Call = call, Provider = "p", Model = model, InputTokens = 1, OutputTokens = 2, Nanos = nanos };
}
