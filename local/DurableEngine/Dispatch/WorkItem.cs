using DurableEngine.History;

namespace DurableEngine.Dispatch;

/// <summary>Something for a worker to do. Its <paramref name="Token"/> is fresh for every dispatch.</summary>
public abstract record WorkItem(string Token, string InstanceId, string ExecutionId);

/// <summary>
/// A turn. <paramref name="PastEvents"/> starts after the first <paramref name="CachedEvents"/> events, which the stream has
/// been sent before.
/// </summary>
public sealed record TurnItem(
    string Token, string InstanceId, string ExecutionId, int CachedEvents,
    IReadOnlyList<HistoryEvent> PastEvents, IReadOnlyList<HistoryEvent> NewEvents) : WorkItem(Token, InstanceId, ExecutionId);

/// <summary>An activity call. It may be delivered again after a loss; the task id stays the same then.</summary>
public sealed record ActivityItem(string Token, string InstanceId, string ExecutionId, TaskScheduled Task)
    : WorkItem(Token, InstanceId, ExecutionId);
