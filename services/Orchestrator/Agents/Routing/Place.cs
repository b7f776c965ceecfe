using Orchestrator.Agents.Registry;

namespace Orchestrator.Agents.Routing;

/// <summary>One call's share of an agent's capacity. Disposing it gives it back.</summary>
internal sealed class Place(AgentRouter router, AgentKey agent) : IDisposable
{
    private bool fault;
    private TimeSpan? duration;
    private int left;

    /// <summary>How the call went; what is not noted says nothing about the agent.</summary>
    public void Note(TimeSpan duration, bool fault) => (this.duration, this.fault) = (duration, fault);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref left, 1) == 0)
        {
            router.Leave(agent, duration, fault);
        }
    }
}
