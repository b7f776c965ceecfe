using System.Globalization;
using System.Net;
using System.Text;
using System.Threading.Channels;
using Dapr;
using Dapr.Jobs;
using Dapr.Jobs.Extensions;
using Dapr.Jobs.Models;
using Dapr.Jobs.Models.Responses;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Sdk.Tests.Dapr;

/// <summary>Jobs of an app at the development sidecar, from scheduling to the trigger.</summary>
public sealed class LiveJobsTests(LiveSidecar sidecar) : IClassFixture<LiveSidecar>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Job_Scheduled_IsReadAndDeleted()
    {
        using var jobs = Client();
        var start = new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await jobs.ScheduleJobAsync(
            "all", DaprJobSchedule.Hourly, "payload"u8.ToArray(), start, 3, start.AddDays(1),
            failurePolicyOptions: new JobFailurePolicyDropOptions(), cancellationToken: Token);
        var all = await jobs.GetJobAsync("all", Token);

        Assert.Equal(("@hourly", 3, start, start.AddDays(1)), (all.Schedule.ExpressionValue, all.RepeatCount, all.DueTime, all.Ttl));
        Assert.Equal("payload", Encoding.UTF8.GetString(all.Payload!));
        Assert.Equal(new ConfiguredDropFailurePolicy(), all.FailurePolicy);

        await jobs.DeleteJobAsync("all", Token);
        await Assert.ThrowsAsync<DaprException>(() => jobs.GetJobAsync("all", Token));
        await jobs.DeleteJobAsync("all", Token);
    }

    [Fact]
    public async Task Job_NameInUse_IsReplacedOnlyWhenAsked()
    {
        using var jobs = Client();
        var constant = new JobFailurePolicyConstantOptions(TimeSpan.FromSeconds(2)) { MaxRetries = 5 };
        await jobs.ScheduleJobAsync("twice", DaprJobSchedule.FromDateTime(DateTimeOffset.MaxValue), cancellationToken: Token);

        var error = await Assert.ThrowsAsync<DaprException>(() =>
            jobs.ScheduleJobAsync("twice", DaprJobSchedule.Daily, cancellationToken: Token));
        Assert.Equal(StatusCode.AlreadyExists, Assert.IsType<RpcException>(error.InnerException).StatusCode);
        Assert.True((await jobs.GetJobAsync("twice", Token)).Schedule.IsPointInTimeExpression);

        await jobs.ScheduleJobAsync(
            "twice", DaprJobSchedule.Daily, overwrite: true, failurePolicyOptions: constant, cancellationToken: Token);
        var replaced = await jobs.GetJobAsync("twice", Token);
        Assert.Equal(("@daily", null), (replaced.Schedule.ExpressionValue, replaced.Payload));
        Assert.Equal(new ConfiguredConstantFailurePolicy(true, 5, TimeSpan.FromSeconds(2)), replaced.FailurePolicy);
    }

    [Fact]
    public async Task Schedules_OfTheBuilder_AreUnderstood()
    {
        using var jobs = Client();
        DaprJobSchedule[] schedules =
        [
            DaprJobSchedule.FromCronExpression(new CronExpressionBuilder()
                .On(OnCronPeriod.Second, 0).Every(EveryCronPeriod.Minute, 15).Through(ThroughCronPeriod.Hour, 8, 17)
                .On(MonthOfYear.January, MonthOfYear.December)
                .Through(global::Dapr.Jobs.DayOfWeek.Monday, global::Dapr.Jobs.DayOfWeek.Friday)),
            DaprJobSchedule.FromDuration(TimeSpan.FromDays(2)),
            DaprJobSchedule.Yearly, DaprJobSchedule.Monthly, DaprJobSchedule.Weekly,
            DaprJobSchedule.Daily, DaprJobSchedule.Midnight, DaprJobSchedule.Hourly,
        ];
        foreach (var (i, schedule) in schedules.Index())
        {
            var name = $"builder-{i.ToString(CultureInfo.InvariantCulture)}";
            await jobs.ScheduleJobAsync(name, schedule, cancellationToken: Token);
            Assert.Equal(schedule.ExpressionValue, (await jobs.GetJobAsync(name, Token)).Schedule.ExpressionValue);
        }

        await Assert.ThrowsAsync<DaprException>(() =>
            jobs.ScheduleJobAsync("odd", DaprJobSchedule.FromExpression("odd"), cancellationToken: Token));
    }

    [Fact]
    public async Task Arguments_ThatMakeNoSense_AreRefused()
    {
        using var jobs = Client();
        var time = DateTimeOffset.UnixEpoch;

        await Assert.ThrowsAsync<ArgumentException>(() =>
            jobs.ScheduleJobAsync("job", DaprJobSchedule.Daily, startingFrom: time, ttl: time, cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            jobs.ScheduleJobAsync("job", DaprJobSchedule.Daily, repeats: -1, cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentException>(() => jobs.GetJobAsync("", Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => jobs.DeleteJobAsync("job", new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData("h2c")]
    [InlineData("grpc")]
    public async Task Trigger_TheHandlerFailsFirst_ComesAgainWithItsPayload(string protocol)
    {
        await using var own = new LiveSidecar(protocol);
        await own.InitializeAsync();
        var triggers = Channel.CreateUnbounded<(string Name, string Payload, bool Limited)>();
        var failures = 1;
        await using var app = await StartAsync(
            own, (string name, CancellationToken limit, ReadOnlyMemory<byte> payload, ILoggerFactory? logging) =>
        {
            Assert.NotNull(logging);
            triggers.Writer.TryWrite((name, Encoding.UTF8.GetString(payload.Span), limit.CanBeCanceled));
            return Interlocked.Decrement(ref failures) >= 0
                ? Task.FromException(new InvalidOperationException("not yet"))
                : Task.CompletedTask;
        });
        var jobs = app.Services.GetRequiredService<DaprJobsClient>();
        var again = new JobFailurePolicyConstantOptions(TimeSpan.FromMilliseconds(1));
        var now = DaprJobSchedule.FromDateTime(DateTimeOffset.UnixEpoch);

        await jobs.ScheduleJobWithPayloadAsync("report", now, new { Pages = 2 }, failurePolicyOptions: again, cancellationToken: Token);
        Assert.Equal(("report", """{"pages":2}""", true), await triggers.Reader.ReadAsync(Token));
        Assert.Equal(("report", """{"pages":2}""", true), await triggers.Reader.ReadAsync(Token));

        await jobs.ScheduleJobWithPayloadAsync("plain", now, "as it is", cancellationToken: Token);
        Assert.Equal(("plain", "as it is", true), await triggers.Reader.ReadAsync(Token));
        await jobs.ScheduleJobAsync("empty", now, cancellationToken: Token);
        Assert.Equal(("empty", "", true), await triggers.Reader.ReadAsync(Token));
    }

    private static async Task<WebApplication> StartAsync(LiveSidecar sidecar, Delegate handler)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["DAPR_GRPC_ENDPOINT"] = sidecar.GrpcEndpoint });
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, sidecar.AppPort, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddDaprJobsClient();
        var app = builder.Build();
        app.MapDaprScheduledJobHandler(handler, TimeSpan.FromHours(1));
        await app.StartAsync(Token);
        return app;
    }

    private DaprJobsClient Client() => new DaprJobsClientBuilder().UseGrpcEndpoint(sidecar.GrpcEndpoint).Build();
}
