using System.Text.Json;
using Orchestration.Domain.Failures;

namespace Orchestration.Domain.Execution;

/// <summary>The transitions of a step as a whole, one method each.</summary>
internal static class StepFlow
{
    // Items that wait for a retry or an event hold nothing up.
    private const int WidestOfLanes = 2;

    /// <summary>
    /// Begins the steps whose dependencies have ended. A queue and not a recursion: a long chain of skipped steps is one loop.
    /// </summary>
    public static void Advance(ExecutionState state)
    {
        while (state.Phase == RunPhase.Running
            && (!state.Outline.Sequential || state.ActiveSteps == 0)
            && state.ReadySteps.TryDequeue(out var index, out _))
        {
            Begin(state, state.Steps[index]);
        }

        if (state.Phase == RunPhase.Running && state.OpenSteps == 0)
        {
            RunFlow.Complete(state);
        }
    }

    public static void Enter(ExecutionState state, StepProgress step, StepEntry entry)
    {
        if (entry.Failure is { } failure)
        {
            End(state, step, StepStatus.Failed, failure: failure);
        }
        else if (entry.Skip)
        {
            End(state, step, StepStatus.Skipped);
        }
        else
        {
            Activate(state, step, entry);
        }
    }

    public static void UnitEnded(ExecutionState state, StepProgress step, WorkUnit unit, Failure? failure)
    {
        step.Ended++;
        step.Failed += failure is null ? 0 : 1;
        if (!step.Outline.Repeats || (failure is not null && !step.Outline.Optional))
        {
            End(state, step, failure is null ? StepStatus.Completed : StepStatus.Failed, unit.Output, failure);
        }
        else if (step.Ended == step.Units.Length)
        {
            EndRepeated(state, step, failure);
        }
        else
        {
            Release(state, step);
        }
    }

    private static void Begin(ExecutionState state, StepProgress step)
    {
        state.ActiveSteps++;
        if (step.Outline is { When: null, Items: null })
        {
            Activate(state, step, new StepEntry(Skip: false));
            return;
        }

        var bindings = state.Bind(step.Outline.EntryReads);
        if (bindings.IsInline)
        {
            Enter(state, step, EntryEvaluation.Evaluate(step.Outline.When, step.Outline.Items, state.Scope(bindings)));
            return;
        }

        step.Status = StepStatus.Entering;
        state.Decided.Add(new Command.EvaluateEntry(step.Index, bindings, state.Budget.Limit));
    }

    private static void Activate(ExecutionState state, StepProgress step, StepEntry entry)
    {
        step.Status = StepStatus.Active;
        step.Spawn(entry.Items, step.Outline.Repeats ? entry.Count : 1);
        if (step.Outline.Repeats)
        {
            state.Budget.AddItems(step.Outline, entry.Count);
            state.Note(FactType.StepStarted, new WorkKey(step.Index), detail: new FactDetail.Waiting("items", "", Items: entry.Count));
        }

        if (step.Units.Length == 0)
        {
            EndRepeated(state, step, null);
        }
        else
        {
            Release(state, step);
        }
    }

    private static void Release(ExecutionState state, StepProgress step)
    {
        // More than the lanes take only wait, each with an event that says so, and stand in every snapshot.
        var most = step.Outline.MaxParallel == 0
            ? state.Limits.MaxInFlight
            : Math.Min(step.Outline.MaxParallel, WidestOfLanes * state.Limits.MaxInFlight);
        while (step.Status == StepStatus.Active && step.Released < step.Units.Length && step.Released - step.Ended < most)
        {
            WorkFlow.Begin(state, step.Units[step.Released++]);
        }
    }

    private static void EndRepeated(ExecutionState state, StepProgress step, Failure? last)
    {
        var allFailed = step.Units.Length > 0 && step.Failed == step.Units.Length;
        state.HasErrors |= step.Failed > 0;
        End(state, step, allFailed ? StepStatus.Failed : StepStatus.Completed, step.CollectOutputs(), allFailed ? last : null);
    }

    private static void End(ExecutionState state, StepProgress step, StepStatus status, RunValue? output = null, Failure? failure = null)
    {
        step.Status = status;
        step.Output = output;
        step.Failure = failure;
        state.OpenSteps--;
        state.ActiveSteps--;
        NoteEnd(state, step);
        if (failure is not null)
        {
            state.HasErrors = true;
            if (!step.Outline.Optional)
            {
                RunFlow.Fail(state, step, failure);
                return;
            }
        }

        foreach (var dependent in step.Dependents)
        {
            if (--state.Steps[dependent].OpenDependencies == 0)
            {
                state.ReadySteps.Enqueue(dependent, dependent);
            }
        }
    }

    // A step that is not repeated has its end noted with its only unit, which knows attempt and agent.
    private static void NoteEnd(ExecutionState state, StepProgress step)
    {
        var key = new WorkKey(step.Index);
        if (step.Status == StepStatus.Skipped)
        {
            state.Note(FactType.StepSkipped, key);
        }
        else if (step.Status == StepStatus.Failed && (step.Outline.Repeats || step.Units.Length == 0))
        {
            state.Note(FactType.StepFailed, key, detail: new FactDetail.StepEnd(null, step.Failure));
        }
        else if (step.Outline.Repeats && step.Output is { } output)
        {
            // The outputs of the items stand at the items; repeating a long list would double the history.
            state.Note(FactType.StepCompleted, key, detail: new FactDetail.StepEnd(
                output is not RunValue.Parts && output.Weight <= state.Budget.Limit ? output : null));
        }
    }

    /// <summary>What a failed item looks like in the list of a step that is not critical.</summary>
    public static RunValue ErrorItem(Failure failure) =>
        new RunValue.Inline(JsonSerializer.SerializeToElement(new ItemError(ErrorView.Of(failure)), ExecutionJson.Default.ItemError));
}
