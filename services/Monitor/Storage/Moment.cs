using Google.Protobuf.WellKnownTypes;

namespace Monitor.Storage;

/// <summary>Times are stored as whole microseconds since 1970; 0 stands for none.</summary>
internal static class Moment
{
    /// <summary>The time an event carries, in the precision it is stored with; null when it carries none.</summary>
    public static DateTimeOffset? Of(Timestamp? timestamp) =>
        timestamp is null ? null : FromStored(timestamp.Seconds * 1_000_000 + timestamp.Nanos / 1000);

    public static DateTimeOffset? FromStored(long micros) => micros == 0 ? null : DateTimeOffset.UnixEpoch.AddMicroseconds(micros);

    public static long ToStored(DateTimeOffset? time) =>
        time is { } known && known != default ? (known - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond : 0;

    public static Timestamp? ToTimestamp(this DateTimeOffset? time) => time is { } known ? Timestamp.FromDateTimeOffset(known) : null;
}
