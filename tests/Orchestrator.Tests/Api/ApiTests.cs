using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Orchestration.Contracts;
using Orchestrator.Runs;

namespace Orchestrator.Tests.Api;

// API-01, SEC-03, PLN-06
public class ApiTests
{
    private const string Plan =
        "{ id: greet, version: '1', description: says hello, steps: [ { id: a, agent: test, action: say }, { id: b, agent: test, action: say, dependsOn: [a] } ] }";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RegisterPlan_VersionsOfAPlan_AreKeptAndNeverChanged()
    {
        await using var api = await RunningApi.StartAsync();
        await api.RegisterAsync("test", "say");
        var registered = await api.Plans().RegisterPlanAsync(Of(Plan), cancellationToken: Cancel);
        Assert.Equal(("greet", "1"), (registered.PlanId, registered.Version));
        Assert.Equal(registered, await api.Plans().RegisterPlanAsync(Of(Plan), cancellationToken: Cancel));
        var changed = await Assert.ThrowsAsync<RpcException>(
            async () => await api.Plans()
                .RegisterPlanAsync(Of(Plan.Replace("say }", "say, timeout: 5s }", StringComparison.Ordinal)), cancellationToken: Cancel));
        Assert.Equal(StatusCode.AlreadyExists, changed.StatusCode);

        await api.Plans().RegisterPlanAsync(Of(Plan.Replace("'1'", "'2'", StringComparison.Ordinal)), cancellationToken: Cancel);
        Assert.Equal("2", (await api.Plans().GetPlanAsync(new GetPlanRequest { PlanId = "greet" }, cancellationToken: Cancel)).Version);
        Assert.Equal("1", (await api.Plans()
            .GetPlanAsync(new GetPlanRequest { PlanId = "greet", Version = "1" }, cancellationToken: Cancel)).Version);
        var first = await api.Plans().ListPlansAsync(new ListPlansRequest { PageSize = 1 }, cancellationToken: Cancel);
        var second = await api.Plans()
            .ListPlansAsync(new ListPlansRequest { PageSize = 1, PageToken = first.NextPageToken }, cancellationToken: Cancel);
        Assert.Equal(["1", "2"], new[] { first, second }.Select(page => Assert.Single(page.Plans).Version));
        Assert.Equal("", second.NextPageToken);
        Assert.Equal(2, (await api.Plans().ListPlansAsync(new ListPlansRequest(), cancellationToken: Cancel)).Plans.Count);
        Assert.All(first.Plans, plan => Assert.Equal(("", registered.ContentHash), (plan.Text, plan.ContentHash)));
        var endless = await Assert.ThrowsAsync<RpcException>(
            async () => await api.Plans().ListPlansAsync(new ListPlansRequest { PageSize = 501 }, cancellationToken: Cancel));
        Assert.Equal(StatusCode.InvalidArgument, endless.StatusCode);

        Assert.Empty((await api.Plans("other-operator").ListPlansAsync(new ListPlansRequest(), cancellationToken: Cancel)).Plans);
        var foreign = await Assert.ThrowsAsync<RpcException>(
            async () => await api.Plans("other-operator").GetPlanAsync(new GetPlanRequest { PlanId = "greet" }, cancellationToken: Cancel));
        Assert.Equal(StatusCode.NotFound, foreign.StatusCode);
    }

    // EXE-08
    [Fact]
    public async Task PreviewPlan_TwoSteps_ShowsLevelsCriticalPathAndInputs()
    {
        await using var api = await RunningApi.StartAsync();
        await api.RegisterAsync("test", "say");
        var text = Plan.Replace("steps:", "inputs: { name: { type: string } }, steps:", StringComparison.Ordinal);
        var preview = await api.Plans("acme-viewer")
            .PreviewPlanAsync(new PreviewPlanRequest { Document = new PlanDocument { Text = text } }, cancellationToken: Cancel);
        Assert.Equal(["a", "b"], preview.CriticalPath);
        Assert.Equal([["a"], ["b"]], preview.Levels.Select(level => level.StepIds.ToArray()));
        Assert.Equal(["name"], preview.Inputs);
    }

    [Fact]
    public async Task SubmitRun_UnknownAgentAndUnknownField_NamesBothAndStartsNothing()
    {
        await using var api = await RunningApi.StartAsync();
        await api.RegisterAsync("test", "say");
        var text = Plan.Replace("agent: test, action: say }, {", "agent: tset, action: say, colour: red }, {", StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<RpcException>(
            async () => await api.Runs().SubmitRunAsync(Run(text), cancellationToken: Cancel));
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        var problems = SubmitProblems.Parser.ParseFrom(refused.Trailers.GetValueBytes(InvalidPlan.Trailer)).Problems;
        Assert.Equal(["unknown_agent", "unknown_field"], problems.Select(problem => problem.Code).Order());
        Assert.All(problems, problem => Assert.True(problem.Line > 0));
    }

    [Fact]
    public async Task SubmitRun_SameRequestIdByTwoTenants_AreTwoRuns()
    {
        await using var api = await RunningApi.StartAsync();
        await api.RegisterAsync("test", "say");
        var request = Run(Plan);
        request.RequestId = "order-1";
        var mine = await api.Runs().SubmitRunAsync(request, cancellationToken: Cancel);
        var again = await api.Runs().SubmitRunAsync(request, cancellationToken: Cancel);
        var other = await api.Runs("other-operator").SubmitRunAsync(request, cancellationToken: Cancel);
        Assert.Equal((mine.RunId, false, true), (again.RunId, mine.RepeatedRequest, again.RepeatedRequest));
        Assert.NotEqual(mine.RunId, other.RunId);
        await api.Runs().CancelRunAsync(new CancelRunRequest { RunId = mine.RunId }, cancellationToken: Cancel);
        var foreign = await Assert.ThrowsAsync<RpcException>(
            async () =>
                await api.Runs("other-operator").CancelRunAsync(new CancelRunRequest { RunId = mine.RunId }, cancellationToken: Cancel));
        Assert.Equal(StatusCode.NotFound, foreign.StatusCode);
        var viewer = await Assert.ThrowsAsync<RpcException>(
            async () => await api.Runs("acme-viewer").SubmitRunAsync(request, cancellationToken: Cancel));
        Assert.Equal(StatusCode.PermissionDenied, viewer.StatusCode);
    }

    [Fact]
    public async Task SubmitRun_PlanThatNamesPlans_RunsWhatIsRegistered()
    {
        await using var api = await RunningApi.StartAsync();
        await api.RegisterAsync("test", "say");
        await api.Plans().RegisterPlanAsync(Of(Plan), cancellationToken: Cancel);
        Assert.NotEmpty((await api.Runs()
            .SubmitRunAsync(Run("{ id: outer, steps: [ { id: all, plan: greet } ] }"), cancellationToken: Cancel)).RunId);
        Assert.NotEmpty((await api.Runs().SubmitRunAsync(new SubmitRunRequest { PlanId = "greet@1" }, cancellationToken: Cancel)).RunId);
        var refused = await Assert.ThrowsAsync<RpcException>(
            async () =>
                await api.Runs().SubmitRunAsync(Run("{ id: outer, steps: [ { id: all, plan: nothing } ] }"), cancellationToken: Cancel));
        Assert.Contains("nothing", refused.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignalRun_SameRequestIdTwice_CountsOnceAndOneTooLongIsRefused()
    {
        await using var api = await RunningApi.StartAsync();
        var run = await api.Runs()
            .SubmitRunAsync(Run("{ id: w, steps: [ { id: a, waitFor: go }, { id: b, waitFor: go } ] }"), cancellationToken: Cancel);
        var signal = new SignalRunRequest { RunId = run.RunId, Event = "go", RequestId = new string('r', 64) };
        await api.Runs().SignalRunAsync(signal, cancellationToken: Cancel);
        await api.Runs().SignalRunAsync(signal, cancellationToken: Cancel);
        Assert.Equal(1, (await api.Services.GetRequiredService<RunRecords>().ReadAsync("acme", run.RunId, Cancel))!.Sent!.Signals);

        signal.RequestId += "r";
        var refused = await Assert.ThrowsAsync<RpcException>(
            async () => await api.Runs().SignalRunAsync(signal, cancellationToken: Cancel));
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
    }

    [Fact]
    public async Task UploadBlob_ThreeMebibytes_ComesBackWholeForItsTenantOnly()
    {
        await using var api = await RunningApi.StartAsync();
        var content = RandomNumberGenerator.GetBytes(3 * 1024 * 1024 + 17);
        using var upload = api.Blobs().UploadBlob(cancellationToken: Cancel);
        await upload.RequestStream.WriteAsync(new UploadBlobRequest { Collection = "batch-1" }, Cancel);
        foreach (var part in content.Chunk(1 << 20))
        {
            await upload.RequestStream.WriteAsync(new UploadBlobRequest { Chunk = ByteString.CopyFrom(part) }, Cancel);
        }

        await upload.RequestStream.CompleteAsync();
        var stored = await upload;
        Assert.Equal($"batch-1/{Convert.ToHexStringLower(SHA256.HashData(content))}", stored.Blob);
        Assert.Equal(content, await DownloadAsync(api.Blobs("acme-viewer"), stored.Blob));
        var foreign = await Assert.ThrowsAsync<RpcException>(() => DownloadAsync(api.Blobs("other-operator"), stored.Blob));
        Assert.Equal(StatusCode.NotFound, foreign.StatusCode);
    }

    private static async Task<byte[]> DownloadAsync(BlobService.BlobServiceClient blobs, string blob)
    {
        using var content = new MemoryStream();
        using var download = blobs.DownloadBlob(new DownloadBlobRequest { Blob = blob }, cancellationToken: Cancel);
        await foreach (var part in download.ResponseStream.ReadAllAsync(Cancel))
        {
            content.Write(part.Chunk.Span);
        }

        return content.ToArray();
    }

    private static RegisterPlanRequest Of(string text) => new() { Document = new PlanDocument { Text = text } };

    private static SubmitRunRequest Run(string text) => new() { Document = new PlanDocument { Text = text } };
}
