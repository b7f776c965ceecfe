namespace Orchestrator.Agents.Routing;

/// <summary>What this replica has seen of one version of an agent on one app. Only the router changes it, under its lock.</summary>
internal sealed class AgentState
{
    private const double Weight = 0.2;

    /// <summary>Calls of this replica in flight.</summary>
    public int InFlight { get; set; }

    /// <summary>Load by instance that does not come from this replica: reported less own, the lower of the last two reports,
    /// because a report is older than our own count.</summary>
    public Dictionary<string, (int Last, int Lower)> Foreign { get; } = [];

    public double SuccessRate { get; private set; } = 1;

    public TimeSpan? Latency { get; private set; }

    public long LastChosen { get; set; }

    /// <param name="fault">True when the call failed by the agent's fault.</param>
    public void Note(TimeSpan duration, bool fault)
    {
        SuccessRate += Weight * ((fault ? 0 : 1) - SuccessRate);
        if (!fault)
        {
            Latency = Latency is { } before ? before + Weight * (duration - before) : duration;
        }
    }
}
