using DurableEngine.History;
using Google.Protobuf.WellKnownTypes;
using Wire = Dapr.DurableTask.Protobuf;

namespace Sidecar.Workflows;

/// <summary>Small parts of the workflow protocol to and from the engine's records.</summary>
internal static class CommonMapping
{
    public static Timestamp ToWire(this Instant time) => new() { Seconds = time.Seconds, Nanos = time.Nanos };

    public static Instant ToInstant(this Timestamp time) => new(time.Seconds, time.Nanos);

    public static Wire.TaskFailureDetails ToWire(this FailureDetails failure) => new()
    {
        ErrorType = failure.ErrorType,
        ErrorMessage = failure.Message,
        StackTrace = failure.StackTrace,
        InnerFailure = failure.Inner?.ToWire(),
        IsNonRetriable = failure.NonRetriable,
    };

    public static FailureDetails ToFailure(this Wire.TaskFailureDetails failure) =>
        new(failure.ErrorType, failure.ErrorMessage, failure.StackTrace, failure.InnerFailure?.ToFailure(), failure.IsNonRetriable);

    public static Wire.TraceContext ToWire(this TraceContext trace) =>
        new() { TraceParent = trace.TraceParent, TraceState = trace.TraceState };

    public static TraceContext ToTrace(this Wire.TraceContext trace) => new(trace.TraceParent, trace.TraceState);

    public static Wire.TaskRouter ToWire(this TaskRouter router)
    {
        var wire = new Wire.TaskRouter { SourceAppID = router.SourceApp };
        if (router.TargetApp is not null)
        {
            wire.TargetAppID = router.TargetApp;
        }

        return wire;
    }

    /// <summary>Nothing to route when no other app is named.</summary>
    public static TaskRouter? ToRouter(this Wire.TaskRouter? router) =>
        router is { HasTargetAppID: true } ? new TaskRouter(router.SourceAppID, router.TargetAppID) : null;

    public static Wire.WorkflowVersion ToWire(this WorkflowVersion version)
    {
        var wire = new Wire.WorkflowVersion { Patches = { version.Patches } };
        if (version.Name is not null)
        {
            wire.Name = version.Name;
        }

        return wire;
    }

    public static WorkflowVersion ToVersion(this Wire.WorkflowVersion version) =>
        new(version.HasName ? version.Name : null, [.. version.Patches]);

    public static Wire.ParentInstanceInfo ToWire(this ParentInstance parent)
    {
        var wire = new Wire.ParentInstanceInfo
        {
            TaskScheduledId = parent.TaskId,
            Name = parent.Name,
            WorkflowInstance = new Wire.WorkflowInstance { InstanceId = parent.InstanceId, ExecutionId = parent.ExecutionId },
        };
        if (parent.App is not null)
        {
            wire.AppID = parent.App;
        }

        return wire;
    }
}
