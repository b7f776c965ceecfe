using Dapr.DurableTask.Protobuf;
using Grpc.Core;

namespace Local.Tests.Sidecars;

/// <summary>A worker in the shape of the protocol: workflows are functions of the history, activities of their input.</summary>
internal sealed class TestWorker : IAsyncDisposable
{
    private readonly TaskHubSidecarService.TaskHubSidecarServiceClient client;
    private readonly CancellationTokenSource stopping = new();
    private readonly AsyncServerStreamingCall<WorkItem> call;
    private readonly Dictionary<string, List<HistoryEvent>> kept = [];
    private readonly bool stateful;
    private readonly Task loop;

    public TestWorker(TaskHubSidecarService.TaskHubSidecarServiceClient client, bool stateful = false)
    {
        this.client = client;
        this.stateful = stateful;
        var request = new GetWorkItemsRequest();
        if (stateful)
        {
            request.Capabilities.Add(WorkerCapability.StatefulHistory);
        }

        call = client.GetWorkItems(request, cancellationToken: stopping.Token);
        loop = RunAsync();
    }

    /// <summary>All events so far in, the actions of this turn out.</summary>
    public Func<IReadOnlyList<HistoryEvent>, IEnumerable<WorkflowAction>> Workflow { get; init; } = _ => [];

    public Func<ActivityRequest, string?> Activity { get; init; } = request => request.Input;

    /// <summary>How many past events came with each turn, and how many of them the worker was expected to have.</summary>
    public List<(int Sent, int Cached)> Turns { get; } = [];

    public static WorkflowAction Complete(string result) => new()
    {
        Id = 1000,
        CompleteWorkflow = new CompleteWorkflowAction { WorkflowStatus = OrchestrationStatus.Completed, Result = result },
    };

    public static WorkflowAction Task(int id, string name, string input) =>
        new() { Id = id, ScheduleTask = new ScheduleTaskAction { Name = name, Input = input, TaskExecutionId = $"x{id}" } };

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        call.Dispose();
        await loop;
        stopping.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            await foreach (var item in call.ResponseStream.ReadAllAsync(stopping.Token))
            {
                await HandleAsync(item);
            }
        }
        catch (RpcException error) when (error.StatusCode is StatusCode.Cancelled or StatusCode.Unavailable)
        {
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task HandleAsync(WorkItem item)
    {
        if (item.WorkflowRequest is { } turn)
        {
            await client.CompleteOrchestratorTaskAsync(Answer(turn, item.CompletionToken), cancellationToken: stopping.Token);
        }
        else if (item.ActivityRequest is { } activity)
        {
            await client.CompleteActivityTaskAsync(
                new ActivityResponse
                {
                    InstanceId = activity.WorkflowInstance.InstanceId,
                    TaskId = activity.TaskId,
                    Result = Activity(activity),
                    CompletionToken = item.CompletionToken,
                },
                cancellationToken: stopping.Token);
        }
    }

    private WorkflowResponse Answer(WorkflowRequest turn, string token)
    {
        var past = turn.PastEvents.ToList();
        var cached = turn.CachedHistory?.EventCount ?? 0;
        Turns.Add((past.Count, cached));
        if (cached > 0)
        {
            Assert.Equal(cached, kept[turn.InstanceId].Count);
            past = [.. kept[turn.InstanceId], .. past];
        }

        if (stateful)
        {
            kept[turn.InstanceId] = past;
        }

        var response = new WorkflowResponse { InstanceId = turn.InstanceId, CompletionToken = token };
        response.Actions.AddRange(Workflow([.. past, .. turn.NewEvents]));
        return response;
    }
}
