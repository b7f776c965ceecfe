using Orchestration.Contracts.Agents;

namespace Orchestration.AgentHost.Execution;

/// <summary>What a call has paid for so far; it is reported however the call ends.</summary>
internal sealed class CallCosts
{
    private readonly Lock sync = new();
    private readonly List<Cost> costs = [];

    /// <summary>Numbered from 1, with the attempt: a later one may report it again.</summary>
    public IReadOnlyList<Cost> Paid
    {
        get
        {
            lock (sync)
            {
                return [.. costs];
            }
        }
    }

    public void Add(SkillCost cost, int attempt)
    {
        lock (sync)
        {
            costs.Add(new Cost
            {
                Call = costs.Count + 1,
                Provider = cost.Provider,
                Model = cost.Model,
                InputTokens = cost.InputTokens,
                OutputTokens = cost.OutputTokens,
                Nanos = cost.Nanos,
                Attempt = attempt,
            });
        }
    }
}
