using Dapr.DurableTask.Protobuf;
using Kind = Dapr.DurableTask.Protobuf.HistoryEvent.EventTypeOneofCase;

namespace Dapr.Workflow.Client;

/// <summary>History events as clients see them.</summary>
internal static class HistoryMapping
{
    private static readonly Dictionary<Kind, WorkflowHistoryEventType> Types = new()
    {
        [Kind.ExecutionStarted] = WorkflowHistoryEventType.ExecutionStarted,
        [Kind.ExecutionCompleted] = WorkflowHistoryEventType.ExecutionCompleted,
        [Kind.ExecutionTerminated] = WorkflowHistoryEventType.ExecutionTerminated,
        [Kind.TaskScheduled] = WorkflowHistoryEventType.TaskScheduled,
        [Kind.TaskCompleted] = WorkflowHistoryEventType.TaskCompleted,
        [Kind.TaskFailed] = WorkflowHistoryEventType.TaskFailed,
        [Kind.ChildWorkflowInstanceCreated] = WorkflowHistoryEventType.SubOrchestrationInstanceCreated,
        [Kind.ChildWorkflowInstanceCompleted] = WorkflowHistoryEventType.SubOrchestrationInstanceCompleted,
        [Kind.ChildWorkflowInstanceFailed] = WorkflowHistoryEventType.SubOrchestrationInstanceFailed,
        [Kind.TimerCreated] = WorkflowHistoryEventType.TimerCreated,
        [Kind.TimerFired] = WorkflowHistoryEventType.TimerFired,
        [Kind.WorkflowStarted] = WorkflowHistoryEventType.OrchestratorStarted,
        [Kind.WorkflowCompleted] = WorkflowHistoryEventType.OrchestratorCompleted,
        [Kind.EventSent] = WorkflowHistoryEventType.EventSent,
        [Kind.EventRaised] = WorkflowHistoryEventType.EventRaised,
        [Kind.ContinueAsNew] = WorkflowHistoryEventType.ContinueAsNew,
        [Kind.ExecutionSuspended] = WorkflowHistoryEventType.ExecutionSuspended,
        [Kind.ExecutionResumed] = WorkflowHistoryEventType.ExecutionResumed,
        [Kind.ExecutionStalled] = WorkflowHistoryEventType.ExecutionStalled,
    };

    public static WorkflowHistoryEvent ToPublic(HistoryEvent e) =>
        new(e.EventId, Types.GetValueOrDefault(e.EventTypeCase, WorkflowHistoryEventType.Unknown), e.Timestamp?.ToDateTime() ?? default);
}
