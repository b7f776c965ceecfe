using System.Diagnostics;
using Dapr.DurableTask.Protobuf;
using Dapr.Workflow.Abstractions;
using Dapr.Workflow.Execution;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dapr.Workflow.Worker;

/// <summary>Runs activities, a limited number at once. What an activity throws becomes its failure.</summary>
internal sealed partial class ActivityRunner(ExecutionServices services, WorkerSettings settings) : IDisposable
{
    private static readonly ActivitySource Tracing = new("Dapr.Workflow");

    private readonly ILogger _logger = services.Loggers.CreateLogger<ActivityRunner>();

    private readonly SemaphoreSlim _slots = new(settings.ActivitySlots);

    public async Task<ActivityResponse> RunAsync(ActivityRequest request)
    {
        await _slots.WaitAsync(CancellationToken.None);
        var response = new ActivityResponse { InstanceId = request.WorkflowInstance?.InstanceId ?? "", TaskId = request.TaskId };
        using var span = StartSpan(request);
        try
        {
            await using var scope = services.Scopes.CreateAsyncScope();
            if (services.Workflows.TryCreateActivity(request.Name, scope.ServiceProvider, out var activity, out var error))
            {
                response.Result = await RunAsync(activity, request);
            }
            else
            {
                response.FailureDetails = error is null
                    ? Failures.Of("ActivityNotFoundException", $"Activity '{request.Name}' is not registered with this worker.")
                    : Failures.Of(error, isNonRetriable: false);
            }
        }
#pragma warning disable CA1031 // whatever an activity throws is its result
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogThrew(_logger, e, request.Name, response.InstanceId);
            span?.SetStatus(ActivityStatusCode.Error, e.Message);
            response.FailureDetails = Failures.Of(e, isNonRetriable: false);
        }
        finally
        {
            _slots.Release();
        }

        return response;
    }

    public void Dispose() => _slots.Dispose();

    private async Task<string> RunAsync(IWorkflowActivity activity, ActivityRequest request)
    {
        var input = services.Serializer.Deserialize(request.Input, activity.InputType);
        var context = new ActivityCallContext(request.Name, request.TaskExecutionId, request.WorkflowInstance?.InstanceId ?? "");
        return services.Serializer.Serialize(await activity.RunAsync(context, input));
    }

    [LoggerMessage(30, LogLevel.Warning, "Activity {Name} of {InstanceId} threw.")]
    private static partial void LogThrew(ILogger logger, Exception exception, string name, string instanceId);

    private static Activity? StartSpan(ActivityRequest request)
    {
        var parent = request.ParentTraceContext is { TraceParent: { Length: > 0 } traceParent } trace
            && ActivityContext.TryParse(traceParent, trace.TraceState, out var parsed) ? parsed : default;
        return Tracing.StartActivity($"WorkflowActivity {request.Name}", ActivityKind.Internal, parent);
    }
}
