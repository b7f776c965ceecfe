using System.Collections.Concurrent;
using Dapr.DurableTask.Protobuf;
using Dapr.Workflow.Execution;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Dapr.Workflow.Worker;

/// <summary>Runs work items, a limited number at once, and sends their answers.</summary>
internal sealed partial class WorkItemDispatcher(
    TaskHubSidecarService.TaskHubSidecarServiceClient sidecar,
    WorkflowTurns turns,
    ActivityCalls activities,
    WorkerSettings settings,
    ILogger<WorkItemDispatcher> logger)
    : IDisposable
{
    private readonly SemaphoreSlim _workflowSlots = new(settings.WorkflowSlots);
    private readonly ConcurrentDictionary<Task, WorkStream> _activities = new();
    private volatile bool _draining;

    /// <summary>Starts an item. Never blocks: items above the limits wait in memory.</summary>
    /// <param name="item">The item.</param>
    /// <param name="onAnswered">Called when the sidecar has taken an answer.</param>
    /// <param name="stream">The item's stream; ended to give back what cannot be run.</param>
    public void Dispatch(WorkItem item, Action onAnswered, WorkStream stream)
    {
        switch (item.RequestCase)
        {
            case WorkItem.RequestOneofCase.WorkflowRequest:
                _ = Task.Run(() => RunTurnAsync(item, onAnswered, stream), CancellationToken.None);
                break;
            case WorkItem.RequestOneofCase.ActivityRequest when !_draining:
                var activity = Task.Run(() => RunActivityAsync(item, onAnswered, stream), CancellationToken.None);
                _activities.TryAdd(activity, stream);
                activity.ContinueWith(
                    done => _activities.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
                break;
            default:
                // A ping, or an activity that the sidecar hands out again when the stream ends.
                break;
        }
    }

    /// <summary>Starts no more activities and waits for those that run, as far as their stream is open. Turns go on.</summary>
    public async Task DrainActivitiesAsync(CancellationToken cancellationToken)
    {
        _draining = true;
        try
        {
            await Task.WhenAll(_activities.Select(a => Task.WhenAny(a.Key, Task.Delay(Timeout.Infinite, a.Value.Ended)))).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            LogLeftRunning(_activities.Count);
        }
    }

    public void Dispose() => _workflowSlots.Dispose();

    private async Task RunTurnAsync(WorkItem item, Action onAnswered, WorkStream stream)
    {
        var request = item.WorkflowRequest;
        await _workflowSlots.WaitAsync(CancellationToken.None);
        try
        {
            var response = await turns.RunAsync(request, item.CompletionToken, stream.Ended);
            await AnswerAsync(response);
            onAnswered();
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            LogGone(request.InstanceId);
        }
#pragma warning disable CA1031 // a turn that cannot be run is given back: it is never the failure of the workflow
        catch (Exception e)
#pragma warning restore CA1031
        {
            Abandon(request.InstanceId, e, stream);
        }
        finally
        {
            _workflowSlots.Release();
        }
    }

    // Not the newer CompleteWorkflowTask: sidecars before 1.18 do not have it.
    private async Task AnswerAsync(WorkflowResponse response)
    {
        try
        {
            await sidecar.CompleteOrchestratorTaskAsync(response, cancellationToken: CancellationToken.None);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.ResourceExhausted)
        {
            // It would never fit. A stated failure is better than a turn that is run again for ever.
            var failure = Failures.Of("TurnTooLarge", $"The answer of the turn has {response.CalculateSize()} bytes, more than the sidecar takes.");
            var failed = new WorkflowResponse
            {
                InstanceId = response.InstanceId,
                CompletionToken = response.CompletionToken,
                Actions = { Ending.Action(Ending.Failed(failure)) },
            };
            await sidecar.CompleteOrchestratorTaskAsync(failed, cancellationToken: CancellationToken.None);
        }
        catch (RpcException e) when (e.StatusCode is not (StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled))
        {
            // The sidecar has the answer and does not want it, for example because it has given the turn to another worker.
            LogAnswerRefused(response.InstanceId, e.Status.Detail);
        }
    }

    private void Abandon(string instanceId, Exception error, WorkStream stream)
    {
        if (!stream.Ended.IsCancellationRequested)
        {
            LogAbandoned(instanceId, error);
            stream.End();
        }
    }

    private async Task RunActivityAsync(WorkItem item, Action onAnswered, WorkStream stream)
    {
        try
        {
            if (await activities.RunAsync(item.ActivityRequest, item.CompletionToken, stream.Ended))
            {
                onAnswered();
            }
        }
#pragma warning disable CA1031 // an activity's own failure has been answered; this is ours, and the sidecar will deliver the call again
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogActivityLost(item.ActivityRequest.Name, item.ActivityRequest.WorkflowInstance?.InstanceId, e);
        }
    }

    [LoggerMessage(20, LogLevel.Error, "A turn of workflow instance {InstanceId} could not be run or answered; giving it back to the sidecar.")]
    private partial void LogAbandoned(string instanceId, Exception error);

    [LoggerMessage(21, LogLevel.Error, "The call of activity {Activity} for {InstanceId} is lost.")]
    private partial void LogActivityLost(string activity, string? instanceId, Exception error);

    [LoggerMessage(23, LogLevel.Warning, "Workflow instance {InstanceId} is gone; its turn is dropped.")]
    private partial void LogGone(string instanceId);

    [LoggerMessage(24, LogLevel.Warning, "The sidecar refused the answer of a turn of workflow instance {InstanceId}: {Reason}")]
    private partial void LogAnswerRefused(string instanceId, string reason);

    [LoggerMessage(22, LogLevel.Warning, "Stopping with {Count} activities running; the sidecar will hand them out again.")]
    private partial void LogLeftRunning(int count);
}
