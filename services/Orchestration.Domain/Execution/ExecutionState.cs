using System.Collections.Immutable;
using Orchestration.Domain.Expressions;
using Orchestration.Domain.Failures;

namespace Orchestration.Domain.Execution;

/// <summary>
/// Everything the engine knows of a run in flight: a fold over its events. It is never stored; a replay of the history
/// builds it again. <see cref="Scheduler.Next"/> says what follows from it.
/// </summary>
public sealed class ExecutionState
{
    private readonly ImmutableArray<string> _stepIds;

    /// <summary>The state of a run that was just started.</summary>
    /// <param name="runId">Id of the run.</param>
    /// <param name="outline">Its plan.</param>
    /// <param name="inputs">Its inputs, with defaults filled in.</param>
    /// <param name="limits">The engine's settings.</param>
    /// <param name="origin">Where the run comes from.</param>
    /// <param name="now">The run's clock.</param>
    public ExecutionState(
        string runId, PlanOutline outline, RunValue inputs, RunLimits limits, RunOrigin origin, DateTimeOffset now)
        : this(runId, outline, inputs, limits, now, 0)
    {
        AcceptedAt = origin.AcceptedAt;
        Outbox.Begin(origin);
        RunFlow.Start(this);
        StepFlow.Advance(this);
    }

    /// <summary>The state of a run that goes on in a new history.</summary>
    /// <param name="runId">Id of the run.</param>
    /// <param name="outline">Its plan.</param>
    /// <param name="inputs">Its inputs, with defaults filled in.</param>
    /// <param name="limits">The engine's settings.</param>
    /// <param name="origin">Where the run comes from.</param>
    /// <param name="snapshot">Where it stood.</param>
    public ExecutionState(
        string runId, PlanOutline outline, RunValue inputs, RunLimits limits, RunOrigin origin, RunSnapshot snapshot)
        : this(runId, outline, inputs, limits, Ticks.ToTime(snapshot.StartedTicks), HistoryWeight.Of(snapshot))
    {
        AcceptedAt = origin.AcceptedAt;
        Now = Ticks.ToTime(snapshot.NowTicks);
        Snapshots.Restore(this, snapshot);
        StepFlow.Advance(this);
    }

    private ExecutionState(string runId, PlanOutline outline, RunValue inputs, RunLimits limits, DateTimeOffset now, long inherited)
    {
        RunId = runId;
        Outline = outline;
        Inputs = inputs;
        Limits = limits;
        Now = StartedAt = now;
        Steps = [.. outline.Steps.Select((step, index) => new StepProgress(index, step))];
        foreach (var step in Steps)
        {
            foreach (var dependency in step.Outline.After)
            {
                Steps[dependency].Dependents.Add(step.Index);
            }
        }

        _stepIds = [.. outline.Steps.Select(step => step.Id)];
        AllLanes = [.. Enumerable.Range(0, outline.Lanes)
            .Select(index => new Lane(index, limits.MaxInFlight)), new Lane(outline.Lanes, int.MaxValue)];
        Budget = new InlineBudget(outline);
        Renewal = new Renewal(limits.HistoryBudget, inherited);
        OpenSteps = Steps.Length;
    }

    /// <summary>The state of a run that cannot start: it only has to say so.</summary>
    public static ExecutionState Refused(string runId, Failure failure, RunOrigin origin, DateTimeOffset now)
    {
        var state = new ExecutionState(runId, new PlanOutline { Steps = [] }, RunValue.Null, RunLimits.Default, now, 0);
        state.Outbox.Begin(origin);
        RunFlow.End(state, RunOutcome.Failed, failure);
        return state;
    }

    /// <summary>Id of the run.</summary>
    public string RunId { get; }

    /// <summary>How the run ended; null while it is under way.</summary>
    public RunResult? Result { get; internal set; }

    /// <summary>The run's clock, milliseconds since 1970.</summary>
    public long NowMs => Now.ToUnixTimeMilliseconds();

    /// <summary>Where each step stands, in the order of the plan.</summary>
    public ImmutableArray<StepStatus> StepStates => [.. Steps.Select(step => step.Status)];

    internal PlanOutline Outline { get; }

    internal RunValue Inputs { get; }

    internal RunLimits Limits { get; }

    internal DateTimeOffset StartedAt { get; }

    /// <summary>What expressions know as the start of the run: the same for those a door, an activity and the scheduler evaluate.</summary>
    internal DateTimeOffset AcceptedAt { get; }

    internal DateTimeOffset Now { get; set; }

    internal StepProgress[] Steps { get; }

    /// <summary>By their index: those of agents, then the one for work that no agent does.</summary>
    internal ImmutableArray<Lane> AllLanes { get; }

    internal SortedSet<int> TouchedLanes { get; } = [];

    internal PriorityQueue<int, int> ReadySteps { get; } = new();

    internal Alarms Alarms { get; } = new();

    internal Outbox Outbox { get; } = new();

    internal SignalBox Signals { get; } = new();

    internal InlineBudget Budget { get; }

    internal Renewal Renewal { get; }

    /// <summary>Commands that transitions have decided on; the scheduler hands them out.</summary>
    internal List<Command> Decided { get; } = [];

    internal RunPhase Phase { get; set; } = RunPhase.Running;

    internal RunResult? Ending { get; set; }

    internal int OpenSteps { get; set; }

    internal int ActiveSteps { get; set; }

    internal int StopsInFlight { get; set; }

    internal bool HasErrors { get; set; }

    /// <summary>Name of a unit of work, with the item; empty for the run itself.</summary>
    public string NameOf(WorkKey work) => work.Step < 0 ? "" : work.Name(_stepIds[work.Step]);

    /// <summary>Folds one event into the state.</summary>
    /// <param name="happened">What happened. An answer to something that was given up meanwhile changes nothing.</param>
    /// <param name="now">The run's clock; it never runs backwards.</param>
    public void Apply(ExecutionEvent happened, DateTimeOffset now)
    {
        Now = now > Now ? now : Now;
        Renewal.Happened(happened);
        EventFold.Apply(this, happened);
        StepFlow.Advance(this);
    }

    internal void Touch(Lane lane) => TouchedLanes.Add(lane.Index);

    internal Lane LaneOf(WorkUnit unit)
    {
        var step = Steps[unit.Key.Step].Outline;
        return unit.Target == AttemptTarget.Primary && !unit.ByFallbackPlan && step.Kind is WorkKind.Agent or WorkKind.Plan
            ? AllLanes[step.Lane]
            : AllLanes[^1];
    }

    internal void Note(string type, WorkKey? work = null, int attempt = 0, FactDetail? detail = null) =>
        Outbox.Add(Now, type, work, attempt, detail);

    internal void Wake(WorkUnit unit, DateTimeOffset due, AlarmKind kind) =>
        Alarms.Set(new Alarm(due, kind, unit, unit.Stamp));

    internal Bindings Bind(Reads? reads, StepProgress? step = null, WorkUnit? unit = null)
    {
        var (item, items) = step is not null && unit is not null ? step.ItemOf(unit.Key) : (null, null);
        return new Bindings(
            reads is { Inputs: true } ? Inputs : null,
            reads is { Steps.Length: > 0 } ? [.. reads.Steps.Select(Bound)] : null,
            item,
            items,
            unit?.Key.Item ?? WorkKey.NoItem,
            unit?.Result);
    }

    internal ExpressionScope Scope(Bindings bindings) =>
        BindingScope.Of(bindings, _stepIds, new RunView(RunId, 1, AcceptedAt), Now);

    internal BoundStep Bound(int index) => new(index, Steps[index].Status, Steps[index].Output, Steps[index].Failure);
}
