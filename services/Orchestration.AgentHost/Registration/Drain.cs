using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestration.AgentHost.Execution;

namespace Orchestration.AgentHost.Registration;

/// <summary>Ends the process in order, before its door closes: says goodbye, takes no more calls, finishes those in flight.</summary>
internal sealed partial class Drain(RegistryLink link, CallsInFlight calls, IOptions<AgentOptions> options, ILogger<Drain> logger)
    : IHostedLifecycleService
{
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var drained = calls.DrainAsync(options.Value.DrainTimeout, cancellationToken);
        try
        {
            await link.LeaveAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is RpcException or OperationCanceledException)
        {
            LogUnheard(logger, exception.Message);
        }

        await drained;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1, LogLevel.Warning, "The orchestrator did not hear that this instance ends: {Reason}")]
    private static partial void LogUnheard(ILogger logger, string reason);
}
