namespace Orchestration.Domain.Dispatch;

/// <summary>When work that found no slot comes back.</summary>
public static class WaitAdvice
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>The delay before the next visit: at least twice the one before, so that a long queue does not fill a run's history.</summary>
    /// <param name="previous">The delay before this visit; zero for the first.</param>
    /// <param name="advised">What the refusal advised.</param>
    public static TimeSpan Next(TimeSpan previous, TimeSpan advised)
    {
        var doubled = previous * 2;
        var wanted = advised > doubled ? advised : doubled;
        return wanted < Shortest ? Shortest : wanted > Longest ? Longest : wanted;
    }
}
