namespace Dapr.Workflow.Worker;

/// <summary>Delays that double from a first to a longest one, each shortened at random by up to half so that many workers do not come back at once.</summary>
/// <param name="first">First delay.</param>
/// <param name="longest">Longest delay.</param>
/// <param name="random">A number from 0 to below 1.</param>
internal sealed class Backoff(TimeSpan first, TimeSpan longest, Func<double> random)
{
    private int _failures;

    public void Reset() => _failures = 0;

    public TimeSpan Next()
    {
        var delay = first * Math.Pow(2, Math.Min(_failures++, 30));
        return (delay < longest ? delay : longest) * (1 - (random() / 2));
    }
}
