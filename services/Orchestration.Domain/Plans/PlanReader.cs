using System.Collections.Immutable;

namespace Orchestration.Domain.Plans;

/// <summary>What reading a document yields.</summary>
/// <param name="Plan">The plan; null when there is an error.</param>
/// <param name="Draft">What could be read in spite of errors, so that its other problems can be found too; null when there is
/// nothing.</param>
/// <param name="Problems">Everything wrong, in document order.</param>
/// <param name="Sources">Where the parts of the plan stand.</param>
public sealed record PlanReading(Plan? Plan, Plan? Draft, ImmutableArray<Problem> Problems, SourceMap Sources);

/// <summary>
/// Reads plans from YAML or JSON in any of the three dialects: our own, the <c>workflow:</c> document and the plan object with
/// <c>agentId</c> and <c>dependencies</c>. Never throws for what a document holds.
/// </summary>
/// <remarks>
/// What a document leaves out: a plan without an id is called <c>plan</c>; a step without an action does the action named like
/// the step; a step without an agent goes to any agent that has the action. A plan object's step without input gets the
/// inputs of the run, or, when it has dependencies, their outputs under their ids. A step depends on every step its expressions
/// read, whether it says so or not.
/// </remarks>
public static class PlanReader
{
    /// <summary>Reads a document within the default limits.</summary>
    public static PlanReading Read(string text) => Read(text, DocumentLimits.Default);

    /// <summary>Reads a document.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="limits">What the document may use.</param>
    public static PlanReading Read(string text, DocumentLimits limits)
    {
        var context = new ReadingContext(new ProblemList(), new SourceMap());
        Plan? draft = null;
        if (DocumentReader.Read(text, limits, context.Problems) is { } root)
        {
            context.Sources.Add("", "", root);
            draft = ReadDocument(context, new Place(root, "", ""));
        }

        return new PlanReading(context.Problems.HasErrors ? null : draft, draft, context.Problems.ToImmutable(), context.Sources);
    }

    private static Plan? ReadDocument(ReadingContext context, Place place)
    {
        if (FieldReader.Open(context, place) is not { } fields)
        {
            return null;
        }

        if (fields.Map("workflow") is not { } workflow)
        {
            return PlanFieldsReader.Read(context, place, "plan", PlanDialect.Of((MapNode)place.Node));
        }

        fields.Finish();
        return PlanFieldsReader.Read(
            context, new Place(((MapNode)place.Node).Find("workflow")!, workflow.Path, ""), "plan", PlanDialect.Workflow);
    }
}
