namespace Orchestration.Client;

/// <summary>Tells how long a stream has not been had: attempts that fail one after another make one outage.</summary>
/// <param name="patience">Longest outage.</param>
/// <param name="connection">Told false when one has begun, and true when it is over; a stream that is had again at once is none.</param>
/// <param name="time">The clock.</param>
internal sealed class Outage(TimeSpan patience, Action<bool> connection, TimeProvider time)
{
    private const int FailuresUntilTold = 2;

    private long? _since;
    private int _failures;
    private bool _wasConnected;

    public bool IsOpen => _since is not null;

    /// <summary>An attempt failed. True when there have been only such for longer than the patience.</summary>
    /// <param name="attempt">When the attempt began. One that lasted longer than the patience was connected and merely quiet.</param>
    /// <param name="isLost">False when there was an answer, only not the one hoped for.</param>
    public bool IsTooLongAfter(long attempt, bool isLost)
    {
        var now = time.GetTimestamp();
        var isAnother = isLost && _wasConnected;
        _wasConnected &= !isLost;
        _since = isAnother || time.GetElapsedTime(attempt, now) > patience ? now : _since ?? now;
        var isTooLong = time.GetElapsedTime(_since.Value, now) > patience;
        if (isLost && ++_failures == FailuresUntilTold && !isTooLong)
        {
            connection(false);
        }

        return isTooLong;
    }

    /// <summary>Somebody is there again; what was asked for is still to come. What is lost after that is another outage.</summary>
    public void Connected()
    {
        _wasConnected = true;
        var wasTold = _failures >= FailuresUntilTold;
        _failures = 0;
        if (wasTold)
        {
            connection(true);
        }
    }

    public void End()
    {
        _since = null;
        Connected();
    }
}
