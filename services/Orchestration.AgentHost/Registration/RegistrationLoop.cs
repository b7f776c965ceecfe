using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestration.Hosting.Errors;

namespace Orchestration.AgentHost.Registration;

/// <summary>
/// Registers this process, gives signs of life, and registers again whenever the orchestrator has forgotten it; for ever.
/// </summary>
internal sealed partial class RegistrationLoop(
    RegistryLink link, IOptions<AgentOptions> options, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<RegistrationLoop> logger)
    : BackgroundService
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Register)
        {
            return;
        }

        try
        {
            await StartedAsync(stoppingToken);
            while (true)
            {
                var interval = await RegisterAsync(stoppingToken);
                LogRegistered(logger);
                await BeatAsync(interval, stoppingToken);
                LogForgotten(logger);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The process ends.
        }
    }

    /// <summary>Who is registered is called; so the door opens first.</summary>
    private async Task StartedAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(cancellationToken);
    }

    private async Task<TimeSpan> RegisterAsync(CancellationToken cancellationToken)
    {
        var delay = FirstDelay;
        while (true)
        {
            try
            {
                return await link.RegisterAsync(cancellationToken);
            }
            catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
            {
                LogRefused(logger, exception.StatusCode, FailureMapping.ReasonOf(exception.Status), delay);
            }

            await Task.Delay(delay, time, cancellationToken);
            delay = TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, LongestDelay.Ticks));
        }
    }

    /// <summary>Ends when the orchestrator does not know this process. An orchestrator that cannot be reached may still know it.</summary>
    private async Task BeatAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                if (!await link.HeartbeatAsync(cancellationToken))
                {
                    return;
                }
            }
            catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
            {
                LogUnheard(logger, exception.StatusCode, FailureMapping.ReasonOf(exception.Status));
            }
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Registered with the orchestrator.")]
    private static partial void LogRegistered(ILogger logger);

    [LoggerMessage(2, LogLevel.Information, "The orchestrator does not know this instance any more; it registers again.")]
    private static partial void LogForgotten(ILogger logger);

    [LoggerMessage(3, LogLevel.Warning, "Not registered ({Status}: {Detail}); again in {Delay}.")]
    private static partial void LogRefused(ILogger logger, StatusCode status, string detail, TimeSpan delay);

    [LoggerMessage(4, LogLevel.Warning, "The sign of life did not arrive ({Status}: {Detail}).")]
    private static partial void LogUnheard(ILogger logger, StatusCode status, string detail);
}
