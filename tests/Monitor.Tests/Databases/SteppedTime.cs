namespace Monitor.Tests.Databases;

/// <summary>A clock that stands until it is set; timers are real.</summary>
internal sealed class SteppedTime : TimeProvider
{
    public DateTimeOffset Now { get; set; } = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => Now;
}
