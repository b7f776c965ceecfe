using System.Threading.Channels;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Local.Tests.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Sidecar;
using Sidecar.Apps;
using Sidecar.Jobs;
using Sidecar.RunFiles;

namespace Local.Tests.Sidecars;

/// <summary>Jobs in time that the test moves, with an app on a real socket.</summary>
public sealed class JobSchedulerTests : IAsyncLifetime
{
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(5);

    private readonly string folder = Directory.CreateTempSubdirectory("jobs-test-").FullName;
    private readonly ManualClock clock = new();
    private readonly Channel<string> triggers = Channel.CreateUnbounded<string>();
    private readonly AppDirectory apps = new([new AppEntry("app", FreePort.Next(), AppProtocol.H2c, 0, 0)]);
    private WebApplication app = null!;
    private JobStore store = null!;
    private JobScheduler scheduler = null!;
    private JobApi api = null!;

    private Func<int> Answer { get; set; } = () => StatusCodes.Status200OK;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        app = await EchoApp.StartAsync(
            apps.Replicas[0].Entry.AppPort, map: routes => routes.MapPost("/job/{name}", async (HttpContext context, string name) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            triggers.Writer.TryWrite($"{name} {await reader.ReadToEndAsync(context.RequestAborted)}");
            return Results.StatusCode(Answer());
        }));
        apps.Replicas[0].MarkReachable();
        await OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await app.DisposeAsync();
        apps.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Schedule_Repeats_TriggersSoOftenAndIsOver()
    {
        await ScheduleAsync(new Job { Name = "beat", Schedule = "@every 10s", Repeats = 3, Data = Any.Pack(Value.ForString("x")) });
        for (var i = 0; i < 3; i++)
        {
            await AdvanceAsync(10);
            Assert.Equal("beat \"x\"", await NextAsync());
        }

        await WhenGoneAsync("beat");
    }

    [Fact]
    public async Task DueTime_WithoutSchedule_TriggersOnce()
    {
        await ScheduleAsync(new Job { Name = "once", DueTime = "30s" });
        await AdvanceAsync(30);

        Assert.Equal("once ", await NextAsync());
        await WhenGoneAsync("once");
    }

    [Fact]
    public async Task Ttl_EndsTheJob()
    {
        await ScheduleAsync(new Job { Name = "short", Schedule = "@every 10s", Ttl = "15s" });
        await AdvanceAsync(10);

        Assert.Equal("short ", await NextAsync());
        await WhenGoneAsync("short");
    }

    [Fact]
    public async Task Restart_JobsGoOnWhereTheyWere()
    {
        await ScheduleAsync(new Job { Name = "beat", Schedule = "@every 10s", Repeats = 2 });
        await AdvanceAsync(10);
        await NextAsync();
        await clock.WhenAwaitedAsync(clock.GetUtcNow().AddSeconds(10));
        await CloseAsync();
        await OpenAsync();
        Assert.Equal("beat", api.Get("app", "beat").Job.Name);
        await AdvanceAsync(10);

        Assert.Equal("beat ", await NextAsync());
        await WhenGoneAsync("beat");
    }

    [Fact]
    public async Task Restart_TriggerThatWasMissed_ComesAtOnce()
    {
        await ScheduleAsync(new Job { Name = "once", DueTime = "30s" });
        await CloseAsync();
        clock.Advance(TimeSpan.FromDays(2));
        await OpenAsync();

        Assert.Equal("once ", await NextAsync());
    }

    [Fact]
    public async Task FailurePolicy_NotGiven_TriesThreeTimesMoreASecondApart()
    {
        Answer = () => StatusCodes.Status500InternalServerError;
        await ScheduleAsync(new Job { Name = "bad", DueTime = "1s" });
        for (var i = 0; i < 4; i++)
        {
            await AdvanceAsync(1);
            Assert.Equal("bad ", await NextAsync());
        }

        await WhenGoneAsync("bad");
    }

    [Fact]
    public async Task FailurePolicy_Drop_GoesOnWithTheNextTick()
    {
        Answer = () => StatusCodes.Status500InternalServerError;
        await ScheduleAsync(
            new Job { Name = "bad", Schedule = "@every 10s", Repeats = 2, FailurePolicy = new JobFailurePolicy
                { Drop = new JobFailurePolicyDrop() } });
        for (var i = 0; i < 2; i++)
        {
            await AdvanceAsync(10);
            Assert.Equal("bad ", await NextAsync());
        }

        await WhenGoneAsync("bad");
    }

    [Fact]
    public async Task FailurePolicy_Constant_TriesAtItsIntervalUntilItWorks()
    {
        var left = 2;
        Answer = () => left-- > 0 ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        var policy = new JobFailurePolicy
            { Constant = new JobFailurePolicyConstant { Interval = Duration.FromTimeSpan(TimeSpan.FromSeconds(5)) } };
        await ScheduleAsync(new Job { Name = "bad", DueTime = "5s", FailurePolicy = policy });
        for (var i = 0; i < 3; i++)
        {
            await AdvanceAsync(5);
            Assert.Equal("bad ", await NextAsync());
        }

        await WhenGoneAsync("bad");
    }

    [Fact]
    public async Task NotFound_CountsAsDone()
    {
        Answer = () => StatusCodes.Status404NotFound;
        await ScheduleAsync(new Job { Name = "unknown", DueTime = "1s" });
        await AdvanceAsync(1);
        await NextAsync();

        await WhenGoneAsync("unknown");
    }

    [Fact]
    public async Task AppNotThere_TriggerWaitsForIt()
    {
        apps.Replicas[0].MarkUnreachable();
        await ScheduleAsync(new Job { Name = "late", DueTime = "1s" });
        await AdvanceAsync(1);
        Assert.False(triggers.Reader.TryRead(out _));
        apps.Replicas[0].MarkReachable();

        Assert.Equal("late ", await NextAsync());
    }

    [Fact]
    public async Task SameName_IsRefusedUnlessItOverwrites()
    {
        await ScheduleAsync(new Job { Name = "name", DueTime = "10s" });
        var refused = await Assert.ThrowsAsync<RpcException>(() => ScheduleAsync(new Job { Name = "name", DueTime = "20s" }));
        await ScheduleAsync(new Job { Name = "name", DueTime = "20s" }, overwrite: true);
        await AdvanceAsync(20);

        Assert.Equal(StatusCode.AlreadyExists, refused.StatusCode);
        Assert.Equal("name ", await NextAsync());
        Assert.False(triggers.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Delete_EndsTheJob_AndThoseOfAPrefix()
    {
        foreach (var name in (string[])["a-1", "a-2", "b"])
        {
            await ScheduleAsync(new Job { Name = name, DueTime = "10s" });
        }

        await api.DeleteAsync("app", "nobody", Token);
        await api.DeleteByPrefixAsync("app", "a-", Token);

        Assert.Equal(["b"], api.List("app").Select(job => job.Name));
        Assert.Empty(api.List("other"));
        await AdvanceAsync(10);
        Assert.Equal("b ", await NextAsync());
    }

    [Theory]
    [InlineData("", "1s", null, null)]
    [InlineData("Name!", "1s", null, null)]
    [InlineData("name", null, null, null)]
    [InlineData("name", "soon", null, null)]
    [InlineData("name", null, "* * *", null)]
    [InlineData("name", "10s", null, "5s")]
    [InlineData("name", "10s", null, "?")]
    public async Task WrongJob_IsRefused(string name, string? due, string? schedule, string? ttl)
    {
        var job = new Job { Name = name };
        if (due is not null)
        {
            job.DueTime = due;
        }

        if (schedule is not null)
        {
            job.Schedule = schedule;
        }

        if (ttl is not null)
        {
            job.Ttl = ttl;
        }

        Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(() => ScheduleAsync(job))).StatusCode);
    }

    private async Task OpenAsync()
    {
        store = JobStore.Open(folder);
        scheduler = new JobScheduler(store, apps, new JobTrigger(new SidecarTokens(null, null)), clock, NullLogger<JobScheduler>.Instance);
        api = new JobApi(scheduler, clock);
        await scheduler.StartAsync(Token);
    }

    private async Task CloseAsync()
    {
        await scheduler.DisposeAsync();
        await store.DisposeAsync();
    }

    private Task ScheduleAsync(Job job, bool overwrite = false) =>
        api.ScheduleAsync("app", new ScheduleJobRequest { Job = job, Overwrite = overwrite }, Token);

    /// <summary>Moves time when somebody waits for that moment.</summary>
    private async Task AdvanceAsync(int seconds)
    {
        await clock.WhenAwaitedAsync(clock.GetUtcNow().AddSeconds(seconds)).WaitAsync(Enough, Token);
        clock.Advance(TimeSpan.FromSeconds(seconds));
    }

    private async Task<string> NextAsync() => await triggers.Reader.ReadAsync(Token).AsTask().WaitAsync(Enough, Token);

    /// <summary>The job ends after its last trigger was answered: that is written first.</summary>
    private async Task WhenGoneAsync(string name)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Token);
        enough.CancelAfter(Enough);
        while (api.List("app").Any(job => job.Name == name))
        {
            enough.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.Equal(StatusCode.Internal, Assert.Throws<RpcException>(() => api.Get("app", name)).StatusCode);
        Assert.False(triggers.Reader.TryRead(out _));
    }
}
