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

    public RunValue CollectOutputs() => new RunValue.List([.. Units.Select(unit => unit.Output ?? RunValue.Null)]);

    /// <summary>The item a unit works on: at hand, or the blob it is found in.</summary>
    public (RunValue? Item, RunValue? Items) ItemOf(WorkKey work) => (work.Item, Items) switch
    {
        (WorkKey.NoItem, _) or (_, null) => (null, null),
        (var item, RunValue.Inline list) => (RunValue.Of(list.Json[item]), null),
        (var item, RunValue.List list) => (list.Items[item], null),
        _ => (null, Items),
    };
}
