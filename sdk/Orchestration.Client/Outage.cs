namespace Orchestration.Client;

/// <summary>Tells how long a stream has not been had: attempts that fail one after another make one outage.</summary>
internal sealed class Outage(TimeSpan patience)
{
    private long? _since;

    /// <summary>An attempt failed. True when there have been only such for longer than the patience.</summary>
    /// <param name="attempt">When the attempt began. One that lasted longer than the patience was connected and merely quiet.</param>
    public bool IsTooLongAfter(long attempt)
    {
        var now = TimeProvider.System.GetTimestamp();
        _since = TimeProvider.System.GetElapsedTime(attempt, now) > patience ? now : _since ?? now;
        return TimeProvider.System.GetElapsedTime(_since.Value, now) > patience;
    }

    public void End() => _since = null;
}
