using Dapr.DurableTask.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using EventType = Dapr.DurableTask.Protobuf.HistoryEvent.EventTypeOneofCase;

namespace Dapr.Workflow.Execution;

/// <summary>
/// The code of one execution of an instance, stopped where it waits. Events move it on; the same events in the same order always lead to the
/// same actions, whether they come in one replay or turn by turn. Used by one turn at a time.
/// </summary>
internal sealed class WorkflowExecution(RequestFacts facts, ExecutionServices services) : IAsyncDisposable
{
    private readonly InstanceScheduler _scheduler = new();
    private readonly Queue<HistoryEvent> _heldBack = new();
    private readonly List<string> _patchesBeforeStart = [];
    private ExecutionWorkflowContext? _context;
    private AsyncServiceScope? _scope;
    private Task<object?>? _code;
    private DateTime _now;
    private bool _suspended;
    private CompleteWorkflowAction? _verdict;

    public HistoryPosition Position { get; } = new();

    /// <summary>Processes the rest of the committed history, then the new events, and says what follows.</summary>
    /// <param name="past">Committed history from event number <paramref name="offset"/> on; what has been processed is skipped.</param>
    /// <param name="offset">Number of the first event of <paramref name="past"/>.</param>
    /// <param name="added">New events.</param>
    public TurnOutcome Turn(IReadOnlyList<HistoryEvent> past, int offset, IReadOnlyList<HistoryEvent> added)
    {
        for (var i = Position.Seen - offset; i < past.Count; i++)
        {
            Apply(past[i], isReplaying: true);
        }

        foreach (var e in added)
        {
            Apply(e, isReplaying: false);
        }

        Position.Advance(past, offset, added);
        return Outcome();
    }

    public async ValueTask DisposeAsync()
    {
        if (_scope is { } scope)
        {
            await scope.DisposeAsync();
        }
    }

    private void Apply(HistoryEvent e, bool isReplaying)
    {
        if (_verdict is not null)
        {
            return;
        }

        _context?.SetReplaying(isReplaying);
        if (!ApplyControl(e, isReplaying) && !ApplyConfirmation(e))
        {
            _heldBack.Enqueue(e);
            ResolveHeldBack();
        }
    }

    private bool ApplyControl(HistoryEvent e, bool isReplaying)
    {
        switch (e.EventTypeCase)
        {
            case EventType.WorkflowStarted:
                StartTurn(e);
                return true;
            case EventType.ExecutionStarted:
                Start(e, isReplaying);
                return true;
            case EventType.ExecutionSuspended:
                _suspended = true;
                return true;
            case EventType.ExecutionResumed:
                _suspended = false;
                ResolveHeldBack();
                return true;
            case EventType.ExecutionTerminated:
                // Code that has ended by itself keeps its result; one that wants to start over does not.
                if (_code is not { IsCompleted: true } || _context?.Continuation is not null)
                {
                    _verdict = Ending.Terminated(e.ExecutionTerminated.Input);
                }

                return true;
            default:
                return false;
        }
    }

    private void StartTurn(HistoryEvent e)
    {
        _now = e.Timestamp?.ToDateTime() ?? _now;
        IEnumerable<string> patches = e.WorkflowStarted.Version?.Patches ?? [];
        if (_context is null)
        {
            _patchesBeforeStart.AddRange(patches);
        }
        else
        {
            _context.StartTurn(_now, patches);
        }
    }

    private void Start(HistoryEvent e, bool isReplaying)
    {
        if (_code is not null)
        {
            return;
        }

        var started = e.ExecutionStarted;
        var scope = services.Scopes.CreateAsyncScope();
        _scope = scope;
        if (!services.Workflows.TryCreateWorkflow(started.Name, scope.ServiceProvider, out var workflow, out var error))
        {
            _verdict = error is null
                ? Ending.Failed(Failures.Of("WorkflowNotFound", $"Workflow '{started.Name}' is not registered with this worker."))
                : Ending.Failed(Failures.Of(error, isNonRetriable: true));
            return;
        }

        _context = new ExecutionWorkflowContext(IdentityOf(e), services.Serializer, services.Loggers, _scheduler);
        _context.StartTurn(_now, _patchesBeforeStart);
        _context.SetReplaying(isReplaying);
        var context = _context;
        _scheduler.Run(() => _code = RunCode(workflow!, context, started.Input));
        ResolveHeldBack();
    }

    // Async, so that what the code or its input's deserialization throws before the first await fails the task too.
    private async Task<object?> RunCode(IWorkflow workflow, WorkflowContext context, string? input) =>
        await workflow.RunAsync(context, services.Serializer.Deserialize(input, workflow.InputType));

    private ExecutionIdentity IdentityOf(HistoryEvent e)
    {
        // The start event goes first: it names the execution alike in every sidecar version, a request does so only in newer ones.
        var executionId = NotEmpty(e.ExecutionStarted.WorkflowInstance?.ExecutionId) ?? NotEmpty(facts.ExecutionId);
        var router = e.Router ?? facts.Router;
        return new ExecutionIdentity(
            facts.InstanceId,
            e.ExecutionStarted.Name,
            executionId,
            NotEmpty(router?.TargetAppID) ?? NotEmpty(router?.SourceAppID),
            PropagatedHistoryReader.Read(facts.PropagatedHistory));
    }

    private bool ApplyConfirmation(HistoryEvent e)
    {
        var (kind, name) = e.EventTypeCase switch
        {
            EventType.TaskScheduled => (WorkflowAction.WorkflowActionTypeOneofCase.ScheduleTask, e.TaskScheduled.Name),
            EventType.ChildWorkflowInstanceCreated => (WorkflowAction.WorkflowActionTypeOneofCase.CreateChildWorkflow, e.ChildWorkflowInstanceCreated.Name),
            EventType.TimerCreated => (WorkflowAction.WorkflowActionTypeOneofCase.CreateTimer, null),
            EventType.EventSent => (WorkflowAction.WorkflowActionTypeOneofCase.SendEvent, null),
            _ => (WorkflowAction.WorkflowActionTypeOneofCase.None, (string?)null),
        };
        if (kind == WorkflowAction.WorkflowActionTypeOneofCase.None)
        {
            return false;
        }

        // The official worker does not compare; going on would pair answers with the wrong calls.
        if (_context?.Actions.Confirm(e.EventId, kind, name) is { } mismatch)
        {
            _verdict = Ending.Failed(Failures.Of("NonDeterministicWorkflow", $"The code of the workflow does not match its history: {mismatch}."));
        }

        return true;
    }

    private void ResolveHeldBack()
    {
        while (!_suspended && _context is { } context && _heldBack.TryDequeue(out var e))
        {
            Resolve(e, context);
        }
    }

    private void Resolve(HistoryEvent e, ExecutionWorkflowContext context) => _scheduler.Run(() =>
    {
        switch (e.EventTypeCase)
        {
            case EventType.TaskCompleted:
                context.Actions.Take(e.TaskCompleted.TaskScheduledId)?.Complete(e.TaskCompleted.Result);
                break;
            case EventType.TaskFailed:
                Fail(context, e.TaskFailed.TaskScheduledId, "Activity", e.TaskFailed.FailureDetails);
                break;
            case EventType.ChildWorkflowInstanceCompleted:
                context.Actions.Take(e.ChildWorkflowInstanceCompleted.TaskScheduledId)?.Complete(e.ChildWorkflowInstanceCompleted.Result);
                break;
            case EventType.ChildWorkflowInstanceFailed:
                Fail(context, e.ChildWorkflowInstanceFailed.TaskScheduledId, "Child workflow", e.ChildWorkflowInstanceFailed.FailureDetails);
                break;
            case EventType.TimerFired:
                context.Actions.Take(e.TimerFired.TimerId)?.Complete(null);
                break;
            case EventType.EventRaised:
                context.Events.Raise(e);
                break;
        }
    });

    private static void Fail(ExecutionWorkflowContext context, int id, string what, TaskFailureDetails? details) =>
        context.Actions.Take(id)?.Fail(Failures.ToException($"{what} #{id}", details));

    private TurnOutcome Outcome()
    {
        if (_verdict is not null)
        {
            return TurnOutcome.Ended([Ending.Action(_verdict)], _context);
        }

        if (_context is not { } context)
        {
            return TurnOutcome.Waiting([], null);
        }

        if (context.Continuation is { } continuation && _code is not { IsFaulted: true } and not { IsCanceled: true })
        {
            return TurnOutcome.Ended([Ending.ContinuedAsNew(continuation, context.Events)], context);
        }

        if (_code is { IsCompleted: true })
        {
            return TurnOutcome.Ended([.. context.Actions.Unconfirmed, Ending.Action(Ending.OfCode(_code, context))], context);
        }

        return IsStuck(context)
            ? TurnOutcome.Ended([Ending.Action(Ending.Stuck(context.Name))], context)
            : TurnOutcome.Waiting(_suspended ? [] : [.. context.Actions.Unconfirmed], context);
    }

    private bool IsStuck(ExecutionWorkflowContext context) =>
        _scheduler.SawForeignContinuation || (!_suspended && context.Actions.OpenCount == 0 && context.Events.WaiterCount == 0);

    private static string? NotEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
