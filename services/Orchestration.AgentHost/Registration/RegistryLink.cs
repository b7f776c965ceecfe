using Grpc.Core;
using Microsoft.Extensions.Options;
using Orchestration.Contracts;
using Orchestration.Hosting;
using Orchestration.Hosting.Sidecar;

namespace Orchestration.AgentHost.Registration;

/// <summary>What this process tells the orchestrator about itself. After Leave nothing is said any more.</summary>
internal sealed class RegistryLink(
    SidecarChannel sidecar, AgentCatalog catalog, ServiceHostOptions host, IOptions<AgentOptions> options, TimeProvider time) : IDisposable
{
    // A registration is written to a store, which may be slow when everything starts at once; signs of life are not.
    private static readonly TimeSpan RegisterPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim turn = new(1);
    private readonly RegistryService.RegistryServiceClient registry = new(sidecar.To(options.Value.Orchestrator));
    private bool left;

    /// <summary>Announces the process; returns how often it is to give a sign of life.</summary>
    public Task<TimeSpan> RegisterAsync(CancellationToken cancellationToken) => SayAsync(
        RegisterPatience,
        async call =>
        {
            var answer = await registry.RegisterInstanceAsync(
                new RegisterInstanceRequest
                {
                    AppId = host.AppId,
                    InstanceId = catalog.InstanceId,
                    Agents = { catalog.Agents.Select(agent => agent.Descriptor) },
                },
                call);
            return TimeSpan.FromMilliseconds(Math.Clamp(answer.HeartbeatIntervalMs, 100, 60_000));
        },
        cancellationToken);

    /// <summary>Says that the process is alive and how loaded it is; false when the orchestrator does not know it.</summary>
    public Task<bool> HeartbeatAsync(CancellationToken cancellationToken) => SayAsync(
        Patience,
        async call =>
        {
            try
            {
                await registry.HeartbeatAsync(
                    new HeartbeatRequest { AppId = host.AppId, InstanceId = catalog.InstanceId, Loads = { catalog.Agents.Select(LoadOf) } }, call);
                return true;
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
            {
                return false;
            }
        },
        cancellationToken);

    /// <summary>Says that the process takes no more calls.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Register)
        {
            return;
        }

        await SayAsync(
            Patience,
            async call =>
            {
                left = true;
                return await registry.DeregisterInstanceAsync(
                    new DeregisterInstanceRequest { AppId = host.AppId, InstanceId = catalog.InstanceId }, call);
            },
            cancellationToken);
    }

    public void Dispose() => turn.Dispose();

    private static AgentLoad LoadOf(HostedAgent agent)
    {
        var (running, queued) = agent.Slots.Load;
        return new AgentLoad { AgentId = agent.Id, Running = running, Queued = queued };
    }

    private async Task<T> SayAsync<T>(TimeSpan patience, Func<CallOptions, Task<T>> say, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(left, this);
            var headers = new Metadata();
            if (options.Value.ApiKey.Length > 0)
            {
                headers.Add("authorization", $"Bearer {options.Value.ApiKey}");
            }

            return await say(new CallOptions(headers, time.GetUtcNow().UtcDateTime + patience, cancellationToken));
        }
        finally
        {
            turn.Release();
        }
    }
}
