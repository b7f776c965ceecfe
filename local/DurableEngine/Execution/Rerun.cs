using DurableEngine.History;

namespace DurableEngine.Execution;

/// <summary>A run that begins in the middle of another: its history up to a task, timer or child, which is then issued again.</summary>
internal static class Rerun
{
    /// <summary>The history of the new run: what came before is as it was, what was still open is open again.</summary>
    /// <exception cref="RefusedException">There is no such event, or it takes no input.</exception>
    public static IReadOnlyList<HistoryEvent> Fork(IReadOnlyList<HistoryEvent> history, RerunRequest request, string newId, Instant now)
    {
        var target = history.TakeWhile(e => e.EventId != request.EventId || !IsCall(e)).Count();
        if (target == history.Count)
        {
            throw new RefusedException(
                RefusalReason.NotFound, $"'{request.SourceId}' has no task, timer or child with event id {request.EventId}");
        }

        var answered = history.Take(target).Select(AnswerTo).ToHashSet();
        var again = request.OverwriteInput ? WithInput(history[target], request.Input) : history[target];
        return
        [
            .. history.Take(target).Select(e => e switch
            {
                ExecutionStarted started => started with { InstanceId = newId, ExecutionId = Guid.NewGuid().ToString() },
                _ when answered.Contains(e.EventId) => e,
                _ => Again(e, null, newId, now),
            }),
            Again(again, request.NewChildId, newId, now),
        ];
    }

    private static bool IsCall(HistoryEvent value) => value is TaskScheduled or TimerCreated or ChildCreated;

    private static int? AnswerTo(HistoryEvent value) => value switch
    {
        TaskCompleted e => e.TaskId,
        TaskFailed e => e.TaskId,
        ChildCompleted e => e.TaskId,
        ChildFailed e => e.TaskId,
        TimerFired e => e.TimerId,
        _ => null,
    };

    private static HistoryEvent WithInput(HistoryEvent value, string? input) => value switch
    {
        TaskScheduled e => e with { Input = input },
        ChildCreated e => e with { Input = input },
        _ => throw new RefusedException(RefusalReason.Invalid, $"event {value.EventId} is a timer, which has no input"),
    };

    // A task has a new key, because it is to be done again; a child must not take the place of the one there was.
    private static HistoryEvent Again(HistoryEvent value, string? newChildId, string newId, Instant now) => value switch
    {
        TaskScheduled e => e with { TaskExecutionId = Guid.NewGuid().ToString("N") },
        TimerCreated e => e with { FireAt = Later(e, now) },
        ChildCreated e => e with { InstanceId = newChildId ?? $"{newId}:{e.EventId:x4}" },
        _ => value,
    };

    // A timer waits as long as it did, one for ever still does.
    private static Instant Later(TimerCreated timer, Instant now)
    {
        var wait = timer.FireAt.ToDateTimeOffset() - timer.Timestamp.ToDateTimeOffset();
        return wait < DateTimeOffset.MaxValue - now.ToDateTimeOffset() ? Instant.From(now.ToDateTimeOffset() + wait) : timer.FireAt;
    }
}
