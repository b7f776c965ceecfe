using System.Threading.Channels;
using Grpc.Core;
using Orchestration.Contracts;

namespace AgentHost.Tests;

/// <summary>An orchestrator's registry that notes what it is told and answers as the test says.</summary>
internal sealed class RegistryStub : RegistryService.RegistryServiceBase
{
    private readonly Channel<(string What, string Key, object Message)> heard = Channel.CreateUnbounded<(string, string, object)>();

    /// <summary>How many registrations are refused before one is taken.</summary>
    public int Refusals { get; set; }

    public bool Forgotten { get; set; }

    public ValueTask<(string What, string Key, object Message)> NextAsync(CancellationToken cancellationToken) =>
        heard.Reader.ReadAsync(cancellationToken);

    public override Task<RegisterInstanceResponse> RegisterInstance(RegisterInstanceRequest request, ServerCallContext context)
    {
        Note("register", context, request);
        if (Refusals-- > 0)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "starting"));
        }

        Forgotten = false;
        return Task.FromResult(new RegisterInstanceResponse { HeartbeatIntervalMs = 100 });
    }

    public override Task<HeartbeatResponse> Heartbeat(HeartbeatRequest request, ServerCallContext context)
    {
        Note("heartbeat", context, request);
        return Forgotten ? throw new RpcException(new Status(StatusCode.NotFound, "who?")) : Task.FromResult(new HeartbeatResponse());
    }

    public override Task<DeregisterInstanceResponse> DeregisterInstance(DeregisterInstanceRequest request, ServerCallContext context)
    {
        Note("deregister", context, request);
        return Task.FromResult(new DeregisterInstanceResponse());
    }

    private void Note(string what, ServerCallContext context, object message) =>
        heard.Writer.TryWrite(
            (what, $"{context.RequestHeaders.GetValue("authorization")} to {context.RequestHeaders.GetValue("dapr-app-id")}", message));
}
