using Dapr.DurableTask.Protobuf;
using DurableEngine;
using DurableEngine.History;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Sidecar.Apps;

namespace Sidecar.Workflows;

/// <summary>The service that workflow workers and clients of every Dapr SDK talk to.</summary>
internal sealed class TaskHubService(WorkflowEngine engine, WorkItemStreams streams) : TaskHubSidecarService.TaskHubSidecarServiceBase
{
    private const int DefaultPage = 1024;
    private static readonly CompleteTaskResponse Done = new();

    public override Task<Empty> Hello(Empty request, ServerCallContext context) => Task.FromResult(new Empty());

    public override Task GetWorkItems(
        GetWorkItemsRequest request, IServerStreamWriter<WorkItem> responseStream, ServerCallContext context) =>
        streams.ServeAsync(Caller(context), request.Capabilities, responseStream, context.CancellationToken);

    public override Task<CompleteTaskResponse> CompleteOrchestratorTask(WorkflowResponse request, ServerCallContext context) =>
        CompleteWorkflowTask(request, context);

    public override async Task<CompleteTaskResponse> CompleteWorkflowTask(WorkflowResponse request, ServerCallContext context)
    {
        await engine.CompleteTurnAsync(App(context), request.ToTurnResult(), context.CancellationToken);
        return Done;
    }

    public override async Task<CompleteTaskResponse> CompleteActivityTask(ActivityResponse request, ServerCallContext context)
    {
        await engine.CompleteActivityAsync(App(context), request.ToActivityResult(), context.CancellationToken);
        return Done;
    }

    public override Task<CreateInstanceResponse> StartInstance(CreateInstanceRequest request, ServerCallContext context) =>
        Guarded("failed to create workflow instance: ", async () =>
        {
            if (request.InstanceId.Length == 0 || request.Name.Length == 0)
            {
                throw new RefusedException(RefusalReason.Invalid, "instance id and workflow name must be given");
            }

            var start = new StartRequest(request.InstanceId, request.Name, request.Input)
            {
                ScheduledStart = request.ScheduledStartTimestamp?.ToInstant(),
                Trace = request.ParentTraceContext?.ToTrace(),
                Unique = request.EnforceUniqueInstanceId,
            };
            await engine.StartAsync(Target(request.Router, context), start, context.CancellationToken);
            return new CreateInstanceResponse { InstanceId = request.InstanceId };
        });

    public override async Task<GetInstanceResponse> GetInstance(GetInstanceRequest request, ServerCallContext context)
    {
        var snapshot = await engine.GetAsync(Key(request.InstanceId, request.Router, context), context.CancellationToken);
        return snapshot.ToResponse(request.GetInputsAndOutputs);
    }

    public override Task<GetInstanceResponse> WaitForInstanceStart(GetInstanceRequest request, ServerCallContext context) =>
        Guarded("", async () =>
        {
            var snapshot = await engine.WaitForStartAsync(Key(request.InstanceId, request.Router, context), context.CancellationToken);
            return snapshot.ToResponse(request.GetInputsAndOutputs);
        });

    public override Task<GetInstanceResponse> WaitForInstanceCompletion(GetInstanceRequest request, ServerCallContext context) =>
        Guarded("", async () =>
        {
            var snapshot = await engine.WaitForCompletionAsync(Key(request.InstanceId, request.Router, context), context.CancellationToken);
            return snapshot.ToResponse(request.GetInputsAndOutputs);
        });

    public override Task<RaiseEventResponse> RaiseEvent(RaiseEventRequest request, ServerCallContext context) =>
        Guarded("", async () =>
        {
            var key = Key(request.InstanceId, request.Router, context);
            await engine.RaiseEventAsync(key, request.Name, request.Input, context.CancellationToken);
            return new RaiseEventResponse();
        });

    public override Task<TerminateResponse> TerminateInstance(TerminateRequest request, ServerCallContext context) =>
        Guarded("", async () =>
        {
            var key = Key(request.InstanceId, request.Router, context);
            await engine.TerminateAsync(key, request.Output, request.Recursive, context.CancellationToken);
            return new TerminateResponse();
        });

    public override Task<SuspendResponse> SuspendInstance(SuspendRequest request, ServerCallContext context) =>
        Guarded("", async () =>
        {
            await engine.SuspendAsync(Key(request.InstanceId, request.Router, context), request.Reason, context.CancellationToken);
            return new SuspendResponse();
        });

    public override Task<ResumeResponse> ResumeInstance(ResumeRequest request, ServerCallContext context) =>
        Guarded("", async () =>
        {
            await engine.ResumeAsync(Key(request.InstanceId, request.Router, context), request.Reason, context.CancellationToken);
            return new ResumeResponse();
        });

    public override Task<PurgeInstancesResponse> PurgeInstances(PurgeInstancesRequest request, ServerCallContext context) =>
        Guarded($"failed to purge {request.InstanceId}: ", async () =>
        {
            if (request.RequestCase == PurgeInstancesRequest.RequestOneofCase.PurgeInstanceFilter)
            {
                throw new RpcException(new Status(StatusCode.Unimplemented, "multi-instance purge is not unimplemented"));
            }

            var key = Key(request.InstanceId, request.Router, context);
            var count = await engine.PurgeAsync(key, request.Recursive, request.Force, context.CancellationToken);
            return new PurgeInstancesResponse { DeletedInstanceCount = count, IsComplete = true };
        });

    public override Task<ListInstanceIDsResponse> ListInstanceIDs(ListInstanceIDsRequest request, ServerCallContext context)
    {
        var size = request.HasPageSize && request.PageSize > 0 ? (int)Math.Min(request.PageSize, DefaultPage) : DefaultPage;
        var ids = engine.ListIds(App(context), request.HasContinuationToken ? request.ContinuationToken : null, size);
        var response = new ListInstanceIDsResponse { InstanceIds = { ids } };
        if (ids.Count == size)
        {
            response.ContinuationToken = ids[^1];
        }

        return Task.FromResult(response);
    }

    public override Task<GetInstanceHistoryResponse> GetInstanceHistory(GetInstanceHistoryRequest request, ServerCallContext context) =>
        Guarded("", async () =>
        {
            var history = await engine.GetHistoryAsync(new InstanceKey(App(context), request.InstanceId), context.CancellationToken);
            return new GetInstanceHistoryResponse { Events = { history.Select(EventMapping.ToWire) } };
        });

    public override Task<RerunWorkflowFromEventResponse> RerunWorkflowFromEvent(
        RerunWorkflowFromEventRequest request, ServerCallContext context) =>
        Guarded("", async () =>
        {
            var rerun = new RerunRequest(request.SourceInstanceID, (int)Math.Min(request.EventID, int.MaxValue))
            {
                NewId = request.HasNewInstanceID ? request.NewInstanceID : null,
                NewChildId = request.HasNewChildWorkflowInstanceID ? request.NewChildWorkflowInstanceID : null,
                OverwriteInput = request.OverwriteInput,
                Input = request.Input,
            };
            var started = await engine.RerunAsync(Target(request.Router, context), rerun, context.CancellationToken);
            return new RerunWorkflowFromEventResponse { NewInstanceID = started.InstanceId };
        });

    private static async Task<T> Guarded<T>(string prefix, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (RefusedException error)
        {
            throw new RpcException(new Status(ToCode(error.Reason), prefix + error.Message));
        }
        catch (OperationCanceledException)
        {
            // Either the caller is gone and nobody reads this, or the sidecar is stopping.
            throw new RpcException(new Status(StatusCode.Unavailable, "shutting down"));
        }
    }

    private static StatusCode ToCode(RefusalReason reason) => reason switch
    {
        RefusalReason.NotFound => StatusCode.NotFound,
        RefusalReason.AlreadyExists => StatusCode.AlreadyExists,
        RefusalReason.NotTerminal or RefusalReason.Stalled => StatusCode.FailedPrecondition,
        _ => StatusCode.InvalidArgument,
    };

    private static AppReplica Caller(ServerCallContext context) => AppDirectory.Caller(context.GetHttpContext());

    private static string App(ServerCallContext context) => Caller(context).AppId;

    private static string Target(Dapr.DurableTask.Protobuf.TaskRouter? router, ServerCallContext context) => router.ToRouter()?.TargetApp
        ?? App(context);

    private static InstanceKey Key(string instanceId, Dapr.DurableTask.Protobuf.TaskRouter? router, ServerCallContext context) =>
        new(Target(router, context), instanceId);
}
