using Grpc.Core;
using Orchestration.Contracts;
using Orchestration.Contracts.Agents;
using Testing;
using static Orchestrator.Agents.Tests.RegistryHost;

namespace Orchestrator.Agents.Tests;

/// <summary>AGT-03 … AGT-11, MON-21, SEC-03: registration, signs of life and listing through the real service.</summary>
public sealed class RegistryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Register_Instance_IsListedWithWhatItOffers()
    {
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartAsync(sidecar);
        await host.RegisterAsync("docs", "i1", Agent("invoice", "1.2.0", 3, ["invoices"]));

        var agent = Assert.Single(await ListAsync(host));
        Assert.Equal(("invoice", "1.2.0", 3, "docs", true), (
            agent.Descriptor_.AgentId, agent.Descriptor_.Version, agent.Descriptor_.MaxTasks, agent.AppId, agent.Healthy));
        Assert.Equal(("i1", true), (Assert.Single(agent.Instances).InstanceId, agent.Instances[0].Healthy));

        Assert.Single(await ListAsync(host, "invoices"));
        Assert.Empty(await ListAsync(host, "receipts"));
        Assert.Equal("docs",
            (await host.Client.GetAgentAsync(new GetAgentRequest { AgentId = "invoice" }, As("viewer-key"), cancellationToken: Token)).AppId);
        var error = await Assert.ThrowsAsync<RpcException>(
            async () =>
                await host.Client.GetAgentAsync(new GetAgentRequest { AgentId = "nobody" }, As("viewer-key"), cancellationToken: Token));
        Assert.Equal(StatusCode.NotFound, error.StatusCode);
    }

    [Fact]
    public async Task Refresh_NothingNew_KeepsTheSnapshot()
    {
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartAsync(sidecar);
        await host.RegisterAsync("docs", "i1", Agent("invoice"));
        var snapshot = host.Registry.Snapshot;
        await host.Registry.RefreshAsync(Token);
        Assert.Same(snapshot, host.Registry.Snapshot);
        await host.RegisterAsync("docs", "i2", Agent("invoice", "2.0.0"));
        Assert.Equal(2, host.Registry.Snapshot.Agents.Length);
    }

    [Fact]
    public async Task Register_Malformed_NamesEveryProblem()
    {
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartAsync(sidecar);
        var agent = Agent("in voice", "one", 0, ["a/b"]);
        agent.Skills.Add(new SkillDescriptor { Name = "extract", InputSchema = "[1]", OutputSchema = "nonsense" });
        var error = await Assert.ThrowsAsync<RpcException>(() => host.RegisterAsync("docs", "", agent));
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        string[] problems =
            ["instance id", "'in voice'", "version", "max_tasks", "'a/b'", "described twice", "input schema", "output schema"];
        Assert.All(problems, problem => Assert.Contains(problem, error.Status.Detail, StringComparison.Ordinal));
        Assert.Empty(await ListAsync(host));
    }

    [Fact]
    public async Task Heartbeats_Missed_PutTheAgentOfflineAndTheNextOneBringsItBack()
    {
        var time = new ManualTime();
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartAsync(sidecar, time, "--Agents:MissedHeartbeats=3.5");
        await host.RegisterAsync("docs", "i1", Agent("invoice"));
        time.Advance(TimeSpan.FromSeconds(3.4));
        Assert.True((await ListAsync(host))[0].Healthy);

        time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.False((await ListAsync(host))[0].Healthy);
        var status = await host.System.GetSystemStatusAsync(new GetSystemStatusRequest(), As("viewer-key"), cancellationToken: Token);
        Assert.Equal((1, 0), (status.AgentsTotal, status.AgentsOnline));

        await host.BeatAsync("docs", "i1", new AgentLoad { AgentId = "invoice", Running = 1, Queued = 2 });
        var instance = (await ListAsync(host))[0].Instances[0];
        Assert.Equal((true, 1, 2), (instance.Healthy, instance.Running, instance.Queued));
        Assert.Equal(time.GetUtcNow(), instance.LastHeartbeat.ToDateTimeOffset());
    }

    [Fact]
    public async Task Heartbeat_UnknownInstance_IsNotFound()
    {
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartAsync(sidecar);
        await host.RegisterAsync("docs", "i1", Agent("invoice"));
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => host.BeatAsync("docs", "i2"))).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => host.BeatAsync("mail", "i1"))).StatusCode);
    }

    [Fact]
    public async Task Deregister_LastInstance_KeepsTheAgentKnownButOffline()
    {
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartAsync(sidecar);
        await host.RegisterAsync("docs", "i1", Agent("invoice"));
        await host.Client.DeregisterInstanceAsync(
            new DeregisterInstanceRequest { AppId = "docs", InstanceId = "i1" }, As("agent-key"), cancellationToken: Token);
        var agent = Assert.Single(await ListAsync(host));
        Assert.False(agent.Healthy);
        Assert.Empty(agent.Instances);
    }

    [Fact]
    public async Task Replicas_SeeWhatTheOtherWasTold()
    {
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var one = await StartAsync(sidecar);
        await using var two = await StartAsync(sidecar);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? one : two).RegisterAsync($"app{i}", "i", Agent("invoice"))));
        await one.Registry.RefreshAsync(Token);
        await two.Registry.RefreshAsync(Token);
        await one.Registry.RefreshAsync(Token);
        Assert.Equal(8, (await ListAsync(one)).Count(agent => agent.Healthy));
        Assert.Equal(8, (await ListAsync(two)).Count(agent => agent.Healthy));

        await two.BeatAsync("app1", "i", new AgentLoad { AgentId = "invoice", Running = 2 });
        await two.Registry.RefreshAsync(Token);
        await one.Registry.RefreshAsync(Token);
        Assert.Equal(2, (await ListAsync(one)).Single(agent => agent.AppId == "app1").Instances[0].Running);
    }

    [Fact]
    public async Task Restart_ReadsTheRecords()
    {
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using (var before = await StartAsync(sidecar))
        {
            await before.RegisterAsync("docs", "i1", Agent("invoice"));
            await before.Registry.RefreshAsync(Token);
        }

        await using var after = await StartAsync(sidecar);
        Assert.True(Assert.Single(await ListAsync(after)).Healthy);
        await after.BeatAsync("docs", "i1");
    }

    [Fact]
    public async Task Restart_AgentsOfAnEarlierLife_AreNotOnlineAndForgottenAfterAMinuteOfSilence()
    {
        var time = new ManualTime();
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using (var before = await StartAsync(sidecar, time))
        {
            await before.RegisterAsync("docs", "i1", Agent("invoice"));
            await before.RegisterAsync("docs", "i2", Agent("invoice"));
            await before.Registry.RefreshAsync(Token);
        }

        time.Advance(TimeSpan.FromSeconds(10));
        await using var after = await StartAsync(sidecar, time, "--Agents:MissedHeartbeats=3.5");
        var agent = Assert.Single(await ListAsync(after));
        Assert.Equal((false, 2), (agent.Healthy, agent.Instances.Count));
        Assert.IsType<Routing.AgentRoute.NotNow>(after.Choose("invoice"));

        // The silence that this replica has heard itself counts.
        sidecar.State.Expire("statestore", "agents/beats/docs/i2");
        time.Advance(TimeSpan.FromSeconds(55));
        await after.BeatAsync("docs", "i1");
        await after.Registry.RefreshAsync(Token);
        Assert.Equal([true, false], (await ListAsync(after))[0].Instances.Select(instance => instance.Healthy));
        time.Advance(TimeSpan.FromSeconds(6));
        await after.Registry.RefreshAsync(Token);
        Assert.Equal("i1", Assert.Single(Assert.Single(await ListAsync(after)).Instances).InstanceId);
    }

    [Fact]
    public async Task Start_ClockIsMinutesAhead_TakesNobodyOutOfTheIndexOfAll()
    {
        var (time, ahead) = (new ManualTime(), new ManualTime());
        ahead.Advance(TimeSpan.FromMinutes(2));
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var one = await StartAsync(sidecar, time);
        await one.RegisterAsync("docs", "i1", Agent("invoice"));
        await one.RegisterAsync("mail", "i1", Agent("mail"));
        await one.Registry.RefreshAsync(Token);

        // Missing in one reading only, of an app that registered long ago.
        sidecar.State.Expire("statestore", "agents/beats/mail/i1");
        await using var two = await StartAsync(sidecar, ahead, "--Agents:MissedHeartbeats=3.5");
        await two.Registry.RefreshAsync(Token);
        Assert.Equal([(false, 1), (false, 1)], (await ListAsync(two)).Select(agent => (agent.Healthy, agent.Instances.Count)));
        Assert.Equal(
            [("docs", time.GetUtcNow()), ("mail", null)],
            (await ListAsync(two)).Select(agent => (agent.AppId, agent.Instances[0].LastHeartbeat?.ToDateTimeOffset())).Order());
        await one.Registry.RefreshAsync(Token);
        Assert.Equal([1, 1], (await ListAsync(one)).Select(agent => agent.Instances.Count));

        time.Advance(TimeSpan.FromSeconds(1));
        await one.BeatAsync("docs", "i1");
        await one.BeatAsync("mail", "i1");
        await one.Registry.RefreshAsync(Token);
        await two.Registry.RefreshAsync(Token);
        Assert.Equal([true, true], (await ListAsync(two)).Select(agent => agent.Healthy));
    }

    [Fact]
    public async Task Start_NextToAReplicaThatAgentsTell_FindsThemOnlineAtOnce()
    {
        var time = new ManualTime();
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var one = await StartAsync(sidecar, time, "--Agents:MissedHeartbeats=3.5");
        await one.RegisterAsync("docs", "i1", Agent("invoice"));
        await one.Registry.RefreshAsync(Token);
        time.Advance(TimeSpan.FromSeconds(2));

        await using var two = await StartAsync(sidecar, time, "--Agents:MissedHeartbeats=3.5");
        Assert.True(Assert.Single(await ListAsync(two)).Healthy);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(Assert.Single(await ListAsync(two)).Healthy);
        await one.BeatAsync("docs", "i1");
        await one.Registry.RefreshAsync(Token);
        await two.Registry.RefreshAsync(Token);
        Assert.True(Assert.Single(await ListAsync(two)).Healthy);

        // What comes later is timed where it is seen, whatever the clocks say.
        await one.Store.ChangeIndexAsync(
            index =>
                new(index.Apps.SetItem("docs", index.Apps["docs"] with { Instances = index.Apps["docs"].Instances.Add("i2", index.Apps["docs"].Descriptors) })), Token);
        await one.Store.WriteBeatAsync(
            new("docs", "i2", 1, System.Collections.Immutable.ImmutableSortedDictionary<string, Registry.ReportedLoad>.Empty), Token);
        await two.Registry.RefreshAsync(Token);
        Assert.Equal([true, true], (await ListAsync(two))[0].Instances.Select(instance => instance.Healthy));
    }

    [Fact]
    public async Task Refresh_InstanceLongGone_IsForgotten()
    {
        var time = new ManualTime();
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartAsync(sidecar, time);
        await host.RegisterAsync("docs", "i1", Agent("invoice"));
        sidecar.State.Expire("statestore", "agents/beats/docs/i1");
        time.Advance(TimeSpan.FromSeconds(61));
        await host.Registry.RefreshAsync(Token);
        Assert.Empty(Assert.Single(await ListAsync(host)).Instances);

        time.Advance(TimeSpan.FromDays(8));
        await host.Registry.RefreshAsync(Token);
        Assert.Empty(await ListAsync(host));
    }

    [Fact]
    public async Task Versions_SideBySide_AreListedAndTheNewestIsTheAgent()
    {
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartAsync(sidecar);
        await host.RegisterAsync("docs", "i1", Agent("invoice", "1.9.0"));
        await host.RegisterAsync("docs2", "i1", Agent("invoice", "1.10.0"));
        Assert.Equal(2, (await ListAsync(host)).Count);
        var newest = await host.Client.GetAgentAsync(
            new GetAgentRequest { AgentId = "invoice" }, As("viewer-key"), cancellationToken: Token);
        Assert.Equal("1.10.0", newest.Descriptor_.Version);
    }

    [Fact]
    public async Task Tenants_DoNotSeeOrTakeOverEachOthersAgents()
    {
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartAsync(sidecar);
        await host.RegisterAsync("docs", "i1", Agent("invoice"));
        var request = new RegisterInstanceRequest { AppId = "docs", InstanceId = "evil", Agents = { Agent("invoice") } };
        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await host.Client.RegisterInstanceAsync(request, As("other-agent-key"), cancellationToken: Token));
        Assert.Equal(StatusCode.PermissionDenied, error.StatusCode);
        error = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.HeartbeatAsync(
            new HeartbeatRequest { AppId = "docs", InstanceId = "i1" }, As("other-agent-key"), cancellationToken: Token));
        Assert.Equal(StatusCode.NotFound, error.StatusCode);
        await host.Client.DeregisterInstanceAsync(
            new DeregisterInstanceRequest { AppId = "docs", InstanceId = "i1" }, As("other-agent-key"), cancellationToken: Token);
        Assert.True(Assert.Single(await ListAsync(host)).Healthy);

        await host.Client.RegisterInstanceAsync(
            new RegisterInstanceRequest { AppId = "shared", InstanceId = "i1", Agents = { Agent("mail") } }, As("system-agent-key"), cancellationToken: Token);
        var others = await host.Client.ListAgentsAsync(new ListAgentsRequest(), As("other-viewer-key"), cancellationToken: Token);
        Assert.Equal("mail", Assert.Single(others.Agents).Descriptor_.AgentId);
        Assert.IsType<Routing.AgentRoute.Unknown>(host.Choose("invoice", tenant: "other"));
        Assert.IsType<Routing.AgentRoute.To>(host.Choose("mail", tenant: "other"));
    }

    private static async Task<IReadOnlyList<Agent>> ListAsync(RegistryHost host, string capability = "") =>
        (await host.Client.ListAgentsAsync(new ListAgentsRequest { Capability = capability }, As("viewer-key"), cancellationToken: Token)).Agents;
}
