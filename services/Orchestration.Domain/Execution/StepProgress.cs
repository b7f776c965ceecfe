using System.Collections.Immutable;
using Orchestration.Domain.Failures;

namespace Orchestration.Domain.Execution;

/// <summary>Where one step of a run stands.</summary>
internal sealed class StepProgress(int index, StepOutline outline)
{
    public int Index { get; } = index;

    public StepOutline Outline { get; } = outline;

    public StepStatus Status { get; set; } = StepStatus.Pending;

    public int OpenDependencies { get; set; } = outline.After.Length;

    /// <summary>Positions of the steps that wait for this one.</summary>
    public List<int> Dependents { get; } = [];

    public RunValue? Items { get; set; }

    public WorkUnit[] Units { get; private set; } = [];

    public int Released { get; set; }

    public int Ended { get; set; }

    public int Failed { get; set; }

    public RunValue? Output { get; set; }

    public Failure? Failure { get; set; }

    public bool HasEnded => Status is StepStatus.Completed or StepStatus.Failed or StepStatus.Skipped or StepStatus.Cancelled;

    public WorkUnit Unit(int item) => Units[item == WorkKey.NoItem ? 0 : item];

    public void Spawn(RunValue? items, int count)
    {
        Items = items;
        Units = new WorkUnit[count];
        for (var i = 0; i < count; i++)
        {
            Units[i] = new WorkUnit(new WorkKey(Index, Outline.Repeats ? i : WorkKey.NoItem));
        }
    }

    /// <summary>Ranges of ended units whose outputs are kept together, by the position of their first.</summary>
    public SortedDictionary<int, PackedRange> Packed { get; } = [];

    /// <summary>Ranges of ended units whose outputs stand at the units.</summary>
    public IEnumerable<PackedRange> Unpacked()
    {
        for (var from = 0; from < Released; from++)
        {
            var end = from;
            while (end < Released && Units[end] is { HasEnded: true, IsPacked: false })
            {
                end++;
            }

            if (end > from)
            {
                yield return new PackedRange(Index, from, end - from, List(from, end));
                from = end;
            }
        }
    }

    public void Pack(PackedRange range)
    {
        Packed.Add(range.From, range);
        for (var i = range.From; i < range.From + range.Count; i++)
        {
            Units[i].Pack();
        }
    }

    public RunValue CollectOutputs()
    {
        if (Packed.Count == 0)
        {
            return List(0, Units.Length);
        }

        var parts = ImmutableArray.CreateBuilder<RunValue.Part>();
        var next = 0;
        foreach (var range in Packed.Values)
        {
            AddPart(parts, next, range.From);
            parts.Add(new RunValue.Part(range.Count, range.Values));
            next = range.From + range.Count;
        }

        AddPart(parts, next, Units.Length);
        return new RunValue.Parts(parts.ToImmutable());
    }

    private void AddPart(ImmutableArray<RunValue.Part>.Builder parts, int from, int end)
    {
        if (end > from)
        {
            parts.Add(new RunValue.Part(end - from, List(from, end)));
        }
    }

    private RunValue.List List(int from, int end) => new([.. Units[from..end].Select(unit => unit.Output ?? RunValue.Null)]);

    /// <summary>The item a unit works on: at hand, or the blob it is found in.</summary>
    public (RunValue? Item, RunValue? Items) ItemOf(WorkKey work) => (work.Item, Items) switch
    {
        (WorkKey.NoItem, _) or (_, null) => (null, null),
        (var item, RunValue.Inline list) => (RunValue.Of(list.Json[item]), null),
        _ => (null, Items),
    };
}
