using Monitor.Storage;
using Orchestration.Contracts;

namespace Monitor.Projection;

/// <summary>
/// A run while events are applied to it: numbered ones strictly in sequence, whatever the order they come in. Starts from the
/// rows as stored and remembers what changed.
/// </summary>
internal sealed class ProjectedRun(RunKey key, RunRow? stored, IEnumerable<StepRow> storedSteps, IEnumerable<RunEvent> parked)
{
    private readonly Dictionary<string, StepRow> steps = storedSteps.ToDictionary(step => step.StepId);
    private readonly HashSet<string> changedSteps = [];
    private readonly RunRow? stored = stored;
    private readonly SortedDictionary<long, RunEvent> waiting = new(parked.ToDictionary(happened => happened.Sequence));

    public RunKey Key => key;

    /// <summary>Null until the first event has come.</summary>
    public RunRow? Run { get; private set; } = stored;

    public bool IsNew => stored is null && Run is not null;

    public bool HasChanged => !ReferenceEquals(Run, stored);

    public IEnumerable<StepRow> ChangedSteps => changedSteps.Select(id => steps[id]);

    /// <summary>Events that wait for one before them.</summary>
    public IReadOnlyCollection<RunEvent> Waiting => waiting.Values;

    /// <summary>Sequence of the newest event applied.</summary>
    public long Sequence => Run?.Sequence ?? 0;

    /// <summary>Takes one event and hands everything that happens because of it to <paramref name="applied"/>, in order.</summary>
    public void Take(RunEvent happened, Action<RunEvent> applied)
    {
        if (happened.Sequence == 0)
        {
            if (ApplyLive(happened))
            {
                applied(happened);
            }

            return;
        }

        if (happened.HistoryGap is { } gap)
        {
            if (IsOpen(gap))
            {
                PassOver(happened, gap);
                applied(happened);
            }
        }
        else if (happened.Sequence > Sequence)
        {
            waiting.TryAdd(happened.Sequence, happened);
        }

        while (waiting.Remove(Sequence + 1, out var next))
        {
            ApplyNumbered(next);
            applied(next);
        }
    }

    /// <summary>True while nothing of the gap has come: what comes late but in time is applied as if it had never been missed.</summary>
    private bool IsOpen(HistoryGap gap) =>
        gap.FromSequence == Sequence + 1 && gap.ToSequence >= gap.FromSequence && !waiting.Keys.Any(sequence => sequence <= gap.ToSequence);

    private void PassOver(RunEvent happened, HistoryGap gap)
    {
        var run = Run ?? First(happened);
        Run = run with { Sequence = gap.ToSequence, MissingEvents = run.MissingEvents + gap.ToSequence - gap.FromSequence + 1 };
    }

    private void ApplyNumbered(RunEvent happened)
    {
        var run = (Run ?? First(happened)) with { Sequence = happened.Sequence };
        if (happened.StepId.Length == 0)
        {
            Run = RunProjection.Apply(run, happened);
            AddPlanSteps(happened);
            return;
        }

        Run = run;
        var step = steps.GetValueOrDefault(happened.StepId);
        Change(step, StepProjection.Apply(step ?? new StepRow { StepId = happened.StepId }, happened));
    }

    private void AddPlanSteps(RunEvent happened)
    {
        if (happened.RunAccepted is not { } accepted)
        {
            return;
        }

        foreach (var (position, stepId) in accepted.StepIds.Index())
        {
            if (!steps.ContainsKey(stepId))
            {
                Change(null, new StepRow { StepId = stepId, Position = position });
            }
        }
    }

    /// <summary>False when it is nobody's business any more.</summary>
    private bool ApplyLive(RunEvent happened)
    {
        if (Run is null || Run.HasEnded || happened.StepId.Length == 0)
        {
            return Run is { HasEnded: false };
        }

        var step = steps.GetValueOrDefault(happened.StepId);
        var before = step ?? new StepRow { StepId = happened.StepId };
        if (!LiveProjection.IsCurrent(before, happened))
        {
            return false;
        }

        var after = LiveProjection.Apply(before, happened);
        if (!ReferenceEquals(before, after))
        {
            Change(step, after);
        }

        return true;
    }

    private void Change(StepRow? before, StepRow after)
    {
        steps[after.StepId] = after;
        changedSteps.Add(after.StepId);
        Run = RunProjection.Count(Run!, before, after);
    }

    private RunRow First(RunEvent happened) => new()
    {
        Key = key,
        RootRunId = happened.RootRunId,
        AcceptedAt = Moment.Of(happened.Time) ?? DateTimeOffset.UnixEpoch,
    };
}
