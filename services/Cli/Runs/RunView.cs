using System.Globalization;
using Orchestration.Client;
using Orchestration.Contracts;
using Orchestration.Contracts.Agents;

namespace Cli.Runs;

/// <summary>A run and its steps for people: who answered, at which attempt, what it waited for, and which items failed.</summary>
/// <param name="output">Where it goes.</param>
/// <param name="everyItem">True shows the items of repeated steps in the table; they are counted otherwise.</param>
/// <param name="now">Until when what goes on has lasted.</param>
internal sealed class RunView(Output output, bool everyItem, DateTimeOffset now)
{
    // Of each repeated step; the rest is counted.
    private const int ShownFailures = 10;

    public void Write(Run run)
    {
        var items = run.Steps.Where(step => ItemTally.StepOf(step.StepId) is not null).ToLookup(step => ItemTally.StepOf(step.StepId)!);
        output.Line($"{run.RunId}: {StateText.Of(run.State)}{(run.Failure is { } failure ? ": " + Text(failure) : "")}");
        output.Line($"  plan {run.PlanId}@{run.PlanVersion}, accepted {Figures.Time(run.AcceptedAt)}, queued {Queued(run)}, steps {Figures.Steps(run)}, {Figures.Duration(run.Duration)}".TrimEnd(' ', ','));
        if (run.Labels.Count > 0)
        {
            output.Line($"  labels {string.Join(", ", run.Labels.Select(label => $"{label.Key}={label.Value}"))}");
        }

        var rows = run.Steps.Where(step => everyItem || ItemTally.StepOf(step.StepId) is null).ToList();
        if (rows.Count > 0)
        {
            output.Table(["STEP", "STATE", "ATTEMPTS", "AGENT", "QUEUED", "TIME", "NOTE"], rows.Select(
                step => Row(step, [.. items[step.StepId]])));
        }

        foreach (var step in items.Where(_ => !everyItem))
        {
            WriteFailed(run.RunId, step.Key, [.. step.Where(item => item.Failure is not null && item.State == StepState.StepFailed)]);
        }

        if (!run.Output.IsEmpty)
        {
            output.Line($"Output: orchestrate run show {run.RunId} --output");
        }
    }

    private void WriteFailed(string runId, string step, List<Step> failed)
    {
        if (failed.Count == 0)
        {
            return;
        }

        output.Line(string.Create(CultureInfo.InvariantCulture, $"Failed items of {step}: {failed.Count}"));
        output.Table(["  ITEM", "ATTEMPTS", "AGENT", "WHY"], failed.Take(ShownFailures).Select(item => (IReadOnlyList<string>)
            [$"  {item.StepId}", Attempts(item), Agent(item), Text(item.Failure) + Child(item)]));
        if (failed.Count > ShownFailures)
        {
            output.Line(string.Create(
                CultureInfo.InvariantCulture, $"  and {failed.Count - ShownFailures} more: orchestrate run show {runId} --items"));
        }
    }

    private IReadOnlyList<string> Row(Step step, List<Step> items) =>
        [step.StepId, StateText.Of(step.State), Attempts(step), Agent(step), Queued(step), Figures.Between(step.StartedAt, step.EndedAt),
            Note(step, items)];

    private static string Attempts(Step step) => step.Attempts == 0 ? "" : step.Attempts.ToString(CultureInfo.InvariantCulture);

    private static string Agent(Step step)
    {
        var agent = step.AppId.Length > 0 ? $"{step.AgentId} of {step.AppId}" : step.AgentId;
        return step.ByFallback ? $"{agent} (fallback)".TrimStart() : agent;
    }

    private string Queued(Run run) => run switch
    {
        { StartedAt: not null } => Figures.Between(run.AcceptedAt, run.StartedAt),
        { State: RunState.RunAccepted } => Figures.SoFar(run.AcceptedAt, now),
        _ => Figures.Between(run.AcceptedAt, run.EndedAt),
    };

    private string Queued(Step step) => step switch
    {
        { FirstStartedAt: not null } => Figures.Between(step.QueuedAt, step.FirstStartedAt),
        { State: StepState.StepQueued } => Figures.SoFar(step.QueuedAt, now),

        // It was never in work, or nobody heard when.
        _ => "",
    };

    private static string Note(Step step, List<Step> items)
    {
        var notes = new List<string>();
        if (step.State is StepState.StepQueued or StepState.StepRunning && step.Message.Length > 0)
        {
            notes.Add(step.Message);
        }

        if (step.State == StepState.StepFailed && step.Failure is { } failure)
        {
            notes.Add(Text(failure));
        }

        if (step.Setback is { } setback && setback.Message != step.Message && setback.Message != step.Failure?.Message)
        {
            notes.Add($"before: {Text(setback)}");
        }

        if (items.Count > 0)
        {
            notes.Add(Counted(items));
        }

        return string.Join("; ", notes) + Child(step);
    }

    /// <summary>"1980 completed (12 retried, 3 by fallback), 20 failed, 5 running".</summary>
    private static string Counted(List<Step> items)
    {
        var counts = items.CountBy(item => item.State).OrderByDescending(count => count.Key == StepState.StepCompleted)
            .ThenBy(count => count.Key)
            .Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Value} {StateText.Of(count.Key)}"));
        var (retried, fellBack) = (items.Count(item => item.Attempts > 1 && !item.ByFallback), items.Count(item => item.ByFallback));
        var extras = new[] { (retried, "retried"), (fellBack, "by fallback") }.Where(extra => extra.Item1 > 0)
            .Select(extra => string.Create(CultureInfo.InvariantCulture, $"{extra.Item1} {extra.Item2}")).ToList();
        return $"{Figures.Items(items.Count)}: {string.Join(", ", counts)}{(extras.Count > 0 ? $" ({string.Join(", ", extras)})" : "")}";
    }

    private static string Child(Step step) => step.ChildRunId.Length > 0 ? $" [run {step.ChildRunId}]" : "";

    private static string Text(Failure failure) =>
        $"{failure.Code} ({failure.FailureClass.ToString().ToLowerInvariant()}): {failure.Message}";
}
