using System.Collections.Concurrent;

namespace AgentHost.Tests;

/// <summary>What tests see of, and say to, the skills of the test agent.</summary>
internal sealed class Probe
{
    private int done;

    /// <summary>One permit for each call of a skill that has begun.</summary>
    public SemaphoreSlim Begun { get; } = new(0);

    /// <summary>One permit lets one waiting skill go on.</summary>
    public SemaphoreSlim GoOn { get; } = new(0);

    /// <summary>One permit for each skill that saw its token cancelled.</summary>
    public SemaphoreSlim Cancelled { get; } = new(0);

    /// <summary>Texts in the order in which the skill worked on them.</summary>
    public ConcurrentQueue<string> Order { get; } = new();

    /// <summary>How often the external effect happened.</summary>
    public int Effects => done;

    public void Effect() => Interlocked.Increment(ref done);
}
