using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Sidecar.Apps;
using Sidecar.Invocation;
using Sidecar.Jobs;
using Sidecar.Locks;
using Sidecar.PubSub;
using Sidecar.Secrets;
using Sidecar.State;
using Sidecar.Workflows;

namespace Sidecar.Api;

/// <summary>The building blocks behind the API.</summary>
internal sealed record BuildingBlocks(
    StateApi State, Publisher Publisher, SecretStores Secrets, LockApi Locks, JobApi Jobs, MethodInvoker Methods);

/// <summary>The Dapr gRPC API. Only says who asks and hands on to the building block.</summary>
internal sealed class DaprService(BuildingBlocks blocks, StreamSubscriptions streams, WorkflowManagement workflows, DaprMetadata metadata)
    : Dapr.Client.Autogen.Grpc.v1.Dapr.DaprBase
{
    private static readonly Empty Nothing = new();

    public override async Task<InvokeResponse> InvokeService(InvokeServiceRequest request, ServerCallContext context)
    {
        var call = new MethodCall(
            App(context), request.Id, request.Message ?? new InvokeRequest(), context.GetHttpContext().Request.Headers);
        var answer = await blocks.Methods.InvokeAsync(call, context.CancellationToken)
            ?? throw new RpcException(
                new Status(StatusCode.Internal, $"failed to invoke, id: {request.Id}, err: couldn't find service: {request.Id}"));
        await context.WriteResponseHeadersAsync(answer.Headers);
        return answer.Response;
    }

    public override Task<GetStateResponse> GetState(GetStateRequest request, ServerCallContext context) =>
        blocks.State.GetAsync(App(context), request, context.CancellationToken);

    public override Task<GetBulkStateResponse> GetBulkState(GetBulkStateRequest request, ServerCallContext context) =>
        blocks.State.GetBulkAsync(App(context), request, context.CancellationToken);

    public override Task<Empty> SaveState(SaveStateRequest request, ServerCallContext context) =>
        Empty(blocks.State.SaveAsync(App(context), request, context.CancellationToken));

    public override Task<Empty> DeleteState(DeleteStateRequest request, ServerCallContext context) =>
        Empty(blocks.State.DeleteAsync(App(context), request, context.CancellationToken));

    public override Task<Empty> DeleteBulkState(DeleteBulkStateRequest request, ServerCallContext context) =>
        Empty(blocks.State.DeleteBulkAsync(App(context), request, context.CancellationToken));

    public override Task<Empty> ExecuteStateTransaction(ExecuteStateTransactionRequest request, ServerCallContext context) =>
        Empty(blocks.State.ExecuteAsync(App(context), request, context.CancellationToken));

    public override Task<Empty> PublishEvent(PublishEventRequest request, ServerCallContext context) =>
        Publisher.GuardedAsync(() =>
        {
            var headers = context.RequestHeaders;
            var publish = new PublishContext(
                App(context), request.PubsubName, request.Topic, request.Metadata, headers.GetValue("traceparent"), headers.GetValue(
                    "tracestate"));
            return Empty(blocks.Publisher.PublishAsync(publish, request.Data.Memory, request.DataContentType, context.CancellationToken));
        });

    public override Task<BulkPublishResponse> BulkPublishEvent(BulkPublishRequest request, ServerCallContext context) =>
        Publisher.GuardedAsync(() => blocks.Publisher.PublishAsync(App(context), request, context.CancellationToken));

    public override Task<BulkPublishResponse> BulkPublishEventAlpha1(BulkPublishRequest request, ServerCallContext context) =>
        BulkPublishEvent(request, context);

    public override Task SubscribeTopicEventsAlpha1(
        IAsyncStreamReader<SubscribeTopicEventsRequestAlpha1> requestStream,
        IServerStreamWriter<SubscribeTopicEventsResponseAlpha1> responseStream,
        ServerCallContext context) => streams.RunAsync(Caller(context), requestStream, responseStream, context.CancellationToken);

    public override Task<GetSecretResponse> GetSecret(GetSecretRequest request, ServerCallContext context) =>
        Task.FromResult(blocks.Secrets.Get(App(context), request));

    public override Task<GetBulkSecretResponse> GetBulkSecret(GetBulkSecretRequest request, ServerCallContext context) =>
        Task.FromResult(blocks.Secrets.GetBulk(App(context), request));

    public override Task<TryLockResponse> TryLockAlpha1(TryLockRequest request, ServerCallContext context) =>
        blocks.Locks.TryLockAsync(App(context), request, context.CancellationToken);

    public override Task<UnlockResponse> UnlockAlpha1(UnlockRequest request, ServerCallContext context) =>
        blocks.Locks.UnlockAsync(App(context), request, context.CancellationToken);

    public override async Task<ScheduleJobResponse> ScheduleJob(ScheduleJobRequest request, ServerCallContext context)
    {
        await blocks.Jobs.ScheduleAsync(App(context), request, context.CancellationToken);
        return new ScheduleJobResponse();
    }

    public override Task<ScheduleJobResponse> ScheduleJobAlpha1(ScheduleJobRequest request, ServerCallContext context) =>
        ScheduleJob(request, context);

    public override Task<GetJobResponse> GetJob(GetJobRequest request, ServerCallContext context) =>
        Task.FromResult(blocks.Jobs.Get(App(context), request.Name));

    public override Task<GetJobResponse> GetJobAlpha1(GetJobRequest request, ServerCallContext context) => GetJob(request, context);

    public override async Task<DeleteJobResponse> DeleteJob(DeleteJobRequest request, ServerCallContext context)
    {
        await blocks.Jobs.DeleteAsync(App(context), request.Name, context.CancellationToken);
        return new DeleteJobResponse();
    }

    public override Task<DeleteJobResponse> DeleteJobAlpha1(DeleteJobRequest request, ServerCallContext context) =>
        DeleteJob(request, context);

    public override async Task<DeleteJobsByPrefixResponse> DeleteJobsByPrefix(DeleteJobsByPrefixRequest request, ServerCallContext context)
    {
        await blocks.Jobs.DeleteByPrefixAsync(App(context), request.NamePrefix, context.CancellationToken);
        return new DeleteJobsByPrefixResponse();
    }

    public override async Task<DeleteJobsByPrefixResponseAlpha1> DeleteJobsByPrefixAlpha1(
        DeleteJobsByPrefixRequestAlpha1 request, ServerCallContext context)
    {
        await blocks.Jobs.DeleteByPrefixAsync(App(context), request.NamePrefix, context.CancellationToken);
        return new DeleteJobsByPrefixResponseAlpha1();
    }

    public override Task<ListJobsResponse> ListJobs(ListJobsRequest request, ServerCallContext context) =>
        Task.FromResult(new ListJobsResponse { Jobs = { blocks.Jobs.List(App(context)) } });

    public override Task<ListJobsResponseAlpha1> ListJobsAlpha1(ListJobsRequestAlpha1 request, ServerCallContext context) =>
        Task.FromResult(new ListJobsResponseAlpha1 { Jobs = { blocks.Jobs.List(App(context)) } });

    public override Task<StartWorkflowResponse> StartWorkflowBeta1(StartWorkflowRequest request, ServerCallContext context) =>
        workflows.StartAsync(App(context), request, context.CancellationToken);

    public override Task<GetWorkflowResponse> GetWorkflowBeta1(GetWorkflowRequest request, ServerCallContext context) =>
        workflows.GetAsync(App(context), request, context.CancellationToken);

    public override Task<Empty> TerminateWorkflowBeta1(TerminateWorkflowRequest request, ServerCallContext context) =>
        Empty(workflows.TerminateAsync(App(context), request, context.CancellationToken));

    public override Task<Empty> PauseWorkflowBeta1(PauseWorkflowRequest request, ServerCallContext context) =>
        Empty(workflows.PauseAsync(App(context), request, context.CancellationToken));

    public override Task<Empty> ResumeWorkflowBeta1(ResumeWorkflowRequest request, ServerCallContext context) =>
        Empty(workflows.ResumeAsync(App(context), request, context.CancellationToken));

    public override Task<Empty> PurgeWorkflowBeta1(PurgeWorkflowRequest request, ServerCallContext context) =>
        Empty(workflows.PurgeAsync(App(context), request, context.CancellationToken));

    public override Task<Empty> RaiseEventWorkflowBeta1(RaiseEventWorkflowRequest request, ServerCallContext context) =>
        Empty(workflows.RaiseAsync(App(context), request, context.CancellationToken));

    public override Task<GetMetadataResponse> GetMetadata(GetMetadataRequest request, ServerCallContext context) =>
        metadata.GetAsync(Caller(context), context.CancellationToken);

    public override Task<Empty> SetMetadata(SetMetadataRequest request, ServerCallContext context)
    {
        metadata.Set(Caller(context), request.Key, request.Value);
        return Task.FromResult(Nothing);
    }

    public override Task<Empty> Shutdown(ShutdownRequest request, ServerCallContext context)
    {
        metadata.Stop();
        return Task.FromResult(Nothing);
    }

    private static AppReplica Caller(ServerCallContext context) => AppDirectory.Caller(context.GetHttpContext());

    private static string App(ServerCallContext context) => Caller(context).AppId;

    private static async Task<Empty> Empty(Task call)
    {
        await call;
        return Nothing;
    }
}
