using Orchestration.Domain.Plans;

namespace Orchestrator.Agents.Routing;

/// <summary>
/// <c>0.5 · (1 − load) + 0.3 · success rate + 0.2 · fastest latency ÷ own latency</c>, each part from 0 to 1. An agent without
/// history counts as successful and as fast as the fastest, so that it gets its chance.
/// </summary>
internal sealed class Balanced : IRoutingPolicy
{
    private const double LoadWeight = 0.5;
    private const double SuccessWeight = 0.3;
    private const double LatencyWeight = 0.2;

    public string Name => "balanced";

    public double Score(Candidate candidate, IReadOnlyList<Candidate> all, AgentSelector selector) =>
        LoadWeight * (1 - candidate.Load)
        + SuccessWeight * candidate.SuccessRate
        + LatencyWeight * Speed(candidate, all);

    private static double Speed(Candidate candidate, IReadOnlyList<Candidate> all)
    {
        if (candidate.Latency is not { } own || own <= TimeSpan.Zero)
        {
            return 1;
        }

        return all.Min(other => other.Latency ?? own) / own;
    }
}
