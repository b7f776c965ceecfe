extern alias protos;

using System.Threading.Channels;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Sdk.Tests.Grpc;
using Xunit;
using Wire = protos::Dapr.DurableTask.Protobuf;

namespace Sdk.Tests.Dapr;

/// <summary>The worker with a sidecar that does not take its answers.</summary>
public sealed class RefusingSidecarTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StatusCode.ResourceExhausted, "ResultTooLarge")]
    [InlineData(StatusCode.Unavailable, null)]
    public async Task Result_NotTaken_IsAFailureOnlyWhenItNeverFits(StatusCode code, string? failure)
    {
        var sidecar = new Sidecar(code);
        await using var server = await StartAsync(sidecar);
        await using var app = await StartAsync(server);
        await sidecar.Work.Writer.WriteAsync(Activity(1), Token);

        Assert.Equal("1 result", await sidecar.Answers.Reader.ReadAsync(Token));
        if (failure is not null)
        {
            Assert.Equal($"1 {failure}", await sidecar.Answers.Reader.ReadAsync(Token));
        }

        // The worker goes on.
        await sidecar.Work.Writer.WriteAsync(Activity(2), Token);
        Assert.Equal("2 result", await sidecar.Answers.Reader.ReadAsync(Token));
    }

    [Theory]
    [InlineData(StatusCode.ResourceExhausted, "TurnTooLarge")]
    [InlineData(StatusCode.InvalidArgument, null)]
    [InlineData(StatusCode.NotFound, null)]
    public async Task Turn_NotTaken_IsAFailureOnlyWhenItNeverFits(StatusCode code, string? failure)
    {
        var sidecar = new Sidecar(code);
        await using var server = await StartAsync(sidecar);
        await using var app = await StartAsync(server);
        await sidecar.Work.Writer.WriteAsync(Turn("first"), Token);

        Assert.Equal("first Completed", await sidecar.Answers.Reader.ReadAsync(Token));
        if (failure is not null)
        {
            Assert.Equal($"first {failure}", await sidecar.Answers.Reader.ReadAsync(Token));
        }

        await sidecar.Work.Writer.WriteAsync(Turn("second"), Token);
        Assert.Equal("second Completed", await sidecar.Answers.Reader.ReadAsync(Token));
    }

    private static Wire.WorkItem Activity(int id) => new()
    {
        CompletionToken = $"{id}",
        ActivityRequest = new() { Name = "Do", TaskId = id, WorkflowInstance = new() { InstanceId = "i" } },
    };

    private static Wire.WorkItem Turn(string id)
    {
        var request = new Wire.WorkflowRequest { InstanceId = id };
        request.NewEvents.Add(new Wire.HistoryEvent { WorkflowStarted = new Wire.WorkflowStartedEvent(), Timestamp = new Timestamp() });
        request.NewEvents.Add(
            new Wire.HistoryEvent { ExecutionStarted = new Wire.ExecutionStartedEvent { Name = "Run" }, Timestamp = new Timestamp() });
        return new Wire.WorkItem { CompletionToken = id, WorkflowRequest = request };
    }

    private static Task<GrpcServer> StartAsync(Sidecar sidecar) =>
        GrpcServer.StartAsync(Token, services => services.AddSingleton(sidecar), app => app.MapGrpcService<Sidecar>());

    private static Task<WorkflowApp> StartAsync(GrpcServer server) => WorkflowApp.StartAsync(
        server.Address.ToString(),
        false,
        options =>
        {
            options.RegisterActivity<object?, string>("Do", (_, _) => Task.FromResult("done"));
            options.RegisterWorkflow<object?, string>("Run", (_, _) => Task.FromResult("done"));
        },
        _ => { },
        null);

    private sealed class Sidecar(StatusCode refusal) : Wire.TaskHubSidecarService.TaskHubSidecarServiceBase
    {
        private int _refusals = 1;

        public Channel<Wire.WorkItem> Work { get; } = Channel.CreateUnbounded<Wire.WorkItem>();

        public Channel<string> Answers { get; } = Channel.CreateUnbounded<string>();

        public override Task<Empty> Hello(Empty request, ServerCallContext context) => Task.FromResult(new Empty());

        public override async Task GetWorkItems(
            Wire.GetWorkItemsRequest request, IServerStreamWriter<Wire.WorkItem> responseStream, ServerCallContext context)
        {
            await foreach (var item in Work.Reader.ReadAllAsync(context.CancellationToken))
            {
                await responseStream.WriteAsync(item, context.CancellationToken);
            }
        }

        public override Task<Wire.CompleteTaskResponse> CompleteActivityTask(Wire.ActivityResponse request, ServerCallContext context) =>
            AnswerAsync($"{request.TaskId} {request.FailureDetails?.ErrorType ?? "result"}");

        public override Task<Wire.CompleteTaskResponse> CompleteOrchestratorTask(Wire.WorkflowResponse request, ServerCallContext context)
        {
            var end = request.Actions.Single().CompleteWorkflow;
            return AnswerAsync($"{request.InstanceId} {end.FailureDetails?.ErrorType ?? end.WorkflowStatus.ToString()}");
        }

        private Task<Wire.CompleteTaskResponse> AnswerAsync(string answer)
        {
            Answers.Writer.TryWrite(answer);
            return Interlocked.Decrement(ref _refusals) >= 0
                ? throw new RpcException(new Status(refusal, "no"))
                : Task.FromResult(new Wire.CompleteTaskResponse());
        }
    }
}
