using System.Collections.Immutable;

namespace Orchestrator.Agents.Registry;

/// <summary>Names one process of agents.</summary>
internal readonly record struct InstanceKey(string AppId, string InstanceId);

/// <summary>Load an instance reported for one of its agents.</summary>
internal readonly record struct ReportedLoad(int Running, int Queued);

/// <summary>
/// One process of agents, as it was last heard of. Beats are compared for change and timed where they are seen, so clocks of
/// different machines need not agree.
/// </summary>
/// <param name="Descriptors">Hash of what the process offers.</param>
/// <param name="Beat">Differs with every sign of life.</param>
/// <param name="HeardAt">Timestamp at which this replica saw the beat change; for what it found at its start, when the beat was made.</param>
/// <param name="IsDirect">True when it told this replica, false when another one wrote it down.</param>
/// <param name="Lost">A call to it broke since; the next sign of life clears it.</param>
/// <param name="Loads">By agent id.</param>
internal sealed record InstanceState(
    InstanceKey Key, string Descriptors, long Beat, long HeardAt, bool IsDirect, bool Lost, ImmutableSortedDictionary<string, ReportedLoad> Loads);
