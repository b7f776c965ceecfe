using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orchestration.Client;
using Orchestration.Contracts;
using Testing;

namespace Cli.Tests;

/// <summary>A monitor that answers what a test says, behind a real socket, and the connection file that leads there.</summary>
internal sealed class SystemStub : IAsyncDisposable
{
    private readonly MemorySidecar _sidecar;
    private readonly Folder _folder = new();

    private SystemStub(MemorySidecar sidecar, Monitor monitor)
    {
        _sidecar = sidecar;
        Queries = monitor;
        new ConnectionFile(sidecar.Address, "key", null).Write(_folder["connection.json"]);
    }

    public Monitor Queries { get; }

    public string ConnectionFile => _folder["connection.json"];

    public static async Task<SystemStub> StartAsync()
    {
        var monitor = new Monitor();
        return new SystemStub(
            await MemorySidecar.StartAsync(TestContext.Current.CancellationToken, services => services.AddSingleton(monitor), app => app.MapGrpcService<Monitor>()),
            monitor);
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

        public ListRunsRequest? Listed { get; private set; }

        public override Task<Run> GetRun(GetRunRequest request, ServerCallContext context) => Task.FromResult(new Run { RunId = request.RunId });

        public override Task<ListRunsResponse> ListRuns(ListRunsRequest request, ServerCallContext context)
        {
            Listed = request;
            return Task.FromResult(new ListRunsResponse { Runs = { new Run { RunId = "r1", PlanId = "p" } } });
        }

        public override async Task WatchRun(WatchRunRequest request, IServerStreamWriter<RunEvent> responseStream, ServerCallContext context)
        {
            if (Late-- > 0)
            {
                throw new RpcException(new Status(StatusCode.NotFound, "no such run"));
            }

            foreach (var happened in Events.Where(happened => happened.Sequence >= request.FromSequence))
            {
                await responseStream.WriteAsync(happened, context.CancellationToken);
            }
        }
    }
}
