using Dapr.DurableTask.Protobuf;

namespace Dapr.Workflow.Execution;

/// <summary>Reads the history that callers propagate. Signatures are not verified.</summary>
internal static class PropagatedHistoryReader
{
    public static PropagatedHistory? Read(DurableTask.Protobuf.PropagatedHistory? propagated) =>
        propagated is null ? null : new PropagatedHistory([.. propagated.Chunks.Select(Read)]);

    private static PropagatedHistoryEvent Read(PropagatedHistoryChunk chunk)
    {
        var events = chunk.RawEvents.Select(HistoryEvent.Parser.ParseFrom).ToList();
        return new PropagatedHistoryEvent(
            chunk.InstanceId,
            chunk.AppId,
            chunk.WorkflowName,
            [.. events.Where(e => e.TaskScheduled is not null).Select(e => Activity(e, events))],
            [.. events.Where(e => e.ChildWorkflowInstanceCreated is not null).Select(e => Child(e, events))]);
    }

    private static PropagatedHistoryActivityResult Activity(HistoryEvent call, List<HistoryEvent> events)
    {
        var completed = events.Find(e => e.TaskCompleted?.TaskScheduledId == call.EventId)?.TaskCompleted;
        var failed = events.Find(e => e.TaskFailed?.TaskScheduledId == call.EventId)?.TaskFailed;
        return new PropagatedHistoryActivityResult(
            call.TaskScheduled.Name,
            Status(completed is not null, failed is not null),
            call.TaskScheduled.Input,
            completed?.Result,
            Failures.Read(failed?.FailureDetails));
    }

    private static PropagatedHistoryWorkflowResult Child(HistoryEvent call, List<HistoryEvent> events)
    {
        var completed = events.Find(e => e.ChildWorkflowInstanceCompleted?.TaskScheduledId == call.EventId)?.ChildWorkflowInstanceCompleted;
        var failed = events.Find(e => e.ChildWorkflowInstanceFailed?.TaskScheduledId == call.EventId)?.ChildWorkflowInstanceFailed;
        return new PropagatedHistoryWorkflowResult(
            call.ChildWorkflowInstanceCreated.Name,
            Status(completed is not null, failed is not null),
            completed?.Result,
            Failures.Read(failed?.FailureDetails));
    }

    private static PropagatedHistoryStatus Status(bool completed, bool failed) =>
        completed ? PropagatedHistoryStatus.Completed : failed ? PropagatedHistoryStatus.Failed : PropagatedHistoryStatus.Pending;
}
