using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orchestration.Client;
using Orchestration.Contracts;
using Testing;

namespace Cli.Tests;

/// <summary>
/// A monitor and an orchestrator that answer what a test says, behind a real socket, and the connection file that leads there.
/// </summary>
internal sealed class SystemStub : IAsyncDisposable
{
    private readonly MemorySidecar _sidecar;
    private readonly Folder _folder = new();

    private SystemStub(MemorySidecar sidecar, Monitor monitor, Orchestrator orchestrator)
    {
        _sidecar = sidecar;
        Queries = monitor;
        Runs = orchestrator;
        new ConnectionFile(sidecar.Address, "key", null).Write(_folder["connection.json"]);
    }

    public Monitor Queries { get; }

    public Orchestrator Runs { get; }

    public string ConnectionFile => _folder["connection.json"];

    public static async Task<SystemStub> StartAsync()
    {
        var (monitor, orchestrator) = (new Monitor(), new Orchestrator());
        var (system, blobs, plans) = (new Status(), new Blobs(), new Plans());
        var sidecar = await MemorySidecar.StartAsync(
            TestContext.Current.CancellationToken,
            services => services.AddSingleton(monitor).AddSingleton(orchestrator).AddSingleton(system).AddSingleton(blobs)
                .AddSingleton(plans),
            app =>
            {
                app.MapGrpcService<Monitor>();
                app.MapGrpcService<Orchestrator>();
                app.MapGrpcService<Status>();
                app.MapGrpcService<Blobs>();
                app.MapGrpcService<Plans>();
            });
        return new SystemStub(sidecar, monitor, orchestrator);
    }

    public async ValueTask DisposeAsync()
    {
        await _sidecar.DisposeAsync();
        _folder.Dispose();
    }

    internal sealed class Monitor : RunQueryService.RunQueryServiceBase
    {
        public IReadOnlyList<RunEvent> Events { get; set; } = [];

        /// <summary>How often a watch is told that there is no such run, before there is.</summary>
        public int Late { get; set; }

        public bool IsDown { get; set; }

        /// <summary>Questions about a run that are refused as if nobody were there, before one is answered.</summary>
        public int Absent { get; set; }

        /// <summary>Watches that are refused as if nobody were there, before one is answered.</summary>
        public int Outage { get; set; }

        public Run Run { get; set; } = new();

        public ListRunsRequest? Listed { get; private set; }

        public override Task<Run> GetRun(GetRunRequest request, ServerCallContext context) => IsDown || Absent-- > 0
            ? throw new RpcException(new Grpc.Core.Status(StatusCode.Unavailable, "the monitor is down"))
            : Task.FromResult(new Run(Run) { RunId = request.RunId });

        public override Task<ListRunsResponse> ListRuns(ListRunsRequest request, ServerCallContext context)
        {
            Listed = request;
            return Task.FromResult(new ListRunsResponse { Runs = { new Run { RunId = "r1", PlanId = "p" } } });
        }

        public override async Task WatchRun(
            WatchRunRequest request, IServerStreamWriter<RunEvent> responseStream, ServerCallContext context)
        {
            if (Late-- > 0)
            {
                throw new RpcException(new Grpc.Core.Status(StatusCode.NotFound, "no such run"));
            }

            if (Outage-- > 0)
            {
                throw new RpcException(new Grpc.Core.Status(StatusCode.Unavailable, "the monitor is down"));
            }

            await context.WriteResponseHeadersAsync([new Metadata.Entry("watching", "1")]);
            foreach (var happened in Events.Where(happened => happened.Sequence >= request.FromSequence))
            {
                await responseStream.WriteAsync(happened, context.CancellationToken);
            }
        }
    }

    internal sealed class Orchestrator : RunService.RunServiceBase
    {
        public CancelRunRequest? Cancelled { get; private set; }

        public SignalRunRequest? Signalled { get; private set; }

        public SubmitRunRequest? Submitted { get; private set; }

        /// <summary>Why runs are refused; null accepts them.</summary>
        public RpcException? Refusal { get; set; }

        public override Task<SubmitRunResponse> SubmitRun(SubmitRunRequest request, ServerCallContext context)
        {
            Submitted = request;
            return Refusal is null ? Task.FromResult(new SubmitRunResponse { RunId = "r1" }) : throw Refusal;
        }

        public override Task<CancelRunResponse> CancelRun(CancelRunRequest request, ServerCallContext context)
        {
            Cancelled = request;
            return Task.FromResult(new CancelRunResponse());
        }

        public override Task<SignalRunResponse> SignalRun(SignalRunRequest request, ServerCallContext context)
        {
            Signalled = request;
            return Task.FromResult(new SignalRunResponse());
        }
    }

    internal sealed class Status : SystemService.SystemServiceBase
    {
        public override Task<SystemStatus> GetSystemStatus(GetSystemStatusRequest request, ServerCallContext context) =>
            Task.FromResult(new SystemStatus { Coordinator = "healthy" });
    }

    /// <summary>Every plan takes documents; that of the name "sourced" also where they come from.</summary>
    internal sealed class Plans : PlanService.PlanServiceBase
    {
        public override Task<PreviewPlanResponse> PreviewPlan(PreviewPlanRequest request, ServerCallContext context) =>
            Task.FromResult(new PreviewPlanResponse { Inputs = { request.PlanId == "sourced" ? ["documents", "source"] : ["documents"] } });
    }

    internal sealed class Blobs : BlobService.BlobServiceBase
    {
        public override async Task<BlobReference> UploadBlob(IAsyncStreamReader<UploadBlobRequest> requestStream, ServerCallContext context)
        {
            var (collection, size) = ("", 0L);
            await foreach (var part in requestStream.ReadAllAsync(context.CancellationToken))
            {
                collection = part.Collection.Length > 0 ? part.Collection : collection;
                size += part.Chunk.Length;
            }

            return new BlobReference { Blob = $"{collection}/hash", Size = size };
        }
    }
}
