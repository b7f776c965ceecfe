using System.Collections.Immutable;

namespace Orchestrator.Agents.Registry;

/// <summary>Names one process of agents.</summary>
internal readonly record struct InstanceKey(string AppId, string InstanceId);

/// <summary>Load an instance reported for one of its agents.</summary>
internal readonly record struct ReportedLoad(int Running, int Queued);

/// <summary>
/// One process of agents, as it was last heard of. Beats are compared for change and timed where they are seen, so clocks of
/// different machines need not agree. The one exception, <paramref name="HeardAt"/> of what a replica finds at its start, can make an
/// agent look offline, or online, until its next beat is due; nothing is forgotten by it.
/// </summary>
/// <param name="Descriptors">Hash of what the process offers.</param>
/// <param name="Beat">Differs with every sign of life; 0 before the first.</param>
/// <param name="HeardAt">Timestamp of its last sign of life, by the clock that made it; without a meaning before the first.</param>
/// <param name="NoticedAt">Timestamp at which this replica first saw the process, or last saw its beat change.</param>
/// <param name="IsDirect">True when it told this replica, false when another one wrote it down.</param>
/// <param name="Lost">A call to it broke since; the next sign of life clears it.</param>
/// <param name="Loads">By agent id.</param>
internal sealed record InstanceState(
    InstanceKey Key,
    string Descriptors,
    long Beat,
    long HeardAt,
    long NoticedAt,
    bool IsDirect,
    bool Lost,
    ImmutableSortedDictionary<string, ReportedLoad> Loads);
