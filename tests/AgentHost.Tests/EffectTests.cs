using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Orchestration.Domain.Failures;
using Orchestration.Hosting.Blobs;

namespace AgentHost.Tests;

/// <summary>"No effect twice": what a skill writes is committed with the claim of its key, once.</summary>
public sealed class EffectTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Execute_RepeatedCallOfADoneEffect_ReturnsTheRememberedResult()
    {
        await using var process = await AgentProcess.StartAsync();
        Assert.Equal("""{"amount":10}""", await DepositAsync(process, 10, "s1"));
        Assert.Equal("""{"amount":10}""", await DepositAsync(process, 10, "s1", attempt: 2));
        Assert.Equal("""{"amount":15}""", await DepositAsync(process, 5, "s2"));
        Assert.Equal(2, process.Probe.Effects);
        Assert.Equal(
            ["effects/acme/r1/s1", "effects/acme/r1/s2", "state/acme/tester/balance"], process.Sidecar.State.Keys("statestore"));
    }

    [Fact]
    public async Task Execute_LaterAttemptOfADoneEffect_ReportsCostsOfTheAttemptThatPaid()
    {
        await using var process = await AgentProcess.StartAsync();
        await DepositAsync(process, 10, "s1", attempt: 2);
        var again = await process.RunAsync(AgentProcess.Request("deposit", new Balance(10), "s1", attempt: 3));
        Assert.Equal([(2, 1, 10L)], again.Result.Costs.Select(cost => (cost.Attempt, cost.Call, cost.Nanos)));
    }

    [Theory]
    [InlineData(2, "1/1 2/1")]
    [InlineData(1, "1/1 1/2")]
    public async Task Execute_DoneByAnotherMeanwhile_ReportsWhatBothHavePaid(int attempt, string expected)
    {
        await using var one = await AgentProcess.StartAsync();
        await using var two = await AgentProcess.StartAsync(one.Sidecar, ["--Agent:Register=false"]);
        using var late = two.Start(AgentProcess.Request("deposit", new Balance(1000), attempt: attempt));
        await two.Probe.Begun.WaitAsync(Token);
        await DepositAsync(one, 10, "s1");

        two.Probe.GoOn.Release();
        var result = (await AgentProcess.ReadAsync(late))[^1].Result;
        Assert.Equal("""{"amount":10}""", result.Output.ToStringUtf8());
        Assert.Equal(expected, string.Join(' ', result.Costs.Select(cost => $"{cost.Attempt}/{cost.Call}")));
    }

    [Fact]
    public async Task Execute_RepeatedOnAnotherProcess_ReturnsTheRememberedResult()
    {
        await using var one = await AgentProcess.StartAsync();
        Assert.Equal("""{"amount":10}""", await DepositAsync(one, 10, "s1"));
        await using var two = await AgentProcess.StartAsync(one.Sidecar, ["--Agent:Register=false"]);
        Assert.Equal("""{"amount":10}""", await DepositAsync(two, 10, "s1"));
        Assert.Equal(0, two.Probe.Effects);
    }

    [Fact]
    public async Task Execute_FailedSkill_WritesNothingAndMayBeRepeated()
    {
        await using var process = await AgentProcess.StartAsync();
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            var end = await process.RunAsync(AgentProcess.Request("deposit", new Balance(-1), attempt: attempt));
            Assert.Equal("overdrawn", end.Failure.Code);
        }

        Assert.Empty(process.Sidecar.State.Keys("statestore"));
        Assert.Equal(2, process.Probe.Effects);
    }

    [Fact]
    public async Task Execute_AnswerOfTheCommitLost_ReturnsTheResultAllTheSame()
    {
        await using var process = await AgentProcess.StartAsync();
        process.Sidecar.State.AfterTransaction = () => throw new RpcException(new Status(StatusCode.Unavailable, "gone"));
        Assert.Equal("""{"amount":10}""", await DepositAsync(process, 10, "s1"));
        process.Sidecar.State.AfterTransaction = null;
        Assert.Equal("""{"amount":15}""", await DepositAsync(process, 5, "s2"));
    }

    [Fact]
    public async Task Execute_StoreRefusesTheCommit_IsTransientAndWritesNothing()
    {
        await using var process = await AgentProcess.StartAsync();
        process.Sidecar.State.BeforeTransaction = () => throw new RpcException(new Status(StatusCode.Internal, "disk full"));
        var failure = (await process.RunAsync(AgentProcess.Request("deposit", new Balance(10)))).Failure;
        Assert.Equal(("state_unavailable", true), (failure.Code, failure.Retryable));
        Assert.DoesNotContain("disk", failure.Message, StringComparison.Ordinal);
        Assert.Empty(process.Sidecar.State.Keys("statestore"));
    }

    [Fact]
    public async Task Execute_ValueChangedMeanwhile_IsARetryableConflict()
    {
        await using var process = await AgentProcess.StartAsync();
        using var slow = process.Start(AgentProcess.Request("deposit", new Balance(1000), step: "slow"));
        await process.Probe.Begun.WaitAsync(Token);
        Assert.Equal("""{"amount":5}""", await DepositAsync(process, 5, "fast"));
        process.Probe.GoOn.Release();
        Assert.Equal(FailureCode.Conflict, (await AgentProcess.ReadAsync(slow))[^1].Failure.Code);

        process.Probe.GoOn.Release();
        Assert.Equal("""{"amount":1005}""", await DepositAsync(process, 1000, "slow", attempt: 2));
    }

    /// <summary>The same step at work in two processes, as after a connection was taken for dead: one of them counts.</summary>
    [Fact]
    public async Task Execute_SameCallInTwoProcesses_AppliesOnceAndBothAgree()
    {
        await using var one = await AgentProcess.StartAsync();
        await using var two = await AgentProcess.StartAsync(one.Sidecar, ["--Agent:Register=false"]);
        var request = AgentProcess.Request("deposit", new Balance(1000));
        using var first = one.Start(request);
        using var second = two.Start(request);
        await one.Probe.Begun.WaitAsync(Token);
        await two.Probe.Begun.WaitAsync(Token);
        one.Probe.GoOn.Release();
        Assert.Equal("""{"amount":1000}""", (await AgentProcess.ReadAsync(first))[^1].Result.Output.ToStringUtf8());
        two.Probe.GoOn.Release();
        Assert.Equal("""{"amount":1000}""", (await AgentProcess.ReadAsync(second))[^1].Result.Output.ToStringUtf8());
        Assert.Equal("""{"amount":1001}""", await DepositAsync(one, 1, "s2"));
    }

    [Fact]
    public async Task Execute_OtherTenant_HasItsOwnStateAndKeys()
    {
        await using var process = await AgentProcess.StartAsync();
        Assert.Equal("""{"amount":10}""", await DepositAsync(process, 10, "s1"));
        var request = AgentProcess.Request("deposit", new Balance(10));
        request.Tenant = "other";
        Assert.Equal("""{"amount":10}""", (await process.RunAsync(request)).Result.Output.ToStringUtf8());
        Assert.Equal(2, process.Probe.Effects);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1 << 20)]
    [InlineData((5 << 20) + 17)]
    public async Task Blobs_WrittenByTheOrchestrator_AreReadAndWrittenByASkill(int size)
    {
        await using var process = await AgentProcess.StartAsync();
        var content = new byte[size];
        new Random(size).NextBytes(content);
        var store = process.Services.GetRequiredService<BlobStore>();
        var reference = await store.WriteAsync("acme", "upload-1", content, Token);

        var end = await process.RunAsync(AgentProcess.Request("copy", new { content = reference }));
        using var output = System.Text.Json.JsonDocument.Parse(end.Result.Output.Memory);
        Assert.True(BlobReference.TryRead(output.RootElement.GetProperty("content"), out var copy));
        Assert.Equal((reference.Blob.Replace("upload-1", "r1", StringComparison.Ordinal), size), (copy.Blob, copy.Size));
        Assert.Equal(content, await store.ReadAsync("acme", copy, Token));
    }

    [Fact]
    public async Task Blobs_OfAnotherTenantMissingOrDamaged_AreClassifiedFailures()
    {
        await using var process = await AgentProcess.StartAsync();
        var store = process.Services.GetRequiredService<BlobStore>();
        var reference = await store.WriteAsync("other", "upload-1", new byte[10], Token);
        var end = await process.RunAsync(AgentProcess.Request("copy", new { content = reference }));
        Assert.Equal(("blob_not_found", FailureClass: Orchestration.Contracts.Agents.FailureClass.Permanent), (
            end.Failure.Code, end.Failure.FailureClass));

        var large = await store.WriteAsync("acme", "upload-1", new byte[3 << 20], Token);
        process.Sidecar.State.Expire("blobs", $"acme/{large.Blob}/1");
        end = await process.RunAsync(AgentProcess.Request("copy", new { content = large }));
        Assert.Equal(("blob_data_loss", Orchestration.Contracts.Agents.FailureClass.System), (end.Failure.Code, end.Failure.FailureClass));
    }

    private static async Task<string> DepositAsync(AgentProcess process, int amount, string step, int attempt = 1) =>
        (await process.RunAsync(AgentProcess.Request("deposit", new Balance(amount), step, attempt: attempt))).Result.Output.ToStringUtf8();
}
