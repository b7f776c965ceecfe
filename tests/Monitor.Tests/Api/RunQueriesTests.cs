using Grpc.Core;
using Monitor.Tests.Databases;
using Orchestration.Contracts;

namespace Monitor.Tests.Api;

/// <summary>Questions over real sockets with keys of two tenants.</summary>
public sealed class RunQueriesTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private MonitorService service = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => service = await MonitorService.StartAsync(folder.FullPath);

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task GetRun_Ended_ShowsEverything()
    {
        await service.PublishAsync(new RunStory("r1") { Labels = { ["team"] = "invoices" } }.Whole());

        var run = await service.Acme.GetRunAsync(new GetRunRequest { RunId = "r1", IncludeSteps = true }, cancellationToken: Cancellation);

        Assert.Equal((RunState.RunCompletedWithErrors, 17L), (run.State, run.Sequence));
        Assert.Equal(150, run.Duration.ToTimeSpan().TotalMilliseconds);
        Assert.Equal("invoices", run.Labels["team"]);
        Assert.Equal(["read", "extract", "extract[0]", "extract[1]", "check", "report"], run.Steps.Select(step => step.StepId));
        Assert.Equal((StepState.StepFailed, "malformed", 1), (run.Steps[4].State, run.Steps[4].Failure.Code, run.Steps[4].Attempts));
        Assert.Equal("r1-child", run.Steps[1].ChildRunId);
        Assert.Empty((await service.Acme.GetRunAsync(new GetRunRequest { RunId = "r1" }, cancellationToken: Cancellation)).Steps);
    }

    [Fact]
    public async Task GetRun_OfAnotherTenant_DoesNotExist()
    {
        await service.PublishAsync(new RunStory("r1").Whole());

        var foreign = await FailAsync(service.Globex.GetRunAsync(new GetRunRequest { RunId = "r1" }, cancellationToken: Cancellation));
        var unknown = await FailAsync(service.Globex.GetRunAsync(new GetRunRequest { RunId = "r2" }, cancellationToken: Cancellation));

        Assert.Equal((StatusCode.NotFound, StatusCode.NotFound), (foreign.StatusCode, unknown.StatusCode));
        Assert.Equal(unknown.Status.Detail, foreign.Status.Detail.Replace("r1", "r2", StringComparison.Ordinal));
        Assert.Empty((await service.Globex.ListRunsAsync(new ListRunsRequest(), cancellationToken: Cancellation)).Runs);
    }

    [Theory]
    [InlineData("", StatusCode.Unauthenticated)]
    [InlineData("wrong", StatusCode.Unauthenticated)]
    [InlineData("acme-agent-key", StatusCode.PermissionDenied)]
    public async Task GetRun_WithoutTheRole_IsRefused(string key, StatusCode status) =>
        Assert.Equal(status,
            (await FailAsync(service.ClientOf(key)
                .GetRunAsync(new GetRunRequest { RunId = "r1" }, cancellationToken: Cancellation))).StatusCode);

    [Fact]
    public async Task GetRun_WithoutAnId_IsAnError() =>
        Assert.Equal(StatusCode.InvalidArgument,
            (await FailAsync(service.Acme.GetRunAsync(new GetRunRequest(), cancellationToken: Cancellation))).StatusCode);

    [Fact]
    public async Task ListRuns_Pages_GoOnByToken()
    {
        for (var i = 0; i < 5; i++)
        {
            await service.PublishAsync(new RunStory($"r{i}").Accepted());
        }

        var request = new ListRunsRequest { PageSize = 2 };
        var pages = new List<string>();
        do
        {
            var page = await service.Acme.ListRunsAsync(request, cancellationToken: Cancellation);
            pages.Add(string.Join(' ', page.Runs.Select(run => run.RunId)));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(["r4 r3", "r2 r1", "r0"], pages);
    }

    [Fact]
    public async Task ListRuns_TokenOfAnotherQueryOrTenant_IsAnError()
    {
        foreach (var tenant in new[] { "acme", "globex" })
        {
            await service.PublishAsync(new RunStory("r1", tenant).Accepted(), new RunStory("r2", tenant).Accepted());
        }

        var token = (await service.Acme.ListRunsAsync(new ListRunsRequest { PageSize = 1 }, cancellationToken: Cancellation)).NextPageToken;

        Assert.Equal(StatusCode.InvalidArgument,
            (await FailAsync(service.Acme.ListRunsAsync(new ListRunsRequest { PageToken = token, PlanId = "x" }, cancellationToken: Cancellation))).StatusCode);
        Assert.Equal(StatusCode.InvalidArgument,
            (await FailAsync(service.Acme.ListRunsAsync(new ListRunsRequest { PageToken = "!?" }, cancellationToken: Cancellation))).StatusCode);
        Assert.Equal(StatusCode.InvalidArgument,
            (await FailAsync(service.Globex.ListRunsAsync(new ListRunsRequest { PageToken = token }, cancellationToken: Cancellation))).StatusCode);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(501)]
    public async Task ListRuns_SizeOutOfRange_IsAnError(int size) =>
        Assert.Equal(StatusCode.InvalidArgument,
            (await FailAsync(service.Acme.ListRunsAsync(new ListRunsRequest { PageSize = size }, cancellationToken: Cancellation))).StatusCode);

    [Fact]
    public async Task ListRuns_WithCounts_CountsEveryState()
    {
        var (done, open) = (new RunStory("done"), new RunStory("open"));
        await service.PublishAsync(done.Accepted(), done.Started(), done.Ended(), open.Accepted(), open.Started());

        var response = await service.Acme.ListRunsAsync(
            new ListRunsRequest { States = { RunState.RunRunning }, IncludeCounts = true }, cancellationToken: Cancellation);

        Assert.Equal(["open"], response.Runs.Select(run => run.RunId));
        Assert.Equal([(RunState.RunRunning, 1), (RunState.RunCompleted, 1)], response.Counts.Select(count => (count.State, count.Runs)));
    }

    [Fact]
    public async Task ListRuns_OfALabel_ListsThoseThatHaveIt()
    {
        await service.PublishAsync(new RunStory("r1") { Labels = { ["team"] = "invoices", ["kind"] = "x" } }.Accepted());
        await service.PublishAsync(new RunStory("r2") { Labels = { ["team"] = "invoices" } }.Accepted());
        await service.PublishAsync(new RunStory("r3") { Labels = { ["team"] = "orders" } }.Accepted());

        var request = new ListRunsRequest { Labels = { ["team"] = "invoices" }, PageSize = 1 };
        var first = await service.Acme.ListRunsAsync(request, cancellationToken: Cancellation);
        request.PageToken = first.NextPageToken;
        var second = await service.Acme.ListRunsAsync(request, cancellationToken: Cancellation);
        Assert.Equal(["r2", "r1"], first.Runs.Concat(second.Runs).Select(run => run.RunId));

        request = new ListRunsRequest { Labels = { ["team"] = "invoices", ["kind"] = "x" } };
        Assert.Equal("r1", Assert.Single((await service.Acme.ListRunsAsync(request, cancellationToken: Cancellation)).Runs).RunId);
    }

    [Fact]
    public async Task Restart_SameFolder_FindsEverythingAgain()
    {
        var events = new RunStory("r1").Whole();
        await service.PublishAsync(events.Take(4));
        await service.PublishAsync(events.Skip(6));
        await service.DisposeAsync();

        service = await MonitorService.StartAsync(folder.FullPath);
        Assert.Equal(4, (await service.Acme.GetRunAsync(new GetRunRequest { RunId = "r1" }, cancellationToken: Cancellation)).Sequence);
        await service.PublishAsync(events.Skip(4).Take(2));

        Assert.Equal(17, (await service.Acme.GetRunAsync(new GetRunRequest { RunId = "r1" }, cancellationToken: Cancellation)).Sequence);
    }

    private static async Task<RpcException> FailAsync<T>(AsyncUnaryCall<T> call) =>
        await Assert.ThrowsAsync<RpcException>(async () => await call);
}
