using DurableEngine;
using DurableEngine.Dispatch;
using Wire = Dapr.DurableTask.Protobuf;

namespace Sidecar.Workflows;

/// <summary>Work items and instance states to the wire.</summary>
internal static class WorkItemMapping
{
    public static Wire.WorkItem ToWire(this TurnItem item)
    {
        var request = new Wire.WorkflowRequest { InstanceId = item.InstanceId, ExecutionId = item.ExecutionId };
        request.PastEvents.AddRange(item.PastEvents.Select(EventMapping.ToWire));
        request.NewEvents.AddRange(item.NewEvents.Select(EventMapping.ToWire));
        if (item.CachedEvents > 0)
        {
            request.CachedHistory = new Wire.CachedHistory { EventCount = item.CachedEvents };
        }

        return new Wire.WorkItem { WorkflowRequest = request, CompletionToken = item.Token };
    }

    public static Wire.WorkItem ToWire(this ActivityItem item) => new()
    {
        CompletionToken = item.Token,
        ActivityRequest = new Wire.ActivityRequest
        {
            Name = item.Task.Name,
            Version = item.Task.Version,
            Input = item.Task.Input,
            TaskId = item.Task.EventId,
            TaskExecutionId = item.Task.TaskExecutionId,
            WorkflowInstance = new Wire.WorkflowInstance { InstanceId = item.InstanceId, ExecutionId = item.ExecutionId },
            ParentTraceContext = item.Task.Trace?.ToWire(),
        },
    };

    public static Wire.GetInstanceResponse ToResponse(this InstanceSnapshot? snapshot, bool inputsAndOutputs)
    {
        if (snapshot is null)
        {
            return new Wire.GetInstanceResponse { Exists = false };
        }

        var state = new Wire.WorkflowState
        {
            InstanceId = snapshot.InstanceId,
            Name = snapshot.Name,
            Version = snapshot.Version,
            WorkflowStatus = (Wire.OrchestrationStatus)snapshot.Status,
            ScheduledStartTimestamp = snapshot.ScheduledStart?.ToWire(),
            CreatedTimestamp = snapshot.Created.ToWire(),
            LastUpdatedTimestamp = snapshot.LastUpdated.ToWire(),
            CompletedTimestamp = snapshot.Completed?.ToWire(),
            StartedAt = snapshot.Started?.ToWire(),
            ExecutionId = snapshot.ExecutionId,
            ParentInstanceId = snapshot.Parent?.InstanceId,
            ParentAppId = snapshot.Parent?.App,
        };
        state.Tags.Add(snapshot.Tags.ToDictionary());
        if (inputsAndOutputs)
        {
            state.Input = snapshot.Input;
            state.Output = snapshot.Output;
            state.CustomStatus = snapshot.CustomStatus;
            state.FailureDetails = snapshot.Failure?.ToWire();
        }

        return new Wire.GetInstanceResponse { Exists = true, WorkflowState = state };
    }
}
