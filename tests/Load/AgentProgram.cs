using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using Grpc.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Load;

/// <summary>The other process of remote steps: listens on the port of AGENT_PORT.</summary>
internal static class AgentProgram
{
    public static async Task<int> RunAsync()
    {
        var port = int.Parse(Environment.GetEnvironmentVariable("AGENT_PORT")!, CultureInfo.InvariantCulture);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<StepsService>();
        await using var app = builder.Build();
        app.MapGrpcService<StepsService>();
        await app.StartAsync();
        Console.WriteLine(Readiness.Line);
        await app.WaitForShutdownAsync();
        return 0;
    }

    private sealed class StepsService : Steps.StepsBase
    {
        private readonly ConcurrentDictionary<ServerCallContext, Channel<StepBegun>> _watchers = [];

        public override async Task<StepReply> Take(StepRequest request, ServerCallContext context)
        {
            foreach (var (_, watcher) in _watchers)
            {
                watcher.Writer.TryWrite(new StepBegun());
            }

            if (request.DelayMs > 0)
            {
                await Task.Delay(request.DelayMs, context.CancellationToken);
            }

            return new StepReply { Value = request.Value + 1 };
        }

        public override async Task Stream(
            IAsyncStreamReader<StepRequest> requestStream, IServerStreamWriter<StepReply> responseStream, ServerCallContext context)
        {
            while (await requestStream.MoveNext(context.CancellationToken))
            {
                await responseStream.WriteAsync(new StepReply { Value = requestStream.Current.Value + 1 }, context.CancellationToken);
            }
        }

        public override async Task Watch(WatchRequest request, IServerStreamWriter<StepBegun> responseStream, ServerCallContext context)
        {
            var begun = _watchers.GetOrAdd(context, Channel.CreateUnbounded<StepBegun>());
            await context.WriteResponseHeadersAsync([]);
            await foreach (var step in begun.Reader.ReadAllAsync(context.CancellationToken))
            {
                await responseStream.WriteAsync(step, context.CancellationToken);
            }
        }
    }
}
