using System.Collections.Immutable;
using Grpc.Core;
using Orchestration.Contracts;
using Testing;
using static Orchestrator.Agents.Tests.RegistryHost;

namespace Orchestrator.Agents.Tests;

/// <summary>AGT-03, SEC-03: what one tenant may put into the registry that all share.</summary>
public sealed class RegistryBoundsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Register_MoreInstancesThanATenantMayHave_IsRefusedAndOthersAreNot()
    {
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartAsync(sidecar, null, "--Agents:InstancesPerTenant=3");
        await host.RegisterAsync("docs", "i1", Agent("invoice"));
        await host.RegisterAsync("docs", "i2", Agent("invoice"));
        await host.RegisterAsync("mail", "i1", Agent("mail"));

        var refused = await Assert.ThrowsAsync<RpcException>(() => host.RegisterAsync("mail", "i2", Agent("mail")));
        Assert.Equal((StatusCode.ResourceExhausted, "60000"), (refused.StatusCode, refused.Trailers.GetValue("retry-after-ms")));
        Assert.Contains("'acme' has 3 agent instances", refused.Status.Detail, StringComparison.Ordinal);

        // One that is there may register again, and another tenant has room of its own.
        await host.RegisterAsync("docs", "i2", Agent("invoice", "1.1.0"));
        await host.Client.RegisterInstanceAsync(
            new RegisterInstanceRequest { AppId = "theirs", InstanceId = "i1", Agents = { Agent("mail") } }, As("other-agent-key"), cancellationToken: Token);
    }

    [Fact]
    public async Task Register_MoreAppsThanATenantMayHave_ReplacesOneThatIsAwayOrIsRefused()
    {
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartAsync(sidecar, null, "--Agents:AppsPerTenant=2");
        await host.RegisterAsync("one", "i", Agent("a"));
        await host.RegisterAsync("two", "i", Agent("b"));

        var refused = await Assert.ThrowsAsync<RpcException>(() => host.RegisterAsync("three", "i", Agent("c")));
        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        Assert.Contains("'acme' has 2 agent apps", refused.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(2, sidecar.State.Keys("statestore").Count(key => key.StartsWith("agents/descriptors", StringComparison.Ordinal)));

        await host.Client.DeregisterInstanceAsync(
            new DeregisterInstanceRequest { AppId = "one", InstanceId = "i" }, As("agent-key"), cancellationToken: Token);
        await host.RegisterAsync("three", "i", Agent("c"));
        Assert.Equal(["b", "c"], host.Registry.Snapshot.Agents.Select(agent => agent.Key.AgentId));
    }

    [Fact]
    public async Task Register_AppThatDescribesItselfInEverNewWays_IsRefused()
    {
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartAsync(sidecar);
        for (var i = 0; i < 4; i++)
        {
            await host.RegisterAsync("docs", $"i{i}", Agent("invoice", $"1.{i}.0"));
        }

        var refused = await Assert.ThrowsAsync<RpcException>(() => host.RegisterAsync("docs", "i4", Agent("invoice", "1.4.0")));
        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        Assert.Contains("4 different sets of agents", refused.Status.Detail, StringComparison.Ordinal);
        await host.RegisterAsync("docs", "i4", Agent("invoice", "1.3.0"));
    }

    [Fact]
    public async Task Register_RecordOfAllIsFull_IsRefusedAndTheRestGoesOn()
    {
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartAsync(sidecar, new ManualTime());
        await host.RegisterAsync("docs", "i1", Agent("invoice"));
        await host.Store.ChangeIndexAsync(index => new(index.Apps.Add("big", Filling(1_048_576 - 2000))), Token);

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                await host.RegisterAsync($"more{i}", "i", Agent("invoice"));
            }
        });

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        Assert.Contains("registry is full", refused.Status.Detail, StringComparison.Ordinal);
        await host.BeatAsync("docs", "i1");
        await host.Client.DeregisterInstanceAsync(
            new DeregisterInstanceRequest { AppId = "docs", InstanceId = "i1" }, As("agent-key"), cancellationToken: Token);
        Assert.Empty(host.Registry.Snapshot.Instances["docs"]);
    }

    [Fact]
    public async Task Register_TooManyAgentsOrTooLong_IsRefusedInFewWords()
    {
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartAsync(sidecar);
        var many = await Assert.ThrowsAsync<RpcException>(
            () => host.RegisterAsync("docs", "i1", [.. Enumerable.Range(0, 65).Select(i => Agent($"a{i}"))]));
        Assert.Equal(StatusCode.InvalidArgument, many.StatusCode);
        Assert.Contains("more than 64 agents", many.Status.Detail, StringComparison.Ordinal);

        var wordy = await Assert.ThrowsAsync<RpcException>(() => host.RegisterAsync(new string('x', 100_000), "i1", Agent("invoice")));
        Assert.Equal((StatusCode.InvalidArgument, 1000), (wordy.StatusCode, wordy.Status.Detail.Length));

        var large = Agent("invoice");
        large.Description = new string('x', 300_000);
        Assert.Equal(StatusCode.InvalidArgument,
            (await Assert.ThrowsAsync<RpcException>(() => host.RegisterAsync("docs", "i1", large))).StatusCode);
        Assert.Empty(host.Registry.Snapshot.Agents);
    }

    [Fact]
    public async Task Heartbeat_LoadsOfStrangers_AreNotKept()
    {
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartAsync(sidecar);
        await host.RegisterAsync("docs", "i1", Agent("invoice"));

        await host.BeatAsync(
            "docs", "i1", new AgentLoad { AgentId = "invoice", Running = 1 }, new AgentLoad { AgentId = "stranger", Running = 1 });
        Assert.Equal("invoice", Assert.Single(host.Registry.Find(new Registry.InstanceKey("docs", "i1"))!.Loads).Key);

        var refused = await Assert.ThrowsAsync<RpcException>(
            () => host.BeatAsync("docs", "i1", [.. Enumerable.Range(0, 65).Select(i => new AgentLoad { AgentId = $"a{i}" })]));
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Contains("at most 64 loads", refused.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(StatusCode.InvalidArgument,
            (await Assert.ThrowsAsync<RpcException>(() => host.BeatAsync(new string('x', 65), "i1"))).StatusCode);
    }

    [Fact]
    public async Task Heartbeat_DescriptorsLost_AsksToRegisterAgain()
    {
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using (var before = await StartAsync(sidecar))
        {
            await before.RegisterAsync("docs", "i1", Agent("invoice"));
        }

        sidecar.State.Expire("statestore", Descriptors(sidecar));
        await using var after = await StartAsync(sidecar);
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => after.BeatAsync("docs", "i1"))).StatusCode);
        await after.RegisterAsync("docs", "i1", Agent("invoice"));
        await after.BeatAsync("docs", "i1");
        Assert.Equal("invoice", Assert.Single(after.Registry.Snapshot.Agents).Key.AgentId);
    }

    [Fact]
    public async Task Refresh_DescriptorsInUse_AreWrittenAgainBeforeTheyExpire()
    {
        var time = new ManualTime();
        await using var sidecar = await MemorySidecar.StartAsync(Token);
        await using var host = await StartAsync(sidecar, time);
        await host.RegisterAsync("docs", "i1", Agent("invoice"));
        var key = Descriptors(sidecar);
        sidecar.State.Expire("statestore", key);

        await host.Registry.RefreshAsync(Token);
        Assert.DoesNotContain(key, sidecar.State.Keys("statestore"));
        time.Advance(TimeSpan.FromHours(13));
        await host.Registry.RefreshAsync(Token);
        Assert.Contains(key, sidecar.State.Keys("statestore"));
    }

    /// <summary>An app of another tenant that takes about so many bytes.</summary>
    private static Registry.AppRecord Filling(int bytes)
    {
        const int Entry = 100;
        return new Registry.AppRecord(
            "else", "none", Enumerable.Range(0, bytes / Entry)
                .ToImmutableSortedDictionary(i => $"{i:000000}", _ => new string('x', Entry - 12)), long.MaxValue);
    }

    private static string Descriptors(MemorySidecar sidecar) =>
        Assert.Single(sidecar.State.Keys("statestore"), key => key.StartsWith("agents/descriptors", StringComparison.Ordinal));
}
