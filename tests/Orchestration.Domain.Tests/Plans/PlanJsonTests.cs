using System.Collections.Immutable;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Tests.Plans;

/// <summary>The canonical form is a persisted format.</summary>
public sealed class PlanJsonTests
{
    [Fact]
    public void Write_Everything_IsTheGoldenFile()
    {
        Plan plan = Sample.Read(Sample.Text("everything.yaml"));

        Assert.Equal(Sample.Text("everything.canonical.json").TrimEnd(), PlanJson.Write(plan));
        Assert.Equal("7044efba77086d3e7b2126c72876d023c02ee5f596a887feada62d92569656c5", PlanJson.ContentHash(plan));
    }

    [Theory]
    [InlineData("everything.yaml")]
    [InlineData("complex-query-processing.yaml")]
    [InlineData("session-initialization.js.txt")]
    [InlineData("parallel-analysis.js.txt")]
    [InlineData("fallback-plans.js.txt")]
    public void Read_WhatWasWritten_IsTheSamePlan(string sample)
    {
        string written = PlanJson.Write(Sample.Read(Sample.Text(sample)));

        Assert.Equal(written, PlanJson.Write(PlanJson.Read(written)));
    }

    [Fact]
    public void Read_RandomPlans_IsTheSamePlan() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            string written = PlanJson.Write(RandomPlan(new Random(seed), depth: 0));
            return PlanJson.Write(PlanJson.Read(written)) == written;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void ContentHash_OtherDialectSamePlan_IsTheSame() => Assert.Equal(
        PlanJson.ContentHash(
            Sample.Read("""{"id": "p", "steps": [{"id": "a", "agentId": "x", "input": {}}, {"id": "b", "agentId": "x", "input": {}, "dependencies": ["a"]}]}""")),
        PlanJson.ContentHash(Sample.Read("id: p\nsteps:\n  a: {agent: x}\n  b: {agent: x, dependsOn: a}")));

    [Fact]
    public void Read_SomethingElse_Throws() => Assert.Throws<InvalidDataException>(() => PlanJson.Read("{}"));

    private static Plan RandomPlan(Random random, int depth) => new()
    {
        Id = $"plan-{depth}",
        Version = random.Next(2) == 0 ? "1" : "2.0",
        Description = random.Next(2) == 0 ? "" : "Ünïcode 😀 \"quoted\"",
        Inputs = random.Next(2) == 0
            ? []
            : [new PlanInput("a", "any", random.Next(2) == 0), new PlanInput("b c", "string", false, Template.Of("x"))],
        Parallel = random.Next(2) == 0,
        Timeout = random.Next(2) == 0 ? null : TimeSpan.FromTicks(random.Next(1, 1_000_000_000)),
        Priority = random.Next(-2, 3),
        Output = random.Next(2) == 0 ? null : new Template(JsonElement.Parse("null")),
        Labels = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("z", "1").Add("a", ""),
        FallbackPlan = depth < 2 && random.Next(3) == 0 ? RandomPlan(random, depth + 1) : null,
        Steps = [.. Enumerable.Range(0, random.Next(1, 6)).Select(i => RandomStep(random, i, depth))],
    };

    private static PlanStep RandomStep(Random random, int i, int depth) => new()
    {
        Id = $"s{i}",
        Work = RandomWork(random, depth),
        DependsOn = [.. Enumerable.Range(0, i).Where(_ => random.Next(3) == 0).Select(d => $"s{d}")],
        When = random.Next(2) == 0 ? null : "inputs.x > 1",
        ForEach = random.Next(3) == 0 ? new ForEach("inputs.list", random.Next(2) == 0 ? "item" : "x", random.Next(3)) : null,
        Retry = random.Next(2) == 0
            ? RetryPolicy.Default
            : new RetryPolicy((RetryStrategy)random.Next(4), random.Next(5), TimeSpan.FromMilliseconds(random.Next(100)), 1
                + random.NextDouble(), TimeSpan.FromMinutes(1), random.Next(2) == 0),
        Timeout = random.Next(2) == 0 ? null : TimeSpan.FromSeconds(random.Next(1, 100)),
        Critical = random.Next(2) == 0,
        Fallback = random.Next(4) switch
        {
            0 => new Fallback.OtherAgent(new AgentSelector("other", null, "^1.2"), random.Next(2) == 0 ? null : "act"),
            1 => new Fallback.Value(new Template(JsonElement.Parse("null"))),
            2 => new Fallback.OtherPlan(new StepWork.RunPlan("named@2", null, Template.Of("${{ inputs }}"))),
            _ => null,
        },
        Output = random.Next(2) == 0 ? null : Template.Of("${{ result.x }}"),
    };

    private static StepWork RandomWork(Random random, int depth) => random.Next(5) switch
    {
        0 => new StepWork.Delay(TimeSpan.FromMilliseconds(random.Next(5000))),
        1 => new StepWork.WaitFor("go", random.Next(2) == 0 ? null : TimeSpan.FromHours(1)),
        2 when depth < 2 => new StepWork.RunPlan(null, RandomPlan(random, depth + 1), Template.Empty),
        3 => new StepWork.RunPlan("other", null, Template.Of("${{ inputs }}")),
        _ =>
            new StepWork.CallAgent(
                new AgentSelector(random.Next(2) == 0 ? null : "agent", random.Next(2) == 0 ? null : "tag"), "act", new Template(
                    JsonElement.Parse("[1.50,{}]"))),
    };
}
