using System.Globalization;
using Sidecar.Jobs;

namespace Local.Tests.Sidecars;

public class JobTimeTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0 30 * * * *", "2026-01-01T00:30:00Z", "2026-01-01T01:30:00Z")]
    [InlineData("*/15 * * * * *", "2026-01-01T00:00:15Z", "2026-01-01T00:00:30Z")]
    [InlineData("0 0 9-17/4 * * MON-FRI", "2026-01-01T09:00:00Z", "2026-01-01T13:00:00Z")]
    [InlineData("0 0 0 29 2 *", "2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z")]
    [InlineData("0 0 0 13 * FRI", "2026-01-02T00:00:00Z", "2026-01-09T00:00:00Z")]
    [InlineData("0 0 0 ? * 7", "2026-01-04T00:00:00Z", "2026-01-11T00:00:00Z")]
    [InlineData("5,10 59 23 31 dec *", "2026-12-31T23:59:05Z", "2026-12-31T23:59:10Z")]
    [InlineData("@hourly", "2026-01-01T01:00:00Z", "2026-01-01T02:00:00Z")]
    [InlineData("@weekly", "2026-01-04T00:00:00Z", "2026-01-11T00:00:00Z")]
    [InlineData("@monthly", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z")]
    [InlineData("@yearly", "2027-01-01T00:00:00Z", "2028-01-01T00:00:00Z")]
    [InlineData("@every 1h30m", "2026-01-01T01:30:00Z", "2026-01-01T03:00:00Z")]
    [InlineData("@every 1.5s", "2026-01-01T00:00:01.5Z", "2026-01-01T00:00:03Z")]
    [InlineData("CRON_TZ=Europe/Berlin 0 0 12 * * *", "2026-01-01T11:00:00Z", "2026-01-02T11:00:00Z")]
    // Clocks go forward on 29 March: half past two does not exist that day.
    [InlineData("CRON_TZ=Europe/Berlin 0 30 2 28-30 3 *", "2026-03-28T01:30:00Z", "2026-03-30T00:30:00Z")]
    public void Schedule_Next_IsTheFirstMatchAfter(string text, string first, string second)
    {
        var schedule = JobSchedule.TryParse(text)!;

        var next = schedule.Next(Now)!.Value;

        Assert.Equal(Time(first), next);
        Assert.Equal(Time(second), schedule.Next(next));
    }

    [Theory]
    [InlineData("")]
    [InlineData("* * * * *")]
    [InlineData("60 * * * * *")]
    [InlineData("0 0 0 0 * *")]
    [InlineData("5-1 * * * * *")]
    [InlineData("*/0 * * * * *")]
    [InlineData("a * * * * *")]
    [InlineData("@every")]
    [InlineData("@every 0s")]
    [InlineData("@every -1s")]
    [InlineData("@sometimes")]
    [InlineData("CRON_TZ=Nowhere 0 0 0 * * *")]
    public void Schedule_ThatIsNone_IsNotUnderstood(string text) => Assert.Null(JobSchedule.TryParse(text));

    [Fact]
    public void Schedule_DayThatNeverComes_HasNoNext() => Assert.Null(JobSchedule.TryParse("0 0 0 30 2 *")!.Next(Now));

    [Theory]
    [InlineData("2026-03-04T05:06:07Z", "2026-03-04T05:06:07Z")]
    [InlineData("2026-03-04T05:06:07.5+02:00", "2026-03-04T03:06:07.5Z")]
    [InlineData("1h2m3.5s", "2026-01-01T01:02:03.5Z")]
    [InlineData("250ms", "2026-01-01T00:00:00.25Z")]
    [InlineData("0s", "2026-01-01T00:00:00Z")]
    [InlineData("PT30S", "2026-01-01T00:00:30Z")]
    [InlineData("P1M2DT3H", "2026-02-03T03:00:00Z")]
    [InlineData("P1Y", "2027-01-01T00:00:00Z")]
    [InlineData("P2W", "2026-01-15T00:00:00Z")]
    public void PointInTime_EveryForm_IsUnderstood(string text, string expected)
    {
        Assert.True(PointInTime.TryParse(text, Now, out var time));
        Assert.Equal(Time(expected), time);
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("1")]
    [InlineData("-5s")]
    [InlineData("1 h")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("R5/PT1S")]
    [InlineData("2026-01-01")]
    [InlineData("99999999999999h")]
    public void PointInTime_ThatIsNone_IsNotUnderstood(string text) => Assert.False(PointInTime.TryParse(text, Now, out _));

    [Fact]
    public void EverySchedule_TicksMissed_AreNotMadeUpFor() =>
        Assert.Equal(Now.AddSeconds(40), JobSchedule.TryParse("@every 10s")!.NextFrom(Now, Now.AddSeconds(35)));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
