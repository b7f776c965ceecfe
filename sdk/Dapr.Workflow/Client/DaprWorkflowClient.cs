using System.Diagnostics;
using Dapr.Common.Serialization;
using Dapr.DurableTask.Protobuf;
using Dapr.Workflow.Client;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;

namespace Dapr.Workflow;

/// <inheritdoc cref="IDaprWorkflowClient" />
public sealed class DaprWorkflowClient : IDaprWorkflowClient
{
    private static readonly TimeSpan FirstWaitDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWaitDelay = TimeSpan.FromSeconds(15);

    private readonly TaskHubSidecarService.TaskHubSidecarServiceClient _sidecar;
    private readonly GrpcChannel _channel;
    private readonly IDaprSerializer _serializer;

    internal DaprWorkflowClient(TaskHubSidecarService.TaskHubSidecarServiceClient sidecar, GrpcChannel channel, IDaprSerializer serializer)
    {
        _sidecar = sidecar;
        _channel = channel;
        _serializer = serializer;
    }

    /// <inheritdoc />
    public Task<string> ScheduleNewWorkflowAsync(string name, string? instanceId = null, object? input = null) =>
        ScheduleNewWorkflowAsync(name, instanceId, input, (DateTimeOffset?)null);

    /// <inheritdoc />
    public Task<string> ScheduleNewWorkflowAsync(string name, string? instanceId, object? input, DateTime? startTime) =>
        ScheduleNewWorkflowAsync(name, instanceId, input, startTime is { } time ? new DateTimeOffset(time) : null);

    /// <inheritdoc />
    public async Task<string> ScheduleNewWorkflowAsync(
        string name, string? instanceId, object? input, DateTimeOffset? startTime, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var request = new CreateInstanceRequest
        {
            Name = name,
            InstanceId = string.IsNullOrEmpty(instanceId) ? Guid.NewGuid().ToString() : instanceId,
            Input = _serializer.Serialize(input),
            ScheduledStartTimestamp = startTime?.ToTimestamp(),
        };
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } traceParent } activity)
        {
            request.ParentTraceContext = new TraceContext { TraceParent = traceParent, TraceState = activity.TraceStateString };
        }

        return (await _sidecar.StartInstanceAsync(request, cancellationToken: cancellation)).InstanceId;
    }

    /// <inheritdoc />
    public async Task<WorkflowState> GetWorkflowStateAsync(
        string instanceId, bool getInputsAndOutputs = true, CancellationToken cancellation = default)
    {
        try
        {
            return StateOf(await _sidecar.GetInstanceAsync(Request(instanceId, getInputsAndOutputs), cancellationToken: cancellation));
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            return StateOf(null);
        }
    }

    /// <inheritdoc />
    public Task<WorkflowState> WaitForWorkflowStartAsync(
        string instanceId, bool getInputsAndOutputs = true, CancellationToken cancellation = default) =>
        WaitAsync(() => _sidecar.WaitForInstanceStartAsync(Request(instanceId, getInputsAndOutputs), cancellationToken: cancellation), cancellation);

    /// <inheritdoc />
    public async Task<WorkflowState> WaitForWorkflowCompletionAsync(
        string instanceId, bool getInputsAndOutputs = true, CancellationToken cancellation = default)
    {
        // Payloads are fetched once, at the end, instead of with every round of the wait.
        var state = await WaitAsync(
            () => _sidecar.WaitForInstanceCompletionAsync(Request(instanceId, false), cancellationToken: cancellation), cancellation);
        return getInputsAndOutputs && state.Exists ? await GetWorkflowStateAsync(instanceId, true, cancellation) : state;
    }

    /// <inheritdoc />
    public async Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        var request = new RaiseEventRequest { InstanceId = instanceId, Name = eventName, Input = _serializer.Serialize(eventPayload) };
        await _sidecar.RaiseEventAsync(request, cancellationToken: cancellation);
    }

    /// <inheritdoc />
    public async Task TerminateWorkflowAsync(string instanceId, object? output = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var request = new TerminateRequest { InstanceId = instanceId, Output = _serializer.Serialize(output), Recursive = true };
        await _sidecar.TerminateInstanceAsync(request, cancellationToken: cancellation);
    }

    /// <inheritdoc />
    public async Task SuspendWorkflowAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        await _sidecar.SuspendInstanceAsync(new SuspendRequest { InstanceId = instanceId, Reason = reason ?? "" }, cancellationToken: cancellation);
    }

    /// <inheritdoc />
    public async Task ResumeWorkflowAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        await _sidecar.ResumeInstanceAsync(new ResumeRequest { InstanceId = instanceId, Reason = reason ?? "" }, cancellationToken: cancellation);
    }

    /// <inheritdoc />
    public async Task<bool> PurgeInstanceAsync(string instanceId, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var response = await _sidecar.PurgeInstancesAsync(
            new PurgeInstancesRequest { InstanceId = instanceId, Recursive = true }, cancellationToken: cancellation);
        return response.DeletedInstanceCount > 0;
    }

    /// <inheritdoc />
    public async Task<WorkflowInstancePage> ListInstanceIdsAsync(
        string? continuationToken = null, int? pageSize = null, CancellationToken cancellation = default)
    {
        var request = new ListInstanceIDsRequest();
        if (continuationToken is not null)
        {
            request.ContinuationToken = continuationToken;
        }

        if (pageSize is { } size)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size, nameof(pageSize));
            request.PageSize = (uint)size;
        }

        var response = await _sidecar.ListInstanceIDsAsync(request, cancellationToken: cancellation);
        return new WorkflowInstancePage([.. response.InstanceIds], response.HasContinuationToken ? response.ContinuationToken : null);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<WorkflowHistoryEvent>> GetInstanceHistoryAsync(string instanceId, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var response = await _sidecar.GetInstanceHistoryAsync(
            new GetInstanceHistoryRequest { InstanceId = instanceId }, cancellationToken: cancellation);
        return [.. response.Events.Select(HistoryMapping.ToPublic)];
    }

    /// <inheritdoc />
    public async Task<string> RerunWorkflowFromEventAsync(
        string sourceInstanceId, uint eventId, RerunWorkflowFromEventOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(sourceInstanceId);
        var request = new RerunWorkflowFromEventRequest { SourceInstanceID = sourceInstanceId, EventID = eventId };
        if (options?.NewInstanceId is { Length: > 0 } newId)
        {
            request.NewInstanceID = newId;
        }

        if (options?.OverwriteInput is true)
        {
            request.OverwriteInput = true;
            request.Input = _serializer.Serialize(options.Input);
        }

        return (await _sidecar.RerunWorkflowFromEventAsync(request, cancellationToken: cancellation)).NewInstanceID;
    }

    /// <inheritdoc />
    public void Dispose() => _channel.Dispose();

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private static GetInstanceRequest Request(string instanceId, bool getInputsAndOutputs)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return new GetInstanceRequest { InstanceId = instanceId, GetInputsAndOutputs = getInputsAndOutputs };
    }

    private async Task<WorkflowState> WaitAsync(Func<AsyncUnaryCall<GetInstanceResponse>> wait, CancellationToken cancellation)
    {
        for (var delay = FirstWaitDelay; ; delay = delay * 2 < LongestWaitDelay ? delay * 2 : LongestWaitDelay)
        {
            try
            {
                return StateOf(await wait());
            }
            catch (RpcException e) when (e.StatusCode is StatusCode.DeadlineExceeded or StatusCode.Unavailable)
            {
                await Task.Delay(delay, cancellation);
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
            {
                return StateOf(null);
            }
        }
    }

    private WorkflowState StateOf(GetInstanceResponse? response) =>
        new(response is { Exists: true } ? response.WorkflowState : null, _serializer);
}
