using Dapr.Jobs;
using Dapr.Jobs.Models;
using Xunit;
using JobDay = Dapr.Jobs.DayOfWeek;

namespace Sdk.Tests.Dapr;

/// <summary>How schedules are written down.</summary>
public sealed class JobScheduleTests
{
    [Fact]
    public void Cron_EveryKindOfField_IsWritten()
    {
        var listed = new CronExpressionBuilder()
            .On(OnCronPeriod.Second, 30, 0, 30).On(OnCronPeriod.Hour, 23).On(OnCronPeriod.DayOfMonth, 31, 1)
            .On(MonthOfYear.May, MonthOfYear.January).On(JobDay.Sunday);
        var ranges = new CronExpressionBuilder()
            .Through(ThroughCronPeriod.Minute, 0, 59).Through(ThroughCronPeriod.Month, 1, 12)
            .Through(JobDay.Monday, JobDay.Friday);
        var steps = new CronExpressionBuilder()
            .Every(EveryCronPeriod.Second, 5).Every(EveryCronPeriod.DayInMonth, 2)
            .Every(EveryCronPeriod.Month, 3).Every(EveryCronPeriod.DayInWeek, 4)
            .Through(ThroughCronPeriod.Hour, 8, 17).Each(CronPeriod.Hour);
        var months = new CronExpressionBuilder().Through(MonthOfYear.June, MonthOfYear.August);

        Assert.Equal("0,30 * 23 1,31 JAN,MAY SUN", listed.ToString());
        Assert.Equal("* 0-59 * * 1-12 MON-FRI", ranges.ToString());
        Assert.Equal("*/5 * * */2 */3 */4", steps.ToString());
        Assert.Equal("* * * * JUN-AUG *", months.ToString());
        Assert.All([listed, ranges, steps, months], c => Assert.True(DaprJobSchedule.FromCronExpression(c).IsCronExpression));
    }

    [Fact]
    public void Cron_WrongValues_AreRefused()
    {
        var builder = new CronExpressionBuilder();

        Assert.Throws<ArgumentOutOfRangeException>(() => builder.On(OnCronPeriod.Hour, 24));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.On(OnCronPeriod.DayOfMonth, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.On(OnCronPeriod.Minute));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.Every(EveryCronPeriod.Hour, 0));
        Assert.Throws<ArgumentException>(() => builder.Through(JobDay.Friday, JobDay.Friday));
        Assert.Equal("* * * * * *", builder.ToString());
    }

    [Theory]
    [InlineData("0 30 9 * * MON-FRI", "cron")]
    [InlineData("0 30 9 * *", "")]
    [InlineData("@daily", "prefixed")]
    [InlineData("@sometimes", "")]
    [InlineData("@every 1h30m", "prefixed duration")]
    [InlineData("10s", "duration")]
    [InlineData("2030-01-02T03:04:05Z", "point")]
    public void Expression_OfAKind_SaysWhich(string expression, string expected)
    {
        var schedule = DaprJobSchedule.FromExpression(expression);
        (bool Is, string Kind)[] kinds =
        [
            (schedule.IsCronExpression, "cron"),
            (schedule.IsPrefixedPeriodExpression, "prefixed"),
            (schedule.IsDurationExpression, "duration"),
            (schedule.IsPointInTimeExpression, "point"),
        ];

        Assert.Equal(expected, string.Join(' ', kinds.Where(k => k.Is).Select(k => k.Kind)));
    }

    [Fact]
    public void Schedules_WithNames_AreWhatTheSidecarCallsThem()
    {
        DaprJobSchedule[] schedules =
        [
            DaprJobSchedule.Yearly, DaprJobSchedule.Monthly, DaprJobSchedule.Weekly, DaprJobSchedule.Daily, DaprJobSchedule.Midnight,
            DaprJobSchedule.Hourly, DaprJobSchedule.FromDuration(new TimeSpan(1, 2, 3, 4, 5)),
        ];

        Assert.Equal(
            ["@yearly", "@monthly", "@weekly", "@daily", "@midnight", "@hourly", "@every 26h3m4s5ms"],
            schedules.Select(s => s.ExpressionValue));
        Assert.All(schedules, s => Assert.True(s.IsPrefixedPeriodExpression));
        Assert.Throws<ArgumentOutOfRangeException>(() => DaprJobSchedule.FromDuration(TimeSpan.Zero));
    }
}
