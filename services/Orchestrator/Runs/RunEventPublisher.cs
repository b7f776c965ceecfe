using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Options;
using Orchestration.Contracts;
using Orchestration.Domain.Execution;
using Orchestration.Hosting.Errors;
using Orchestrator.Activities;
using Orchestrator.Dispatch;
using Orchestrator.Workflows;

namespace Orchestrator.Runs;

/// <summary>Publishes the numbered facts of runs. Called by activities, which are repeated until it has worked.</summary>
internal sealed partial class RunEventPublisher(
    RunMaterial material, RunTopic topic, IOptions<DispatchOptions> options, TimeProvider clock, ILogger<RunEventPublisher> logger)
{
    // Below what brokers and sidecars take in one message, with room for large outputs.
    private const int MostPerMessage = 200;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AnnouncementLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);

    /// <summary>How long an activity that only publishes tries by itself, before it leaves the facts behind and is repeated.</summary>
    public TimeSpan Patience { get; } = options.Value.PublishPatience;

    /// <param name="patience">How long it is tried again while the broker is away; zero means once.</param>
    public async Task PublishAsync(RunRef run, string runId, FactBatch batch, TimeSpan patience, CancellationToken cancellationToken)
    {
        var mapping = await MappingAsync(run, runId, cancellationToken);
        await PublishAsync(runId, [.. batch.Facts.Select(mapping.Map)], Limit, patience, cancellationToken);
    }

    /// <summary>Publishes the first fact of a run ahead of the run itself; when that does not work, the run will.</summary>
    public async Task AnnounceAsync(RunRef run, string runId, RunFact accepted, CancellationToken cancellationToken)
    {
        try
        {
            var mapping = await MappingAsync(run, runId, cancellationToken);
            await PublishAsync(runId, [mapping.Map(accepted)], AnnouncementLimit, TimeSpan.Zero, cancellationToken);
        }
#pragma warning disable CA1031 // The run is accepted, whether or not this worked.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogUnannounced(logger, exception, runId);
        }
    }

    public async Task PublishLastAsync(RunRef run, string runId, FactBatch batch, RunEnd end, CancellationToken cancellationToken)
    {
        var mapping = await MappingAsync(run, runId, cancellationToken);
        await PublishAsync(runId, [.. batch.Facts.Select(mapping.Map), mapping.MapEnd(end)], Limit, Patience, cancellationToken);
    }

    private async Task<RunEventMapping> MappingAsync(RunRef run, string runId, CancellationToken cancellationToken)
    {
        try
        {
            return new RunEventMapping(run, runId, await material.PlanOfAsync(run, cancellationToken));
        }
        catch (FailureException lost) when (lost.Failure.IsForGood())
        {
            // A run must be able to say that it failed because its plan is gone.
            LogPlanLost(logger, lost, runId);
            return new RunEventMapping(run, runId, null);
        }
    }

    private async Task PublishAsync(
        string runId, ImmutableArray<RunEvent> events, TimeSpan limit, TimeSpan patience, CancellationToken cancellationToken)
    {
        foreach (var part in events.Chunk(MostPerMessage))
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{runId}/{part[0].Sequence}-{part[^1].Sequence}");
            await PublishAsync(id, new RunEvents { Events = { part } }, limit, patience, cancellationToken);
        }
    }

    private async Task PublishAsync(string id, RunEvents events, TimeSpan limit, TimeSpan patience, CancellationToken cancellationToken)
    {
        var since = clock.GetTimestamp();
        for (var pause = FirstPause; ; pause *= 2)
        {
            try
            {
                await topic.PublishAsync(id, events, limit, cancellationToken);
                return;
            }
            catch (Exception exception) when (Trouble.IsOutage(exception) && clock.GetElapsedTime(since) + pause < patience)
            {
                await Task.Delay(pause, clock, cancellationToken);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Run {RunId} was accepted; its first event will be published by the run itself.")]
    private static partial void LogUnannounced(ILogger logger, Exception exception, string runId);

    [LoggerMessage(2, LogLevel.Error, "The plan of run {RunId} is lost; its events name steps by position.")]
    private static partial void LogPlanLost(ILogger logger, Exception exception, string runId);
}
