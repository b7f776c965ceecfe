using DurableEngine;
using DurableEngine.History;
using Kind = Dapr.DurableTask.Protobuf.WorkflowAction.WorkflowActionTypeOneofCase;
using Wire = Dapr.DurableTask.Protobuf;

namespace Sidecar.Workflows;

/// <summary>What workers answer, from the wire to the engine's records.</summary>
internal static class ActionMapping
{
    public static TurnResult ToTurnResult(this Wire.WorkflowResponse response) =>
        new(response.InstanceId, response.CompletionToken, [.. response.Actions.Select(ToAction)], response.CustomStatus)
        {
            Version = response.Version?.ToVersion(),
        };

    public static ActivityResult ToActivityResult(this Wire.ActivityResponse response) =>
        new(response.InstanceId, response.TaskId, response.CompletionToken, response.Result, response.FailureDetails?.ToFailure());

    private static WorkflowAction ToAction(Wire.WorkflowAction action) => action.WorkflowActionTypeCase switch
    {
        Kind.ScheduleTask => ToTask(action, action.ScheduleTask),
        Kind.CreateChildWorkflow => ToChild(action, action.CreateChildWorkflow),
        Kind.CreateTimer => new CreateTimer(
            action.Id,
            action.CreateTimer.FireAt.ToInstant(),
            action.CreateTimer.HasName ? action.CreateTimer.Name : null,
            ToOrigin(action.CreateTimer)),
        Kind.SendEvent =>
            new SendEvent(action.Id, action.SendEvent.Instance?.InstanceId ?? "", action.SendEvent.Name, action.SendEvent.Data),
        Kind.CompleteWorkflow => ToComplete(action.Id, action.CompleteWorkflow),
        Kind.TerminateWorkflow => new TerminateOther(action.Id, action.TerminateWorkflow.InstanceId),
        Kind.WorkflowVersionNotAvailable => new VersionNotAvailable(action.Id),
        Kind.CreateDetachedWorkflow => ToDetached(action, action.CreateDetachedWorkflow),
        _ => new UnknownAction(action.Id),
    };

    // The router stands on the action; older workers repeat it inside.
    private static ScheduleTask ToTask(Wire.WorkflowAction action, Wire.ScheduleTaskAction task) =>
        new(action.Id, task.Name, task.Version, task.Input, task.TaskExecutionId, action.Router.ToRouter() ?? task.Router.ToRouter());

    private static CreateChild ToChild(Wire.WorkflowAction action, Wire.CreateChildWorkflowAction child) =>
        new(action.Id, child.InstanceId, child.Name, child.Version, child.Input, action.Router.ToRouter() ?? child.Router.ToRouter());

    private static CompleteWorkflow ToComplete(int id, Wire.CompleteWorkflowAction complete) =>
        new(id, (WorkflowStatus)complete.WorkflowStatus, complete.Result, complete.FailureDetails?.ToFailure())
        {
            NewVersion = complete.NewVersion,
            CarryOver = [.. complete.CarryoverEvents.Select(carried => carried.ToCarryOver()).OfType<HistoryEvent>()],
        };

    private static CreateDetached ToDetached(Wire.WorkflowAction action, Wire.CreateDetachedWorkflowAction create) =>
        new(action.Id, create.InstanceId, create.Name, create.Version, create.Input, action.Router.ToRouter())
        {
            ScheduledStart = create.ScheduledStartTimestamp?.ToInstant(),
            ExecutionId = create.ExecutionId,
            Trace = create.ParentTraceContext?.ToTrace(),
            Tags = new Dictionary<string, string>(create.Tags),
        };

    private static TimerOrigin ToOrigin(Wire.CreateTimerAction timer) => timer.OriginCase switch
    {
        Wire.CreateTimerAction.OriginOneofCase.CreateTimer => new TimerOrigin(TimerOriginKind.Plain, null),
        Wire.CreateTimerAction.OriginOneofCase.ExternalEvent => new TimerOrigin(TimerOriginKind.ExternalEvent, timer.ExternalEvent.Name),
        Wire.CreateTimerAction.OriginOneofCase.ActivityRetry =>
            new TimerOrigin(TimerOriginKind.ActivityRetry, timer.ActivityRetry.TaskExecutionId),
        Wire.CreateTimerAction.OriginOneofCase.ChildWorkflowRetry =>
            new TimerOrigin(TimerOriginKind.ChildRetry, timer.ChildWorkflowRetry.InstanceId),
        _ => new TimerOrigin(TimerOriginKind.Unknown, null),
    };
}
