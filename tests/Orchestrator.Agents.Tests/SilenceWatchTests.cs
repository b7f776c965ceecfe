using Microsoft.Extensions.Options;

namespace Orchestrator.Agents.Tests;

/// <summary>A call is lost after eight silent ticks of our own clock, and never by our own standstill.</summary>
public sealed class SilenceWatchTests
{
    [Fact]
    public void Tick_NothingHeard_IsSilentAfterEight()
    {
        using var call = Watch();
        Tick(call, 8);
        Assert.False(call.Silent.IsCancellationRequested);
        Tick(call, 1);
        Assert.True(call.Silent.IsCancellationRequested);
    }

    [Fact]
    public void Tick_HeardInBetween_CountsAnew()
    {
        using var call = Watch();
        for (var i = 0; i < 5; i++)
        {
            Tick(call, 8);
            call.Heard();
        }

        Assert.False(call.Silent.IsCancellationRequested);
    }

    [Fact]
    public void Tick_AgentPromisesNoSigns_NeverIsSilent()
    {
        using var call = Watch();
        call.Relax();
        Tick(call, 100);
        Assert.False(call.Silent.IsCancellationRequested);
    }

    private static SilenceWatch.Watched Watch() => new SilenceWatch(Options.Create(new AgentsOptions()), TimeProvider.System).Watch();

    private static void Tick(SilenceWatch.Watched call, int times)
    {
        for (var i = 0; i < times; i++)
        {
            call.Tick();
        }
    }
}
