using DurableEngine.History;
using Wire = Dapr.DurableTask.Protobuf;

namespace Sidecar.Workflows;

/// <summary>History events to the wire, and the few kinds that come from it.</summary>
internal static class EventMapping
{
    public static Wire.HistoryEvent ToWire(this HistoryEvent value)
    {
        var wire = new Wire.HistoryEvent { EventId = value.EventId, Timestamp = value.Timestamp.ToWire(), Router = value.Router?.ToWire() };
        if (!SetTask(wire, value) && !SetLifecycle(wire, value))
        {
            SetSignal(wire, value);
        }

        return wire;
    }

    /// <summary>What a worker carries over into a new generation; only raised events make sense there.</summary>
    public static HistoryEvent? ToCarryOver(this Wire.HistoryEvent wire) => wire.EventTypeCase switch
    {
        Wire.HistoryEvent.EventTypeOneofCase.EventRaised => new EventRaised(wire.EventRaised.Name, wire.EventRaised.Input),
        _ => null,
    };

    private static bool SetTask(Wire.HistoryEvent wire, HistoryEvent value)
    {
        switch (value)
        {
            case TaskScheduled e:
                wire.TaskScheduled = new Wire.TaskScheduledEvent
                {
                    Name = e.Name,
                    Version = e.Version,
                    Input = e.Input,
                    TaskExecutionId = e.TaskExecutionId,
                    ParentTraceContext = e.Trace?.ToWire(),
                };
                return true;
            case TaskCompleted e:
                wire.TaskCompleted =
                    new Wire.TaskCompletedEvent { TaskScheduledId = e.TaskId, Result = e.Result, TaskExecutionId = e.TaskExecutionId };
                return true;
            case TaskFailed e:
                wire.TaskFailed = new Wire.TaskFailedEvent
                {
                    TaskScheduledId = e.TaskId,
                    FailureDetails = e.Failure.ToWire(),
                    TaskExecutionId = e.TaskExecutionId,
                };
                return true;
            case ChildCreated e:
                wire.ChildWorkflowInstanceCreated = new Wire.ChildWorkflowInstanceCreatedEvent
                {
                    InstanceId = e.InstanceId,
                    Name = e.Name,
                    Version = e.Version,
                    Input = e.Input,
                    ParentTraceContext = e.Trace?.ToWire(),
                };
                return true;
            case ChildCompleted e:
                wire.ChildWorkflowInstanceCompleted =
                    new Wire.ChildWorkflowInstanceCompletedEvent { TaskScheduledId = e.TaskId, Result = e.Result };
                return true;
            case ChildFailed e:
                wire.ChildWorkflowInstanceFailed = new Wire.ChildWorkflowInstanceFailedEvent
                {
                    TaskScheduledId = e.TaskId,
                    FailureDetails = e.Failure.ToWire(),
                };
                return true;
            default:
                return false;
        }
    }

    private static bool SetLifecycle(Wire.HistoryEvent wire, HistoryEvent value)
    {
        switch (value)
        {
            case ExecutionStarted e:
                wire.ExecutionStarted = ToStarted(e);
                return true;
            case ExecutionCompleted e:
                wire.ExecutionCompleted = new Wire.ExecutionCompletedEvent
                {
                    WorkflowStatus = (Wire.OrchestrationStatus)e.Status,
                    Result = e.Result,
                    FailureDetails = e.Failure?.ToWire(),
                };
                return true;
            case ExecutionTerminated e:
                wire.ExecutionTerminated = new Wire.ExecutionTerminatedEvent { Input = e.Input, Recurse = e.Recurse };
                return true;
            case WorkflowStarted e:
                wire.WorkflowStarted = new Wire.WorkflowStartedEvent { Version = e.Version?.ToWire() };
                return true;
            case ExecutionSuspended e:
                wire.ExecutionSuspended = new Wire.ExecutionSuspendedEvent { Input = e.Input };
                return true;
            case ExecutionResumed e:
                wire.ExecutionResumed = new Wire.ExecutionResumedEvent { Input = e.Input };
                return true;
            case ExecutionStalled e:
                wire.ExecutionStalled =
                    new Wire.ExecutionStalledEvent { Reason = (Wire.StalledReason)e.Reason, Description = e.Description ?? "" };
                return true;
            default:
                return false;
        }
    }

    private static void SetSignal(Wire.HistoryEvent wire, HistoryEvent value)
    {
        switch (value)
        {
            case TimerCreated e:
                wire.TimerCreated = ToTimer(e);
                break;
            case TimerFired e:
                wire.TimerFired = new Wire.TimerFiredEvent { FireAt = e.FireAt.ToWire(), TimerId = e.TimerId };
                break;
            case EventSent e:
                wire.EventSent = new Wire.EventSentEvent { InstanceId = e.InstanceId, Name = e.Name, Input = e.Input };
                break;
            case EventRaised e:
                wire.EventRaised = new Wire.EventRaisedEvent { Name = e.Name, Input = e.Input };
                break;
            case DetachedCreated e:
                wire.DetachedWorkflowInstanceCreated = new Wire.DetachedWorkflowInstanceCreatedEvent { InstanceId = e.InstanceId };
                break;
            default:
                throw new NotSupportedException($"No form on the wire for {value.GetType().Name}.");
        }
    }

    private static Wire.ExecutionStartedEvent ToStarted(ExecutionStarted e)
    {
        var wire = new Wire.ExecutionStartedEvent
        {
            Name = e.Name,
            Version = e.Version,
            Input = e.Input,
            WorkflowInstance = new Wire.WorkflowInstance { InstanceId = e.InstanceId, ExecutionId = e.ExecutionId },
            ParentInstance = e.Parent?.ToWire(),
            ScheduledStartTimestamp = e.ScheduledStart?.ToWire(),
            ParentTraceContext = e.Trace?.ToWire(),
        };
        wire.Tags.Add(e.Tags.ToDictionary());
        return wire;
    }

    private static Wire.TimerCreatedEvent ToTimer(TimerCreated e)
    {
        var wire = new Wire.TimerCreatedEvent { FireAt = e.FireAt.ToWire() };
        if (e.Name is not null)
        {
            wire.Name = e.Name;
        }

        switch (e.Origin.Kind)
        {
            case TimerOriginKind.Plain:
                wire.CreateTimer = new Wire.TimerOriginCreateTimer();
                break;
            case TimerOriginKind.ExternalEvent:
                wire.ExternalEvent = new Wire.TimerOriginExternalEvent { Name = e.Origin.Value ?? "" };
                break;
            case TimerOriginKind.ActivityRetry:
                wire.ActivityRetry = new Wire.TimerOriginActivityRetry { TaskExecutionId = e.Origin.Value ?? "" };
                break;
            case TimerOriginKind.ChildRetry:
                wire.ChildWorkflowRetry = new Wire.TimerOriginChildWorkflowRetry { InstanceId = e.Origin.Value ?? "" };
                break;
        }

        return wire;
    }
}
