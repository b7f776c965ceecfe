using System.Collections.Immutable;

namespace Orchestration.Domain.Plans;

/// <summary>One piece of work of a plan.</summary>
public sealed record PlanStep
{
    /// <summary>Id of the step, unique within its plan; letters, digits, '-', '_', at most 64 characters.</summary>
    public required string Id { get; init; }

    /// <summary>What is done.</summary>
    public required StepWork Work { get; init; }

    /// <summary>Ids of the steps that must have ended before this one starts.</summary>
    public ImmutableArray<string> DependsOn { get; init; } = [];

    /// <summary>Expression that must be true for the step to run; otherwise it is skipped. Null means always.</summary>
    public string? When { get; init; }

    /// <summary>Runs the work once for every item of a list; null means once.</summary>
    public ForEach? ForEach { get; init; }

    /// <summary>How failed attempts are repeated.</summary>
    public RetryPolicy Retry { get; init; } = RetryPolicy.Default;

    /// <summary>Longest time one attempt may take; null means the engine's default.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>False: when the step fails for good the run goes on and ends "completed with errors".</summary>
    public bool Critical { get; init; } = true;

    /// <summary>What is used instead when the step fails for good; null means nothing.</summary>
    public Fallback? Fallback { get; init; }

    /// <summary>What later steps see as the step's output; null means the result as it came. <c>result</c> names the raw result.</summary>
    public Template? Output { get; init; }
}

/// <summary>The kinds of work a step can do: a closed family.</summary>
public abstract record StepWork
{
    private StepWork() { }

    /// <summary>Calls one action of an agent.</summary>
    /// <param name="Agent">Which agent.</param>
    /// <param name="Action">Name of the skill.</param>
    /// <param name="Input">The input sent, with its expressions.</param>
    public sealed record CallAgent(AgentSelector Agent, string Action, Template Input) : StepWork;

    /// <summary>Runs another plan as a run of its own, below this one.</summary>
    /// <param name="Plan">Name of a registered plan, <c>name</c> or <c>name@version</c>; null when <paramref name="Definition"/> is
    /// given.</param>
    /// <param name="Definition">The plan itself, written in place or resolved when the run was accepted.</param>
    /// <param name="Input">The inputs of the sub-plan, with their expressions.</param>
    public sealed record RunPlan(string? Plan, Plan? Definition, Template Input) : StepWork;

    /// <summary>Waits for a fixed time.</summary>
    /// <param name="Duration">How long.</param>
    public sealed record Delay(TimeSpan Duration) : StepWork;

    /// <summary>Waits for a named event sent to the run; its payload is the output.</summary>
    /// <param name="Event">Name of the event, compared without regard to case.</param>
    /// <param name="Timeout">How long to wait, at most 25 days; null waits that long.</param>
    public sealed record WaitFor(string Event, TimeSpan? Timeout) : StepWork;
}

/// <summary>Repeats a step's work over a list.</summary>
/// <param name="Items">Expression that yields the list.</param>
/// <param name="As">Name under which expressions of the step find the item; <c>index</c> is its position from 0.</param>
/// <param name="MaxParallel">How many items may be in work at once; 0 means no limit.</param>
public sealed record ForEach(string Items, string As = "item", int MaxParallel = 0);

/// <summary>What stands in for a step that failed for good: a closed family.</summary>
public abstract record Fallback
{
    private Fallback() { }

    /// <summary>Another agent does the work with the same input.</summary>
    /// <param name="Agent">Which agent.</param>
    /// <param name="Action">Its action; null means the action of the step.</param>
    public sealed record OtherAgent(AgentSelector Agent, string? Action) : Fallback;

    /// <summary>A value is used as the step's output.</summary>
    /// <param name="Output">The value, with its expressions.</param>
    public sealed record Value(Template Output) : Fallback;

    /// <summary>A plan is run with the step's input.</summary>
    /// <param name="Work">The plan to run.</param>
    public sealed record OtherPlan(StepWork.RunPlan Work) : Fallback;
}
