using System.Collections.Concurrent;
using Dapr.DurableTask.Protobuf;
using Dapr.Workflow.Execution;
using Grpc.Core;

namespace Dapr.Workflow.Worker;

/// <summary>
/// Answers activity calls. A call that is delivered again while it runs, or while its result is still undelivered, is not run a second time:
/// after a lost stream the sidecar hands out everything again, and running it twice would cost twice. The official worker runs it again.
/// </summary>
internal sealed class ActivityCalls(TaskHubSidecarService.TaskHubSidecarServiceClient sidecar, ActivityRunner runner, TimeProvider time)
{
    private static readonly TimeSpan KeepUndelivered = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Call, Lazy<Task<ActivityResponse>>> _calls = new();

    /// <summary>Runs a call, or joins its run, and sends the answer.</summary>
    /// <returns>True when the sidecar has taken the answer.</returns>
    public async Task<bool> RunAsync(ActivityRequest request, string completionToken, CancellationToken streamEnded)
    {
        var call = new Call(request.WorkflowInstance?.InstanceId ?? "", request.TaskId, request.TaskExecutionId, request.Name, request.Input ?? "");
        var run = _calls.GetOrAdd(call, _ => new Lazy<Task<ActivityResponse>>(() => runner.RunAsync(request)));
        var response = (await run.Value).Clone();
        response.CompletionToken = completionToken;
        var taken = await SendAsync(response);
        if (taken && !streamEnded.IsCancellationRequested)
        {
            Forget(call, run);
        }
        else
        {
            // The sidecar may have forgotten this delivery; the next one finds the result here.
            _ = ForgetLaterAsync(call, run);
        }

        return taken;
    }

    private async Task<bool> SendAsync(ActivityResponse response)
    {
        try
        {
            await sidecar.CompleteActivityTaskAsync(response, cancellationToken: CancellationToken.None);
            return true;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.ResourceExhausted && response.FailureDetails is null)
        {
            // It would never fit, and to run the activity again for ever helps nobody.
            return await SendAsync(new ActivityResponse
            {
                InstanceId = response.InstanceId,
                TaskId = response.TaskId,
                CompletionToken = response.CompletionToken,
                FailureDetails = Failures.Of("ResultTooLarge", $"The result has {response.CalculateSize()} bytes, more than the sidecar takes."),
            });
        }
        catch (RpcException)
        {
            return false;
        }
    }

    private void Forget(Call call, Lazy<Task<ActivityResponse>> run) => _calls.TryRemove(KeyValuePair.Create(call, run));

    private async Task ForgetLaterAsync(Call call, Lazy<Task<ActivityResponse>> run)
    {
        await Task.Delay(KeepUndelivered, time, CancellationToken.None);
        Forget(call, run);
    }

    // The input is part of it because sidecars that do not tell the execution id repeat the other values after continue-as-new.
    private readonly record struct Call(string InstanceId, int TaskId, string TaskExecutionId, string Name, string Input);
}
