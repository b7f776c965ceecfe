using Dapr.Common.Serialization;
using Dapr.DurableTask.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;

namespace Dapr.Workflow.Execution;

/// <summary>What the code of one execution sees.</summary>
internal sealed class ExecutionWorkflowContext(ExecutionIdentity identity, IDaprSerializer serializer, ILoggerFactory loggers, InstanceScheduler scheduler)
    : WorkflowContext
{
    private readonly DeterministicIds _ids = new(identity.InstanceId, identity.ExecutionId);
    private readonly HashSet<string> _recordedPatches = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _patchDecisions = new(StringComparer.Ordinal);
    private DateTime _now;
    private bool _isReplaying;

    public ActionLog Actions { get; } = new();
    public EventInbox Events { get; } = new();

    /// <summary>JSON text; null when the code has set none.</summary>
    public string? CustomStatus { get; private set; }

    /// <summary>Patches the code has asked for and has, since the execution began; null when it never asked.</summary>
    public List<string>? Patches { get; private set; }

    /// <summary>The answer when the code continues as new.</summary>
    public ContinuationRequest? Continuation { get; private set; }

    public override string Name => identity.Name;
    public override string InstanceId => identity.InstanceId;
    public override DateTime CurrentUtcDateTime => _now;
    public override bool IsReplaying => _isReplaying;

    public void SetReplaying(bool isReplaying) => _isReplaying = isReplaying;

    public void StartTurn(DateTime now, IEnumerable<string> recordedPatches)
    {
        _now = now;
        _recordedPatches.UnionWith(recordedPatches);
    }

    public override bool IsPatched(string patchName)
    {
        EnsureOnTurn();
        if (!_patchDecisions.TryGetValue(patchName, out var has))
        {
            has = _recordedPatches.Contains(patchName) || !_isReplaying;
            _patchDecisions.Add(patchName, has);
        }

        Patches ??= [];
        if (has)
        {
            Patches.Add(patchName);
        }

        return has;
    }

    public override Task<T> CallActivityAsync<T>(string name, object? input = null, WorkflowTaskOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var payload = serializer.Serialize(input);
        string? firstTaskExecutionId = null;
        return WithRetries(
            options?.RetryPolicy,
            () => StartActivity<T>(name, payload, options, ref firstTaskExecutionId),
            fireAt => StartTimer(new CreateTimerAction
            {
                FireAt = fireAt.ToTimestamp(),
                ActivityRetry = new TimerOriginActivityRetry { TaskExecutionId = firstTaskExecutionId },
            }).Task);
    }

    public override Task<TResult> CallChildWorkflowAsync<TResult>(string workflowName, object? input = null, ChildWorkflowTaskOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(workflowName);
        var payload = serializer.Serialize(input);
        string? firstInstanceId = null;
        return WithRetries(
            options?.RetryPolicy,
            () => StartChild<TResult>(workflowName, payload, options, ref firstInstanceId),
            fireAt => StartTimer(new CreateTimerAction
            {
                FireAt = fireAt.ToTimestamp(),
                ChildWorkflowRetry = new TimerOriginChildWorkflowRetry { InstanceId = firstInstanceId },
            }).Task);
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        EnsureOnTurn();
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        // A local or unspecified time is refused by ToTimestamp.
        var timer = StartTimer(new CreateTimerAction { FireAt = fireAt.ToTimestamp(), CreateTimer = new TimerOriginCreateTimer() });
        // Cancelling tells the sidecar nothing: the timer fires and is ignored.
        cancellationToken.Register(() =>
        {
            Actions.Close(timer.Id);
            timer.Pending.Cancel(cancellationToken);
        });
        return timer.Task;
    }

    public override Task<T> WaitForExternalEventAsync<T>(string eventName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(eventName);
        EnsureOnTurn();
        var waiter = new PendingTask<T>(serializer);
        if (Events.TryClaim(eventName, waiter))
        {
            return waiter.Task;
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        Events.Wait(eventName, waiter);
        cancellationToken.Register(() =>
        {
            if (Events.Forget(eventName, waiter))
            {
                waiter.Cancel(cancellationToken);
            }
        });
        return waiter.Task;
    }

    public override async Task<T> WaitForExternalEventAsync<T>(string eventName, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(eventName);
        EnsureOnTurn();
        var waiter = new PendingTask<T>(serializer);
        if (Events.TryClaim(eventName, waiter))
        {
            return await waiter.Task;
        }

        if (timeout == TimeSpan.Zero)
        {
            throw new TaskCanceledException($"No event '{eventName}' has been raised.");
        }

        Events.Wait(eventName, waiter);
        var timer = StartTimer(new CreateTimerAction
        {
            FireAt = EventTimeout(timeout),
            ExternalEvent = new TimerOriginExternalEvent { Name = eventName },
        });
        if (await Task.WhenAny(waiter.Task, timer.Task) == waiter.Task)
        {
            Actions.Close(timer.Id);
            return await waiter.Task;
        }

        Events.Forget(eventName, waiter);
        throw new TaskCanceledException($"No event '{eventName}' was raised within {timeout}.");
    }

    /// <summary>The text of an output.</summary>
    public string Serialize(object? value) => serializer.Serialize(value);

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        EnsureOnTurn();
        Actions.Add(new WorkflowAction
        {
            Id = Actions.NextId(),
            SendEvent = new SendEventAction
            {
                Instance = new WorkflowInstance { InstanceId = instanceId },
                Name = eventName,
                Data = serializer.Serialize(payload),
            },
        });
    }

    public override void SetCustomStatus(object? customStatus)
    {
        EnsureOnTurn();
        CustomStatus = customStatus is null ? null : serializer.Serialize(customStatus);
    }

    public override ILogger CreateReplaySafeLogger(string categoryName) => new ReplaySafeLogger(loggers.CreateLogger(categoryName), this);

    public override ILogger CreateReplaySafeLogger(System.Type type) => new ReplaySafeLogger(loggers.CreateLogger(type), this);

    public override ILogger CreateReplaySafeLogger<T>() => new ReplaySafeLogger(loggers.CreateLogger<T>(), this);

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        EnsureOnTurn();
        Continuation = new ContinuationRequest(Actions.NextId(), serializer.Serialize(newInput), preserveUnprocessedEvents);
    }

    public override Guid NewGuid()
    {
        EnsureOnTurn();
        return _ids.NewGuid();
    }

    public override PropagatedHistory? GetPropagatedHistory() => identity.PropagatedHistory;

    private Task<T> WithRetries<T>(WorkflowRetryPolicy? policy, Func<Task<T>> attempt, Func<DateTime, Task> wait)
    {
        EnsureOnTurn();
        return policy is null ? attempt() : RetryLoop.RunAsync(this, policy, attempt, wait);
    }

    private Task<T> StartActivity<T>(string name, string payload, WorkflowTaskOptions? options, ref string? firstTaskExecutionId)
    {
        var id = Actions.NextId();
        var taskExecutionId = _ids.TaskExecutionId(id, name);
        firstTaskExecutionId ??= taskExecutionId;
        var action = new ScheduleTaskAction { Name = name, Input = payload, TaskExecutionId = taskExecutionId };
        if (Scope(options) is { } scope)
        {
            action.HistoryPropagationScope = scope;
        }

        var router = Router(options);
        action.Router = router;
        return Start<T>(new WorkflowAction { Id = id, ScheduleTask = action, Router = router });
    }

    private Task<T> StartChild<T>(string name, string payload, ChildWorkflowTaskOptions? options, ref string? firstInstanceId)
    {
        var id = Actions.NextId();
        var instanceId = string.IsNullOrEmpty(options?.InstanceId) ? _ids.NewGuid().ToString() : options.InstanceId;
        firstInstanceId ??= instanceId;
        var action = new CreateChildWorkflowAction { Name = name, Input = payload, InstanceId = instanceId };
        if (Scope(options) is { } scope)
        {
            action.HistoryPropagationScope = scope;
        }

        var router = Router(options);
        action.Router = router;
        return Start<T>(new WorkflowAction { Id = id, CreateChildWorkflow = action, Router = router });
    }

    private (int Id, PendingTask Pending, Task Task) StartTimer(CreateTimerAction timer)
    {
        var id = Actions.NextId();
        var pending = new PendingTask<object>(serializer);
        Actions.Open(id, pending);
        Actions.Add(new WorkflowAction { Id = id, CreateTimer = timer });
        return (id, pending, pending.Task);
    }

    private Task<T> Start<T>(WorkflowAction action)
    {
        var pending = new PendingTask<T>(serializer);
        Actions.Open(action.Id, pending);
        Actions.Add(action);
        return pending.Task;
    }

    private Timestamp EventTimeout(TimeSpan timeout) => timeout > TimeSpan.Zero
        ? _now.Add(timeout).ToTimestamp()
        : new Timestamp { Seconds = 253402300799, Nanos = 999999999 };

    // The sidecar stamps the source itself, so a target is set even where the own app id is not known.
    private TaskRouter? Router(WorkflowTaskOptions? options) => string.IsNullOrEmpty(options?.TargetAppId)
        ? null
        : new TaskRouter { SourceAppID = identity.AppId ?? "", TargetAppID = options.TargetAppId };

    private static DurableTask.Protobuf.HistoryPropagationScope? Scope(WorkflowTaskOptions? options) =>
        options is null or { PropagationScope: HistoryPropagationScope.None } ? null : (DurableTask.Protobuf.HistoryPropagationScope)options.PropagationScope;

    private void EnsureOnTurn()
    {
        if (!scheduler.IsOnTurn)
        {
            throw new InvalidOperationException(
                $"Workflow '{Name}' uses its context outside its turn: it has awaited a task that does not come from the context.");
        }
    }
}
