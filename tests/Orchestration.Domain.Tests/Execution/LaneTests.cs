using Orchestration.Domain.Execution;

namespace Orchestration.Domain.Tests.Execution;

/// <summary>How a lane that was refused altogether finds its width again.</summary>
public sealed class LaneTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    [Fact]
    public void Restore_LaneThatBeginsAnew_StillDoes()
    {
        var refused = Refused(Full());
        var lane = Full();
        lane.Restore(refused.Capture());

        Assert.Equal(refused.Capture(), lane.Capture());
        Assert.Equal([1, 2, 4], Widths(lane, 3));
    }

    [Fact]
    public void Look_WhatWasSentIsRefusedSince_ChangesNothing()
    {
        var lane = Refused(Full());
        TakeAll(lane);
        var look = lane.NextLook(Start)!.Value;
        Refused(lane);
        TakeAll(lane);
        lane.Look(look);

        Assert.Equal(1, lane.Capture().Width);
    }

    [Fact]
    public void NextLook_LaneThatIsFullAndNotRefused_HasNone()
    {
        var lane = Full();
        TakeAll(lane);

        Assert.Null(lane.NextLook(Start));
    }

    /// <summary>In flight after each look, of which none finds an answer.</summary>
    private static IEnumerable<int> Widths(Lane lane, int looks)
    {
        for (var (i, now) = (0, Start); i < looks; i++)
        {
            TakeAll(lane);
            yield return lane.InFlight;
            now = lane.NextLook(now)!.Value;
            lane.Look(now);
        }
    }

    private static Lane Full()
    {
        var lane = new Lane(0, widest: 8);
        for (var item = 0; item < 100; item++)
        {
            var unit = new WorkUnit(new WorkKey(0, item));
            unit.Move(UnitStatus.Queued);
            lane.Add(unit);
        }

        return lane;
    }

    private static Lane Refused(Lane lane)
    {
        TakeAll(lane);
        while (!lane.Refused(Start, TimeSpan.Zero))
        {
        }

        return lane;
    }

    private static void TakeAll(Lane lane)
    {
        while (lane.TakeNext(Start) is not null)
        {
        }
    }
}
