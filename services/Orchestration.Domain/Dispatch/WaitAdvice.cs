namespace Orchestration.Domain.Dispatch;

/// <summary>When work that found no slot comes back.</summary>
public static class WaitAdvice
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    // Every visit stands in the history of the run. One that has waited for hours does not miss an eighth more of it.
    private const int PatienceShare = 8;
    private static readonly TimeSpan MostPatient = TimeSpan.FromMinutes(10);

    /// <summary>The delay before the next visit: at least twice the one before, and longer the longer nothing was to be had.</summary>
    /// <param name="previous">The delay before this visit; zero for the first.</param>
    /// <param name="advised">What the refusal advised.</param>
    /// <param name="refusedFor">How long every visit has been refused; not negative.</param>
    /// <returns>Half a second to a minute; up to ten minutes after long refusal.</returns>
    public static TimeSpan Next(TimeSpan previous, TimeSpan advised, TimeSpan refusedFor)
    {
        // Limited before it is doubled: the wait before may have been one of the long ones.
        var doubled = (previous < Longest ? previous : Longest) * 2;
        var wanted = advised > doubled ? advised : doubled;
        var delay = wanted < Shortest ? Shortest : wanted > Longest ? Longest : wanted;
        var patient = refusedFor / PatienceShare;
        return patient > MostPatient ? MostPatient : patient > delay ? patient : delay;
    }
}
