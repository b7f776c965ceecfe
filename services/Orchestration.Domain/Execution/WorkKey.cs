using System.Globalization;

namespace Orchestration.Domain.Execution;

/// <summary>Names one unit of work of a run: a step, or one item of a repeated step.</summary>
/// <param name="Step">Position of the step in the plan, from 0.</param>
/// <param name="Item">Position of the item, from 0; <see cref="NoItem"/> for a step that is not repeated, or as a whole.</param>
public readonly record struct WorkKey(int Step, int Item = WorkKey.NoItem)
{
    /// <summary>Marks the step as a whole.</summary>
    public const int NoItem = -1;

    /// <summary>The name people see: <c>extract</c> or <c>extract[12]</c>.</summary>
    /// <param name="stepId">Id of the step.</param>
    public string Name(string stepId) =>
        Item == NoItem ? stepId : string.Create(CultureInfo.InvariantCulture, $"{stepId}[{Item}]");
}
