using Dapr.DurableTask.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Dapr.Workflow.Execution;

/// <summary>Identifies an event of a history without its payload. A turn's WorkflowStarted has a time of its own, so it identifies the turn.</summary>
internal readonly record struct HistoryMark(int EventId, HistoryEvent.EventTypeOneofCase Kind, Timestamp? Time, int Answers)
{
    public static HistoryMark Of(HistoryEvent e) => new(e.EventId, e.EventTypeCase, e.Timestamp, e.EventTypeCase switch
    {
        HistoryEvent.EventTypeOneofCase.TaskCompleted => e.TaskCompleted.TaskScheduledId,
        HistoryEvent.EventTypeOneofCase.TaskFailed => e.TaskFailed.TaskScheduledId,
        HistoryEvent.EventTypeOneofCase.ChildWorkflowInstanceCompleted => e.ChildWorkflowInstanceCompleted.TaskScheduledId,
        HistoryEvent.EventTypeOneofCase.ChildWorkflowInstanceFailed => e.ChildWorkflowInstanceFailed.TaskScheduledId,
        HistoryEvent.EventTypeOneofCase.TimerFired => e.TimerFired.TimerId,
        _ => -1,
    });
}
