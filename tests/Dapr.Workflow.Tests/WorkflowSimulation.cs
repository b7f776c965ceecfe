using Dapr.Common.Serialization;
using Dapr.DurableTask.Protobuf;
using Dapr.Workflow.Execution;
using Dapr.Workflow.Worker;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Dapr.Workflow.Tests;

/// <summary>How a turn gets at what happened before.</summary>
public enum Memory
{
    /// <summary>The execution is kept, the sidecar sends all history.</summary>
    Kept,

    /// <summary>Every turn replays all history.</summary>
    Replayed,

    /// <summary>The execution is kept, the sidecar sends only what this stream has not had.</summary>
    Stateful,

    /// <summary>The sidecar sends only what this stream has not had, but the execution is gone: history is fetched.</summary>
    StatefulAndForgotten,
}

/// <summary>One instance and its history: turns are run by the real executor, and their actions become history as a sidecar would write it.</summary>
internal sealed class WorkflowSimulation
{
    public const string InstanceId = "order-1";
    public const string ExecutionId = "5f0f3f0c-6a2b-4a8e-9d57-0a4f3b3a1c11";
    public static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly List<HistoryEvent> _history = [];
    private readonly Memory _memory;
    private readonly WorkflowTurns _turns;
    private int _sent;
    private int _turnCount;

    public WorkflowSimulation(Memory memory, Action<IWorkflowsFactory> register)
    {
        _memory = memory;
        var factory = new WorkflowsFactory(NullLogger<WorkflowsFactory>.Instance);
        register(factory);
        var provider = new ServiceCollection().BuildServiceProvider();
        var services = new ExecutionServices(
            factory, provider.GetRequiredService<IServiceScopeFactory>(), new JsonDaprSerializer(), NullLoggerFactory.Instance);
        var kept = new KeptExecutions(memory is Memory.Kept or Memory.Stateful ? 10 : 0);
        _turns = new WorkflowTurns(services, kept, FetchAsync);
    }

    /// <summary>Histories fetched from the sidecar.</summary>
    public int Fetches { get; private set; }

    public IReadOnlyList<HistoryEvent> History => _history;

    /// <summary>Time of the turn that runs next.</summary>
    public DateTime NextTurn => Start.AddSeconds(_turnCount);

    public Task<WorkflowResponse> StartAsync(string workflow, string input = "") => TurnAsync(new HistoryEvent
    {
        EventId = -1,
        Timestamp = NextTurn.ToTimestamp(),
        ExecutionStarted = new ExecutionStartedEvent
        {
            Name = workflow,
            Input = input,
            WorkflowInstance = new WorkflowInstance { InstanceId = InstanceId, ExecutionId = ExecutionId },
        },
    });

    public async Task<WorkflowResponse> TurnAsync(params HistoryEvent[] events)
    {
        var response = await AnswerAsync(events);
        Commit(events, response);
        return response;
    }

    /// <summary>Runs a turn whose answer the sidecar never sees.</summary>
    public Task<WorkflowResponse> LoseTurnAsync(params HistoryEvent[] events) => AnswerAsync(events);

    public static HistoryEvent TaskCompleted(int id, string result) =>
        Event(e => e.TaskCompleted = new TaskCompletedEvent { TaskScheduledId = id, Result = result });

    public static HistoryEvent TaskFailed(int id, string type = "System.InvalidOperationException", string message = "broken") =>
        Event(e => e.TaskFailed = new TaskFailedEvent
        {
            TaskScheduledId = id,
            FailureDetails = new TaskFailureDetails { ErrorType = type, ErrorMessage = message },
        });

    public static HistoryEvent ChildCompleted(int id, string result) =>
        Event(e => e.ChildWorkflowInstanceCompleted = new ChildWorkflowInstanceCompletedEvent { TaskScheduledId = id, Result = result });

    public static HistoryEvent ChildFailed(int id) => Event(e => e.ChildWorkflowInstanceFailed = new ChildWorkflowInstanceFailedEvent
    {
        TaskScheduledId = id,
        FailureDetails = new TaskFailureDetails { ErrorType = "Boom", ErrorMessage = "child broke", IsNonRetriable = true },
    });

    public static HistoryEvent TimerFired(int id) => Event(e => e.TimerFired = new TimerFiredEvent { TimerId = id });

    public static HistoryEvent EventRaised(string name, string input) => Event(e => e.EventRaised = new EventRaisedEvent { Name = name, Input = input });

    public static HistoryEvent Suspended() => Event(e => e.ExecutionSuspended = new ExecutionSuspendedEvent());

    public static HistoryEvent Resumed() => Event(e => e.ExecutionResumed = new ExecutionResumedEvent());

    public static HistoryEvent Terminated(string output) => Event(e => e.ExecutionTerminated = new ExecutionTerminatedEvent { Input = output });

    private static HistoryEvent Event(Action<HistoryEvent> fill)
    {
        var e = new HistoryEvent { EventId = -1, Timestamp = Start.ToTimestamp() };
        fill(e);
        return e;
    }

    private async Task<WorkflowResponse> AnswerAsync(HistoryEvent[] events)
    {
        var request = new WorkflowRequest { InstanceId = InstanceId, ExecutionId = ExecutionId };
        var isStateful = _memory is Memory.Stateful or Memory.StatefulAndForgotten;
        request.PastEvents.AddRange(isStateful ? _history.Skip(_sent) : _history);
        if (isStateful && _sent > 0)
        {
            request.CachedHistory = new CachedHistory { EventCount = _sent };
        }

        _sent = _history.Count;
        request.NewEvents.Add(TurnStarted());
        request.NewEvents.AddRange(events);
        return await _turns.RunAsync(request, "token", TestContext.Current.CancellationToken);
    }

    private HistoryEvent TurnStarted() => new() { EventId = -1, Timestamp = Start.AddSeconds(_turnCount++).ToTimestamp(), WorkflowStarted = new WorkflowStartedEvent() };

    private void Commit(HistoryEvent[] events, WorkflowResponse response)
    {
        var started = new HistoryEvent
        {
            EventId = -1,
            Timestamp = Start.AddSeconds(_turnCount - 1).ToTimestamp(),
            WorkflowStarted = new WorkflowStartedEvent { Version = response.Version },
        };
        _history.Add(started);
        _history.AddRange(events);
        foreach (var action in response.Actions)
        {
            var e = new HistoryEvent { EventId = action.Id, Timestamp = started.Timestamp };
            switch (action.WorkflowActionTypeCase)
            {
                case WorkflowAction.WorkflowActionTypeOneofCase.ScheduleTask:
                    e.TaskScheduled = new TaskScheduledEvent { Name = action.ScheduleTask.Name, Input = action.ScheduleTask.Input };
                    break;
                case WorkflowAction.WorkflowActionTypeOneofCase.CreateTimer:
                    e.TimerCreated = new TimerCreatedEvent { FireAt = action.CreateTimer.FireAt };
                    break;
                case WorkflowAction.WorkflowActionTypeOneofCase.CreateChildWorkflow:
                    e.ChildWorkflowInstanceCreated = new ChildWorkflowInstanceCreatedEvent { Name = action.CreateChildWorkflow.Name };
                    break;
                case WorkflowAction.WorkflowActionTypeOneofCase.SendEvent:
                    e.EventSent = new EventSentEvent { Name = action.SendEvent.Name };
                    break;
                default:
                    e.ExecutionCompleted = new ExecutionCompletedEvent { WorkflowStatus = action.CompleteWorkflow.WorkflowStatus };
                    break;
            }

            _history.Add(e);
        }
    }

    private Task<IReadOnlyList<HistoryEvent>> FetchAsync(string instanceId, CancellationToken cancellationToken)
    {
        Fetches++;
        return Task.FromResult<IReadOnlyList<HistoryEvent>>([.. _history]);
    }
}
