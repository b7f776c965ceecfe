using Orchestrator.Agents.Registry;

namespace Orchestrator.Agents.Routing;

/// <summary>An agent that could do a step's work, as it stands at the moment of the choice.</summary>
/// <param name="Load">Work in flight over capacity, 0 to 1; 1 is saturated.</param>
/// <param name="Capacity">Calls all its live instances may execute at once.</param>
/// <param name="SuccessRate">Recent share of calls that did not fail by its fault, 0 to 1.</param>
/// <param name="Latency">Recent duration of a call; null before the first.</param>
/// <param name="LastChosen">Ordinal of the last choice that fell on it; 0 means never.</param>
internal sealed record Candidate(AgentModel Agent, double Load, int Capacity, double SuccessRate, TimeSpan? Latency, long LastChosen);
