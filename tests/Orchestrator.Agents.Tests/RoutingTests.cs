using Orchestration.Contracts;
using Orchestration.Domain.Plans;
using Orchestrator.Agents.Registry;
using Orchestrator.Agents.Routing;
using Testing;
using static Orchestrator.Agents.Tests.RegistryHost;

namespace Orchestrator.Agents.Tests;

/// <summary>RTE-01 … RTE-08: who is chosen, and why.</summary>
public sealed class RoutingTests
{
    private static readonly AgentSelector Anyone = new(null);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(0.25, 0.75)]
    [InlineData(1.0, 0.0)]
    public void LeastBusy_Score_IsTheFreeShare(double load, double score) =>
        Assert.Equal(score, new LeastBusy().Score(Of(load: load), [], Anyone));

    [Fact]
    public void LeastBusy_AnyLoads_TheLowestRatioScoresHighest()
    {
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var all = Enumerable.Range(0, 1 + random.Next(6)).Select(_ => Of(load: random.NextDouble())).ToList();
            Assert.Equal(all.MinBy(c => c.Load), all.MaxBy(c => new LeastBusy().Score(c, all, Anyone)));
        }
    }

    /// <summary>0.5 · (1 − load) + 0.3 · success + 0.2 · fastest ÷ own.</summary>
    [Theory]
    [InlineData(0.0, 1.0, null, 1.0)]
    [InlineData(0.5, 1.0, null, 0.75)]
    [InlineData(0.0, 0.5, null, 0.85)]
    [InlineData(0.0, 1.0, 400, 0.85)]
    [InlineData(0.0, 1.0, 100, 1.0)]
    [InlineData(1.0, 0.0, 1000, 0.02)]
    public void Balanced_Score_IsTheDocumentedFormula(double load, double success, int? milliseconds, double score)
    {
        var candidate = Of(load, success, milliseconds);
        Assert.Equal(score, new Balanced().Score(candidate, [candidate, Of(milliseconds: 100)], Anyone), 10);
    }

    [Fact]
    public void CapabilityMatch_Specialist_WinsOverTheGeneralistWhateverTheLoad()
    {
        var selector = new AgentSelector(null, "invoices");
        var policy = new CapabilityMatch();
        var specialist = Of(load: 0.99, capabilities: ["invoices"]);
        var generalist = Of(load: 0, capabilities: ["invoices", "receipts", "mail"]);
        var stranger = Of(load: 0, capabilities: ["mail"]);
        double Score(Candidate c) => policy.Score(c, [], selector);
        Assert.True(Score(specialist) > Score(generalist) && Score(generalist) > Score(stranger));
        Assert.True(Score(Of(load: 0.1, capabilities: ["invoices"])) > Score(specialist));
    }

    [Fact]
    public async Task RoundRobin_ManyChoices_SpreadsEvenly()
    {
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartAsync(sidecar, args: "--Agents:Routing=round_robin");
        foreach (var app in new[] { "a", "b", "c" })
        {
            await host.RegisterAsync(app, "i1", Agent("invoice", maxTasks: 1000));
        }

        var counts = Enumerable.Range(0, 100).Select(_ => ((AgentRoute.To)host.Choose("invoice")).Agent.Key.AppId).CountBy(app => app)
            .ToList();
        Assert.Equal(3, counts.Count);
        Assert.All(counts, count => Assert.InRange(count.Value, 33, 34));
    }

    [Fact]
    public async Task LeastBusy_ManyChoices_KeepsTheRatiosEqual()
    {
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartAsync(sidecar);
        await host.RegisterAsync("small", "i1", Agent("invoice", maxTasks: 10));
        await host.RegisterAsync("large", "i1", Agent("invoice", maxTasks: 10));
        await host.RegisterAsync("large", "i2", Agent("invoice", maxTasks: 10));
        var counts = Enumerable.Range(0, 15).Select(_ => ((AgentRoute.To)host.Choose("invoice")).Agent.Key.AppId).CountBy(app => app)
            .ToDictionary();
        Assert.Equal((5, 10), (counts["small"], counts["large"]));
    }

    [Fact]
    public async Task Choose_CapacityUsed_IsNotNowUntilAPlaceIsGivenBack()
    {
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartAsync(sidecar);
        await host.RegisterAsync("docs", "i1", Agent("invoice", maxTasks: 2));
        var first = (AgentRoute.To)host.Choose("invoice");
        Assert.IsType<AgentRoute.To>(host.Choose("invoice"));
        var full = Assert.IsType<AgentRoute.NotNow>(host.Choose("invoice"));
        Assert.Equal("saturated", full.Reason);
        Assert.Contains("docs/invoice@1.0.0", full.Message, StringComparison.Ordinal);
        Assert.Equal(2, host.Router.InFlight);

        first.Place.Dispose();
        first.Place.Dispose();
        Assert.Equal(1, host.Router.InFlight);
        Assert.IsType<AgentRoute.To>(host.Choose("invoice"));
    }

    [Fact]
    public async Task Choose_OtherReplicasUseTheAgent_CountsTheirLoadToo()
    {
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartAsync(sidecar);
        await host.RegisterAsync("docs", "i1", Agent("invoice", maxTasks: 2));
        for (var i = 0; i < 2; i++)
        {
            await host.BeatAsync("docs", "i1", new AgentLoad { AgentId = "invoice", Running = 2 });
        }

        Assert.Equal("saturated", Assert.IsType<AgentRoute.NotNow>(host.Choose("invoice")).Reason);
        await host.BeatAsync("docs", "i1");
        Assert.IsType<AgentRoute.To>(host.Choose("invoice"));
    }

    [Fact]
    public async Task Choose_Offline_IsNotNowAndNeverRegisteredIsUnknown()
    {
        var time = new ManualTime();
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartAsync(sidecar, time);
        await host.RegisterAsync("docs", "i1", Agent("invoice"));
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("no_agent", Assert.IsType<AgentRoute.NotNow>(host.Choose("invoice")).Reason);
        Assert.StartsWith("No agent named 'receipt' with the action ", Assert.IsType<AgentRoute.Unknown>(host.Choose("receipt")).Message,
            StringComparison.Ordinal);
        Assert.Contains("'fly'", Assert.IsType<AgentRoute.Unknown>(host.Choose("invoice", "fly")).Message, StringComparison.Ordinal);
        Assert.Equal("No agent with the action 'fly' was ever registered.",
            Assert.IsType<AgentRoute.Unknown>(host.Choose(new AgentSelector(null), "fly")).Message);
    }

    [Fact]
    public async Task Choose_Selector_HeedsCapabilityAndVersion()
    {
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartAsync(sidecar);
        await host.RegisterAsync("v1", "i1", Agent("invoice", "1.4.0", capabilities: ["eu"]));
        await host.RegisterAsync("v2", "i1", Agent("invoice", "2.0.0", capabilities: ["eu", "us"]));
        Assert.Equal("v1", ChosenApp(host.Choose(new AgentSelector("invoice", null, ">=1.2 <2"))));
        Assert.Equal("v2", ChosenApp(host.Choose(new AgentSelector(null, "us"))));
        Assert.IsType<AgentRoute.Unknown>(host.Choose(new AgentSelector("invoice", "us", "1.x")));
    }

    [Fact]
    public async Task Choose_AvoidAndWithout_AreSoftAndHard()
    {
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartAsync(sidecar);
        await host.RegisterAsync("a", "i1", Agent("invoice"));
        await host.RegisterAsync("b", "i1", Agent("invoice"));
        Assert.Equal("b", ChosenApp(host.Choose("invoice", avoid: ["a"])));
        Assert.Equal("a", ChosenApp(host.Choose("invoice", without: ["b"], avoid: ["a"])));
        Assert.Equal("no_agent", Assert.IsType<AgentRoute.NotNow>(host.Choose("invoice", without: ["a", "b"])).Reason);
    }

    [Fact]
    public async Task Choose_LostInstance_IsLeftOutUntilItIsHeardOf()
    {
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartAsync(sidecar);
        await host.RegisterAsync("docs", "i1", Agent("invoice", maxTasks: 1));
        host.Registry.ReportLost(new InstanceKey("docs", "i1"));
        Assert.IsType<AgentRoute.NotNow>(host.Choose("invoice"));
        await host.BeatAsync("docs", "i1");
        Assert.IsType<AgentRoute.To>(host.Choose("invoice"));
    }

    [Fact]
    public async Task Decision_NamesCandidatesScoresAndChoice()
    {
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartAsync(sidecar);
        await host.RegisterAsync("a", "i1", Agent("invoice"));
        await host.RegisterAsync("b", "i1", Agent("invoice"));
        host.Choose("invoice");
        var decision = ((AgentRoute.To)host.Choose("invoice")).Decision;
        Assert.Equal(
            "b/invoice@1.0.0 by least_busy of b/invoice@1.0.0 (1, load 0), a/invoice@1.0.0 (0.5, load 0.5)", decision.ToString());
    }

    [Fact]
    public async Task Choose_ManyAtOnce_NeverGivesAPlaceTwice()
    {
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartAsync(sidecar);
        await host.RegisterAsync("docs", "i1", Agent("invoice", maxTasks: 7));
        var given = 0;
        Parallel.For(0, 100, _ =>
        {
            if (host.Choose("invoice") is AgentRoute.To)
            {
                Interlocked.Increment(ref given);
            }
        });
        Assert.Equal(7, given);
    }

    private static string ChosenApp(AgentRoute route) => Assert.IsType<AgentRoute.To>(route).Agent.Key.AppId;

    private static Candidate Of(double load = 0, double success = 1, int? milliseconds = null, string[]? capabilities = null) => new(
        new AgentModel("acme", "app", Agent("invoice", capabilities: capabilities)),
        load,
        10,
        success,
        milliseconds is { } ms ? TimeSpan.FromMilliseconds(ms) : null,
        0);
}
