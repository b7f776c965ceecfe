using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orchestration.Domain.Failures;
using Orchestration.Domain.Plans;
using Orchestrator.Agents.Registry;

namespace Orchestrator.Agents.Routing;

/// <summary>Chooses who does a step's work, and counts who is at work: choice and count are one step, so no slot is given twice.</summary>
internal sealed class AgentRouter
{
    private static readonly TimeSpan SaturatedAdvice = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan OfflineAdvice = TimeSpan.FromSeconds(1);

    private readonly AgentRegistry registry;
    private readonly AgentsOptions options;
    private readonly IRoutingPolicy policy;
    private readonly Lock sync = new();
    private readonly Dictionary<AgentKey, AgentState> states = [];
    private long choices;

    public AgentRouter(AgentRegistry registry, IEnumerable<IRoutingPolicy> policies, IOptions<AgentsOptions> options)
    {
        this.registry = registry;
        this.options = options.Value;
        policy = policies.ToFrozenDictionary(p => p.Name).GetValueOrDefault(this.options.Routing)
            ?? throw new OptionsValidationException(
                AgentsOptions.Section, typeof(AgentsOptions), [$"Agents:Routing: there is no policy '{this.options.Routing}'."]);
        registry.Heard += TakeReport;
        foreach (var instance in registry.Instances)
        {
            TakeReport(instance);
        }
    }

    /// <summary>Calls of this replica in flight.</summary>
    public int InFlight
    {
        get
        {
            lock (sync)
            {
                return states.Values.Sum(state => state.InFlight);
            }
        }
    }

    /// <summary>Chooses an agent and takes a place at it.</summary>
    /// <param name="without">Apps that have refused or lost this attempt already.</param>
    /// <param name="avoid">Apps that are chosen only when no other can do it.</param>
    /// <param name="only">The one app that may be chosen; null means any.</param>
    public AgentRoute Choose(
        string tenant, AgentSelector selector, string action, IReadOnlySet<string> without, ImmutableArray<string> avoid, string? only =
            null)
    {
        var range = selector.VersionRange is { } text ? VersionRange.Parse(text) : null;
        var fitting = registry.Snapshot.Agents
            .Where(agent => agent.Serves(tenant, options.SharedTenant) && agent.Fits(selector, action, range))
            .Where(agent => only is null || agent.Key.AppId == only)
            .ToList();
        if (fitting.Count == 0)
        {
            return new AgentRoute.Unknown($"No agent{Describe(selector, action)} was ever registered.");
        }

        lock (sync)
        {
            var alive = fitting.Where(agent => !without.Contains(agent.Key.AppId)).Select(Candidate_NeedsLock).Where(c => c.Capacity > 0)
                .ToList();
            var roomy = alive.Where(candidate => candidate.Load < 1).ToList();
            return roomy.Count > 0 ? Take_NeedsLock(roomy, selector, avoid)
                : alive.Count > 0 ? new AgentRoute.NotNow(
                    FailureCode.Saturated, $"All slots of {Names(alive.Select(c => c.Agent))} are taken.", SaturatedAdvice)
                : new AgentRoute.NotNow(FailureCode.NoAgent, $"No instance of {Names(fitting)} is alive or can be reached.", OfflineAdvice);
        }
    }

    internal void Leave(AgentKey agent, TimeSpan? duration, bool fault)
    {
        lock (sync)
        {
            var state = StateOf_NeedsLock(agent);
            state.InFlight--;
            if (duration is { } measured)
            {
                state.Note(measured, fault);
            }
        }
    }

    private AgentRoute.To Take_NeedsLock(List<Candidate> candidates, AgentSelector selector, ImmutableArray<string> avoid)
    {
        var preferred = candidates.Where(candidate => !avoid.Contains(candidate.Agent.Key.AppId)).ToList();
        var eligible = preferred.Count > 0 ? preferred : candidates;
        var scored = eligible
            .Select(candidate => (Candidate: candidate, Score: policy.Score(candidate, eligible, selector)))
            .OrderByDescending(pair => pair.Score)
            .ThenBy(pair => pair.Candidate.Agent.Key.ToString(), StringComparer.Ordinal)
            .ToList();
        var chosen = scored[0].Candidate.Agent;
        var state = StateOf_NeedsLock(chosen.Key);
        state.InFlight++;
        state.LastChosen = ++choices;
        return new AgentRoute.To(
            chosen,
            new Place(this, chosen.Key),
            new RouteDecision(policy.Name, chosen.Key.ToString(),
                [.. scored.Select(p => (p.Candidate.Agent.Key.ToString(), p.Score, p.Candidate.Load))]));
    }

    private Candidate Candidate_NeedsLock(AgentModel agent)
    {
        var state = StateOf_NeedsLock(agent.Key);
        var alive = registry.AliveInstances(agent.Key).Select(instance => instance.InstanceId).ToHashSet();
        var capacity = alive.Count * agent.MaxTasks;
        var used = state.InFlight + state.Foreign.Where(foreign => alive.Contains(foreign.Key)).Sum(foreign => foreign.Value.Lower);
        var load = capacity == 0 ? 1 : Math.Min(1, (double)used / capacity);
        return new Candidate(agent, load, capacity, state.SuccessRate, state.Latency, state.LastChosen);
    }

    private AgentState StateOf_NeedsLock(AgentKey agent) =>
        states.TryGetValue(agent, out var state) ? state : states[agent] = new AgentState();

    /// <summary>Splits the reported load of an instance into ours and that of other replicas.</summary>
    private void TakeReport(InstanceState instance)
    {
        lock (sync)
        {
            foreach (var agent in registry.Snapshot.Agents.Where(agent => agent.Key.AppId == instance.Key.AppId))
            {
                var state = StateOf_NeedsLock(agent.Key);
                if (instance.Lost)
                {
                    state.Foreign.Remove(instance.Key.InstanceId);
                    continue;
                }

                // Which of our calls are at this instance is not known; so others are rather believed too few than too many.
                var reported = instance.Loads.TryGetValue(agent.Key.AgentId, out var load) ? load.Running + load.Queued : 0;
                var foreign = Math.Max(0, reported - state.InFlight);
                var before = state.Foreign.TryGetValue(instance.Key.InstanceId, out var known) ? known.Last : foreign;
                state.Foreign[instance.Key.InstanceId] = (foreign, Math.Min(foreign, before));
            }
        }
    }

    private static string Describe(AgentSelector selector, string action)
    {
        var agent = selector.Agent is { } id ? $" named '{id}'" : "";
        var capability = selector.Capability is { } tag ? $", the capability '{tag}'" : "";
        var version = selector.VersionRange is { } range ? $", a version {range}" : "";
        return $"{agent} with the action '{action}'{capability}{version}";
    }

    private static string Names(IEnumerable<AgentModel> agents) => string.Join(", ", agents.Select(agent => agent.Key.ToString()));
}
