using Microsoft.Extensions.Logging;

namespace Dapr.Workflow;

/// <summary>All that a workflow may do. Every task it awaits comes from here (or combines such tasks).</summary>
public abstract class WorkflowContext : IWorkflowContext
{
    /// <summary>Name of the workflow.</summary>
    public abstract string Name { get; }

    /// <summary>Id of the instance.</summary>
    public abstract string InstanceId { get; }

    /// <inheritdoc />
    public abstract DateTime CurrentUtcDateTime { get; }

    /// <inheritdoc />
    public abstract bool IsReplaying { get; }

    /// <inheritdoc />
    public abstract bool IsPatched(string patchName);

    /// <summary>Runs an activity and ignores its output.</summary>
    /// <exception cref="WorkflowTaskFailedException">The activity failed, after the retries of <paramref name="options"/>.</exception>
    public virtual Task CallActivityAsync(string name, object? input = null, WorkflowTaskOptions? options = null) =>
        CallActivityAsync<object>(name, input, options);

    /// <summary>Runs an activity.</summary>
    /// <exception cref="WorkflowTaskFailedException">The activity failed, after the retries of <paramref name="options"/>.</exception>
    public abstract Task<T> CallActivityAsync<T>(string name, object? input = null, WorkflowTaskOptions? options = null);

    /// <summary>Waits, durably.</summary>
    public virtual Task CreateTimer(TimeSpan delay, CancellationToken cancellationToken = default) =>
        CreateTimer(CurrentUtcDateTime.Add(delay), cancellationToken);

    /// <summary>Waits, durably.</summary>
    /// <param name="fireAt">UTC; a time in the past fires at once.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public abstract Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken);

    /// <summary>Waits for an event raised to this instance. Events are kept until somebody waits for them.</summary>
    /// <param name="eventName">Compared case-insensitively.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public abstract Task<T> WaitForExternalEventAsync<T>(string eventName, CancellationToken cancellationToken = default);

    /// <summary>Waits for an event raised to this instance, for a limited time.</summary>
    /// <param name="eventName">Compared case-insensitively.</param>
    /// <param name="timeout">Zero does not wait; negative waits for ever.</param>
    /// <exception cref="TaskCanceledException">The time is up.</exception>
    public virtual async Task<T> WaitForExternalEventAsync<T>(string eventName, TimeSpan timeout)
    {
        using var stop = new CancellationTokenSource();
        var timer = CreateTimer(timeout, stop.Token);
        var raised = WaitForExternalEventAsync<T>(eventName, stop.Token);
        var first = await Task.WhenAny(timer, raised);
#pragma warning disable CA1849 // CancelAsync continues on another thread, where workflow code must not run
        stop.Cancel();
#pragma warning restore CA1849
        return first == raised ? await raised : throw new TaskCanceledException($"No event '{eventName}' within {timeout}.");
    }

    /// <summary>Raises an event to another instance. A sidecar up to 1.19 cannot deliver it: raise it from an activity with the client instead.</summary>
    public abstract void SendEvent(string instanceId, string eventName, object payload);

    /// <summary>Publishes a status that clients can read; null clears it.</summary>
    public abstract void SetCustomStatus(object? customStatus);

    /// <summary>Runs a workflow as a child of this one.</summary>
    /// <exception cref="WorkflowTaskFailedException">The child failed or was terminated, after the retries of <paramref name="options"/>.</exception>
    public abstract Task<TResult> CallChildWorkflowAsync<TResult>(string workflowName, object? input = null, ChildWorkflowTaskOptions? options = null);

    /// <summary>Runs a workflow as a child of this one and ignores its output.</summary>
    /// <exception cref="WorkflowTaskFailedException">The child failed or was terminated, after the retries of <paramref name="options"/>.</exception>
    public virtual Task CallChildWorkflowAsync(string workflowName, object? input = null, ChildWorkflowTaskOptions? options = null) =>
        CallChildWorkflowAsync<object>(workflowName, input, options);

    /// <summary>A logger that is silent on replay.</summary>
    public abstract ILogger CreateReplaySafeLogger(string categoryName);

    /// <summary>A logger that is silent on replay.</summary>
    public abstract ILogger CreateReplaySafeLogger(Type type);

    /// <summary>A logger that is silent on replay.</summary>
    public abstract ILogger CreateReplaySafeLogger<T>();

    /// <summary>Starts the workflow over with a new input and an empty history. Return right after it.</summary>
    /// <param name="newInput">Input of the next execution.</param>
    /// <param name="preserveUnprocessedEvents">Whether events that nobody has waited for go along.</param>
    public abstract void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true);

    /// <summary>A unique identifier, the same on replay.</summary>
    public abstract Guid NewGuid();

    /// <summary>History of the callers, when the calling workflow propagated it.</summary>
    public abstract PropagatedHistory? GetPropagatedHistory();
}
