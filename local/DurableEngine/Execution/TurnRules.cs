using DurableEngine.History;

namespace DurableEngine.Execution;

/// <summary>What came of a turn, before anything is stored or sent.</summary>
internal abstract record TurnOutcome;

/// <summary>History grows by <paramref name="Events"/>; <paramref name="Detached"/> are instances to start that nobody waits for.</summary>
internal sealed record TurnAccepted(IReadOnlyList<HistoryEvent> Events, IReadOnlyList<CreateDetached> Detached) : TurnOutcome;

/// <summary>History is replaced by a new generation.</summary>
internal sealed record TurnContinued(CompleteWorkflow Action) : TurnOutcome;

/// <summary>The answer is thrown away and the instance waits for another worker.</summary>
internal sealed record TurnRefused(StallReason Reason, string Description) : TurnOutcome;

/// <summary>What a turn started from: state before it, and the events it brought.</summary>
internal sealed record TurnContext(InstanceKey Key, InstanceState State, IReadOnlyList<HistoryEvent> Arrived, Instant Now)
{
    public TraceContext? Trace { get; } = (State.Started ?? Arrived.OfType<ExecutionStarted>().FirstOrDefault())?.Trace;

    public ExecutionTerminated? Terminated { get; } = Arrived.OfType<ExecutionTerminated>().FirstOrDefault();
}

/// <summary>Decides what a worker's answer means. Pure: state, events and answer in, outcome out.</summary>
internal static class TurnRules
{
    public static TurnOutcome Decide(TurnContext turn, TurnResult result)
    {
        if (Refusal(turn.State, result) is { } refusal)
        {
            return refusal;
        }

        var completion = result.Actions.OfType<CompleteWorkflow>().FirstOrDefault();
        var goesOn = completion is null || completion.Status == WorkflowStatus.ContinuedAsNew;
        if (turn.Terminated is not null && goesOn)
        {
            return new TurnAccepted([ForceTermination(turn.Terminated, turn.Now)], []);
        }

        return completion is { Status: WorkflowStatus.ContinuedAsNew } ? new TurnContinued(completion) : Apply(turn, result);
    }

    private static TurnRefused? Refusal(InstanceState state, TurnResult result)
    {
        if (result.Actions.Any(action => action is VersionNotAvailable))
        {
            return new TurnRefused(StallReason.VersionNotAvailable, "No connected worker has the version this workflow was started with.");
        }

        var patches = result.Version?.Patches ?? [];
        return state.Patches.SequenceEqual(patches.Take(state.Patches.Count))
            ? null
            : new TurnRefused(
                StallReason.PatchMismatch,
                $"History recorded the patches [{string.Join(", ", state.Patches)}], the worker reported [{string.Join(", ", patches)}].");
    }

    private static TurnAccepted Apply(TurnContext turn, TurnResult result)
    {
        var events = new List<HistoryEvent>(result.Actions.Count);
        var detached = new List<CreateDetached>();
        foreach (var action in result.Actions)
        {
            if (ToEvent(turn, action) is { } made)
            {
                events.Add(made with { EventId = action.Id, Timestamp = turn.Now });
            }

            if (action is CreateDetached create)
            {
                detached.Add(create);
            }

            if (events is [.., ExecutionCompleted])
            {
                break;
            }
        }

        return new TurnAccepted(events, detached);
    }

    private static HistoryEvent? ToEvent(TurnContext turn, WorkflowAction action) => action switch
    {
        ScheduleTask a when turn.State.PendingTasks.ContainsKey(a.Id) => null,
        ScheduleTask a => new TaskScheduled(a.Name, a.Version, a.Input, a.TaskExecutionId)
        {
            Router = Route(turn, a.Router),
            Trace = turn.Trace,
        },
        CreateChild a => new ChildCreated(ChildId(turn, a), a.Name, a.Version, a.Input)
        {
            Router = Route(turn, a.Router),
            Trace = turn.Trace,
        },
        CreateTimer a => new TimerCreated(a.FireAt, a.Name, a.Origin),
        CompleteWorkflow a => new ExecutionCompleted(a.Status, Output(a, turn.Terminated), a.Failure),
        CreateDetached a => new DetachedCreated(a.InstanceId) { Router = Route(turn, a.Router) },
        SendEvent =>
            Unsupported("Dapr does not deliver events sent by a workflow; raise them from an activity through the workflow client."),
        TerminateOther => Unsupported("Dapr does not terminate other workflows from a workflow; do it from an activity."),
        _ => Unsupported($"The worker asked for an action of an unknown kind (id {action.Id})."),
    };

    private static string ChildId(TurnContext turn, CreateChild action) =>
        action.InstanceId.Length > 0 ? action.InstanceId : $"{turn.Key.Id}:{action.Id:x4}";

    private static TaskRouter Route(TurnContext turn, TaskRouter? asked) => new(turn.Key.App, asked?.TargetApp);

    // Some workers leave the result of a termination out; callers expect the text given with the request.
    private static string? Output(CompleteWorkflow action, ExecutionTerminated? terminated) =>
        action.Result ?? (action.Status == WorkflowStatus.Terminated ? terminated?.Input : null);

    public static ExecutionCompleted ForceTermination(ExecutionTerminated terminated, Instant now) =>
        new(WorkflowStatus.Terminated, terminated.Input, null) { EventId = 0, Timestamp = now };

    private static ExecutionCompleted Unsupported(string message) =>
        new(WorkflowStatus.Failed, null, new FailureDetails("UnsupportedAction", message, null, null, true));
}
