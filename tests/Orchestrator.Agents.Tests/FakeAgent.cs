using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orchestration.Contracts.Agents;
using Orchestration.Hosting;

namespace Orchestrator.Agents.Tests;

internal delegate Task Behaviour(ExecuteRequest request, IServerStreamWriter<ExecuteResponse> stream, ServerCallContext context);

/// <summary>An agent on real sockets that does exactly what a test says, also what no agent should do.</summary>
internal sealed class FakeAgent : IAsyncDisposable
{
    private readonly WebApplication app;

    private FakeAgent(WebApplication app) => this.app = app;

    public Uri Address => app.AppAddress();

    public static async Task<FakeAgent> StartAsync(Behaviour behaviour)
    {
        var builder = ServiceHost.CreateBuilder(["--APP_PORT=0", "--HEALTH_PORT=0"], "fake");
        builder.Services.AddSingleton(behaviour);
        var app = builder.Build();
        app.MapGrpcService<Endpoint>();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new FakeAgent(app);
    }

    /// <summary>Says that the call is taken.</summary>
    public static Task AcceptAsync(ServerCallContext context, string instance, int keepAlive = 0)
    {
        var headers = new Metadata { { "agent-instance", instance } };
        if (keepAlive > 0)
        {
            headers.Add("keepalive-ms", keepAlive.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return context.WriteResponseHeadersAsync(headers);
    }

    public static ExecuteResponse Result(string json) =>
        new() { Result = new Result { Output = Google.Protobuf.ByteString.CopyFromUtf8(json) } };

    /// <summary>Dies at once, as a killed process does.</summary>
    public ValueTask DisposeAsync() => app.DisposeAsync();

    private sealed class Endpoint(Behaviour behaviour) : AgentService.AgentServiceBase
    {
        public override Task Execute(
            ExecuteRequest request, IServerStreamWriter<ExecuteResponse> responseStream, ServerCallContext context) =>
            behaviour(request, responseStream, context);
    }
}
