namespace Orchestration.Domain.Execution;

/// <summary>
/// How large a value may be to stand in a run's history. All of the history travels with every turn, and a value stands in
/// it once as a result, once in its event and once for every step that reads it.
/// </summary>
public sealed class InlineBudget
{
    private const int MostPerValue = 4 * 1024;
    private const int MostPerRun = 512 * 1024;
    private const int LeastPerValue = 128;

    // Of more items not all stand in the same history.
    private const int MostItems = 500;

    private long _places;

    /// <summary>The budget of a run that has just begun.</summary>
    public InlineBudget(PlanOutline outline)
    {
        _places = 2 + 2L * outline.Steps.Length + (outline.OutputReads?.Steps.Length ?? outline.Steps.Length);
        foreach (var step in outline.Steps)
        {
            Count(step.WorkReads);
            Count(step.EntryReads);
        }
    }

    /// <summary>Bytes a value may have; more make it a blob.</summary>
    public int Limit => (int)Math.Clamp(MostPerRun / _places, LeastPerValue, MostPerValue);

    /// <summary>Bytes a value may have before the run has begun.</summary>
    public static int LimitOf(PlanOutline outline) => new InlineBudget(outline).Limit;

    /// <summary>Places counted so far.</summary>
    internal long Places
    {
        get => _places;
        set => _places = value;
    }

    internal void AddItems(StepOutline step, int count) =>
        _places += Math.Min(count, MostItems) * (3L + (step.WorkReads?.Steps.Length ?? 0) + (step.WorkReads is { Inputs: true } ? 1 : 0));

    private void Count(Reads? reads) => _places += reads is null ? 0 : reads.Steps.Length + (reads.Inputs ? 1 : 0);
}
