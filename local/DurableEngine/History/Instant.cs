namespace DurableEngine.History;

/// <summary>
/// A point in time with the precision of the protocol (nanoseconds), so that what a worker sent comes back unchanged.
/// </summary>
public readonly record struct Instant(long Seconds, int Nanos) : IComparable<Instant>
{
    private const int NanosPerSecond = 1_000_000_000;
    private static readonly long MaxSeconds = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public static Instant From(DateTimeOffset time)
    {
        var ticks = time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        var seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out var rest);
        return rest < 0
            ? new Instant(seconds - 1, (int)(rest + TimeSpan.TicksPerSecond) * 100)
            : new Instant(seconds, (int)rest * 100);
    }

    /// <summary>Times beyond what .NET can hold become its largest value.</summary>
    public DateTimeOffset ToDateTimeOffset() =>
        Seconds > MaxSeconds ? DateTimeOffset.MaxValue : DateTimeOffset.UnixEpoch.AddSeconds(Seconds).AddTicks(Nanos / 100);

    /// <summary>The smallest instant after this one that .NET can tell apart from it.</summary>
    public Instant Next() => Nanos + 100 < NanosPerSecond ? this with { Nanos = Nanos + 100 } : new Instant(Seconds + 1, 0);

    public int CompareTo(Instant other) =>
        Seconds != other.Seconds ? Seconds.CompareTo(other.Seconds) : Nanos.CompareTo(other.Nanos);

    public static bool operator <(Instant left, Instant right) => left.CompareTo(right) < 0;
    public static bool operator >(Instant left, Instant right) => left.CompareTo(right) > 0;
    public static bool operator <=(Instant left, Instant right) => left.CompareTo(right) <= 0;
    public static bool operator >=(Instant left, Instant right) => left.CompareTo(right) >= 0;
}
