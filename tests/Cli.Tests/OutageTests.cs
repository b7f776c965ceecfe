using Orchestration.Client;
using Testing;

namespace Cli.Tests;

/// <summary>How long a stream has not been had.</summary>
public sealed class OutageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly ManualTime _clock = new();
    private readonly List<bool> _told = [];
    private readonly Outage _outage;

    public OutageTests() => _outage = new Outage(Patience, _told.Add, _clock);

    /// <summary>A quiet run: nothing comes between two restarts of the monitor.</summary>
    [Fact]
    public void Failures_WithAConnectionBetween_AreTwoOutages()
    {
        Assert.False(FailsAfter(seconds: 40, isLost: true));
        Assert.False(FailsAfter(seconds: 1, isLost: true));
        _outage.Connected();

        Assert.False(FailsAfter(seconds: 40, isLost: true));
        Assert.False(FailsAfter(seconds: 40, isLost: true));
        Assert.Equal([false, true, false], _told);
        Assert.True(FailsAfter(seconds: 40, isLost: true));
    }

    /// <summary>The monitor answers, and the run never comes.</summary>
    [Fact]
    public void Failures_OfARunThatIsNotKnown_AreOneOutageHoweverOftenItConnects()
    {
        Assert.False(FailsAfter(seconds: 1, isLost: false));
        _outage.Connected();
        Assert.False(FailsAfter(seconds: 40, isLost: false));
        _outage.Connected();

        Assert.True(FailsAfter(seconds: 40, isLost: false));
        Assert.Empty(_told);
    }

    private bool FailsAfter(int seconds, bool isLost)
    {
        var attempt = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        return _outage.IsTooLongAfter(attempt, isLost);
    }
}
