using Orchestration.Domain.Dispatch;

namespace Orchestration.Domain.Tests.Dispatch;

// TSK-04
public class DispatchTests
{
    [Fact]
    public void Rank_HigherPriority_GoesFirst() =>
        Assert.True(DispatchOrder.Rank(10, TimeSpan.Zero, 0, 8) > DispatchOrder.Rank(0, TimeSpan.FromSeconds(10), 0, 8));

    [Fact]
    public void Rank_LongWait_OvertakesAnyPriority() =>
        Assert.True(DispatchOrder.Rank(-100, TimeSpan.FromMinutes(10), 8, 8) > DispatchOrder.Rank(100, TimeSpan.Zero, 0, 8));

    [Fact]
    public void Rank_EqualWork_FavoursTheTenantThatHoldsLess() =>
        Assert.True(DispatchOrder.Rank(0, TimeSpan.Zero, 1, 8) > DispatchOrder.Rank(0, TimeSpan.FromSeconds(1), 7, 8));

    [Fact]
    public void Next_RepeatedRefusals_AtLeastDoubleUpToTheLongest()
    {
        var wait = TimeSpan.Zero;
        for (var i = 0; i < 20; i++)
        {
            var next = WaitAdvice.Next(wait, TimeSpan.FromMilliseconds(100), TimeSpan.Zero);
            Assert.True(next >= wait * 2 || next == TimeSpan.FromSeconds(60));
            wait = next;
        }

        Assert.Equal(TimeSpan.FromSeconds(60), wait);
        Assert.Equal(TimeSpan.FromSeconds(60), WaitAdvice.Next(TimeSpan.Zero, TimeSpan.MaxValue, TimeSpan.Zero));
        Assert.Equal(TimeSpan.FromSeconds(9), WaitAdvice.Next(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(9), TimeSpan.Zero));
    }

    [Fact]
    public void Next_NothingForHours_AsksLessOftenAndNeverLessThanEveryTenMinutes()
    {
        Assert.Equal(TimeSpan.FromMinutes(5), WaitAdvice.Next(TimeSpan.FromSeconds(60), TimeSpan.Zero, TimeSpan.FromMinutes(40)));
        Assert.Equal(TimeSpan.FromMinutes(10), WaitAdvice.Next(TimeSpan.FromMinutes(5), TimeSpan.Zero, TimeSpan.FromDays(3)));
        Assert.Equal(TimeSpan.FromSeconds(60), WaitAdvice.Next(TimeSpan.FromMinutes(15), TimeSpan.Zero, TimeSpan.Zero));
    }
}
