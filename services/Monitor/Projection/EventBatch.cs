using Monitor.Storage;
using Orchestration.Contracts;

namespace Monitor.Projection;

/// <summary>The events of one transaction.</summary>
internal sealed class EventBatch
{
    private readonly HistoryWriter writer;
    private readonly int parkedPerRun;
    private readonly Dictionary<RunKey, LoadedRun> runs = [];
    private readonly List<StoredEvent> applied = [];
    private bool hasAppended;

    private EventBatch(HistoryWriter writer, int parkedPerRun)
    {
        this.writer = writer;
        this.parkedPerRun = parkedPerRun;
    }

    /// <summary>What happened, in order; live events have ordinal 0.</summary>
    public IReadOnlyList<StoredEvent> Applied => applied;

    /// <summary>Loads what the events are about.</summary>
    /// <param name="parkedPerRun">Events of one run that may wait for a missing one.</param>
    public static async Task<EventBatch> LoadAsync(
        HistoryWriter writer, IEnumerable<RunEvent> events, int parkedPerRun, CancellationToken cancellationToken)
    {
        var batch = new EventBatch(writer, parkedPerRun);
        foreach (var part in events.GroupBy(KeyOf))
        {
            batch.runs.Add(part.Key, await LoadRunAsync(writer, part.Key, [.. part], cancellationToken));
        }

        return batch;
    }

    /// <summary>Takes a delivery as a whole, or refuses it when too much waits already.</summary>
    public bool Take(IReadOnlyList<RunEvent> events)
    {
        if (events.GroupBy(KeyOf).Any(part => IsTooMuch(runs[part.Key], part)))
        {
            return false;
        }

        foreach (var happened in events)
        {
            var run = runs[KeyOf(happened)].Run;
            run.Take(happened, done =>
            {
                applied.Add(done.Sequence == 0 ? new StoredEvent(0, done) : writer.Append(run.Key, done));
                hasAppended |= done.Sequence > 0;
            });
        }

        return true;
    }

    /// <summary>Hands the changed rows to the writer; false when there is nothing to write.</summary>
    public bool Finish(DateTimeOffset now)
    {
        var hasChanged = hasAppended;
        foreach (var loaded in runs.Values)
        {
            hasChanged |= Save(loaded.Run) | Park(loaded, now);
        }

        return hasChanged;
    }

    private static RunKey KeyOf(RunEvent happened) => new(happened.Tenant, happened.RunId);

    private static async Task<LoadedRun> LoadRunAsync(
        HistoryWriter writer, RunKey key, List<RunEvent> events, CancellationToken cancellationToken)
    {
        var row = await writer.FindRunAsync(key, cancellationToken);
        var next = (row?.Sequence ?? 0) + 1;
        var parked = await writer.CountParkedAsync(key, cancellationToken);
        var freed = parked > 0 && events.Any(happened => happened.FirstSequence() == next)
            ? await writer.ReadParkedAsync(key, cancellationToken)
            : [];
        var stepIds = events.Concat(freed).Select(happened => happened.StepId).Where(id => id.Length > 0).ToHashSet();
        var steps = row is null ? [] : await writer.ReadStepsAsync(key, stepIds, cancellationToken);
        return new LoadedRun(
            new ProjectedRun(key, row, steps, freed), parked - freed.Count, [.. freed.Select(happened => happened.Sequence)]);
    }

    // A delivery that fills the gap is always welcome.
    private bool IsTooMuch(LoadedRun loaded, IEnumerable<RunEvent> events) =>
        loaded.StillParked + loaded.Run.Waiting.Count >= parkedPerRun
        && events.All(happened => happened.FirstSequence() > loaded.Run.Sequence + 1);

    private bool Save(ProjectedRun run)
    {
        if (run.HasChanged)
        {
            writer.Save(run.Run!);
        }

        if (run.IsNew)
        {
            writer.SaveLabels(run.Run!);
        }

        foreach (var step in run.ChangedSteps)
        {
            writer.Save(run.Key, step);
        }

        return run.HasChanged || run.ChangedSteps.Any();
    }

    private bool Park(LoadedRun loaded, DateTimeOffset now)
    {
        if (loaded.Freed.Count > 0)
        {
            writer.Unpark(loaded.Run.Key, loaded.Run.Sequence);
        }

        var waiting = loaded.Run.Waiting.Where(happened => !loaded.Freed.Contains(happened.Sequence)).ToList();
        foreach (var happened in waiting)
        {
            writer.Park(loaded.Run.Key, happened, now);
        }

        return loaded.Freed.Count + waiting.Count > 0;
    }

    /// <param name="StillParked">Events in the database that this batch cannot free.</param>
    /// <param name="Freed">Sequences of the parked events that were loaded into the run.</param>
    private sealed record LoadedRun(ProjectedRun Run, long StillParked, HashSet<long> Freed);
}
