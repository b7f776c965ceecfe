using System.Text;
using Grpc.Core;
using Orchestration.Contracts;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>PLN-06, EXE-06: what cannot run is refused at the door with every problem, and nothing is started.</summary>
public sealed class RefusalTests
{
    private const string Step = "{ id: a, agent: test, action: echo, input: { value: 1 } }";

    private static readonly Dictionary<string, (string Plan, string[] Codes)> Plans = new()
    {
        ["cycle"] = ("""
            id: circle
            steps:
              - { id: a, agent: test, action: echo, input: { value: 1 }, dependsOn: [b] }
              - { id: b, agent: test, action: echo, input: { value: 1 }, dependsOn: [a] }
            """, ["cycle"]),
        ["unknown agent and action"] = ("""
            id: strangers
            steps:
              - { id: a, agent: tset, action: echo, input: { value: 1 } }
              - { id: b, agent: test, action: ehco, input: { value: 1 } }
            """, ["unknown_agent", "unknown_action"]),
        ["unknown field"] = ($"id: odd\ncolour: red\nsteps:\n  - {Step}\n", ["unknown_field"]),
        ["too large"] = ($"id: large\ndescription: {new string('x', 2 << 20)}\nsteps:\n  - {Step}\n", ["too_large"]),
        ["too deep"] = ($"id: deep\nsteps:\n  - {{ id: a, agent: test, action: echo, input: {{ value: {new string('[', 500)}{new string(']', 500)} }} }}\n", ["too_large"]),
        ["several at once"] = ("""
            id: everything
            colour: red
            steps:
              - { id: a, agent: tset, action: echo, input: { value: 1 }, dependsOn: [c] }
              - { id: b, agent: test, action: echo, input: { value: "${{ 1 + }}" } }
              - { id: c, agent: test, action: echo, dependsOn: [a], timeot: 3s }
            """, ["unknown_field", "unknown_agent", "expression_syntax", "cycle"]),
    };

    [Fact]
    public async Task Submit_PlanThatCannotRun_NamesTheProblemsAndStartsNothing()
    {
        await using var system = await RunningSystem.StartAsync();
        var cancellationToken = TestContext.Current.CancellationToken;
        foreach (var (name, (plan, codes)) in Plans)
        {
            var refusal = await Assert.ThrowsAsync<RpcException>(async () => await system.Client.Runs.SubmitRunAsync(
                new SubmitRunRequest { Document = new PlanDocument { Text = plan, SourceName = name } }, cancellationToken: cancellationToken));
            Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
            var problems = SubmitProblems.Parser.ParseFrom(refusal.Trailers.GetValueBytes("problems-bin")).Problems;
            Assert.NotEmpty(problems);
            Assert.All(problems, problem => Assert.True(problem.Message.Length > 0, name));
            Assert.Superset(codes.ToHashSet(), problems.Select(problem => problem.Code).ToHashSet());
        }

        var runs = await system.Client.Queries.ListRunsAsync(new ListRunsRequest(), cancellationToken: cancellationToken);
        Assert.Empty(runs.Runs);
    }

    /// <summary>SEC-01: without a key, with a wrong one, or without the sidecar's token nothing is answered.</summary>
    [Fact]
    public async Task Call_WithoutAKey_IsRefused()
    {
        await using var system = await RunningSystem.StartAsync();
        using var stranger = system.ClientWith("oak_" + Convert.ToHexStringLower(Encoding.UTF8.GetBytes("nobody")));
        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await stranger.System.GetSystemStatusAsync(
            new GetSystemStatusRequest(), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(StatusCode.Unauthenticated, refusal.StatusCode);
    }
}
