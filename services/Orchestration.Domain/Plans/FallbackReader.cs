namespace Orchestration.Domain.Plans;

/// <summary>Reads what stands in for a failed step: another agent or action, a value, or a plan.</summary>
internal static class FallbackReader
{
    internal static Fallback? Read(FieldReader step, PlanDialect dialect)
    {
        if (step.Map("fallback") is not { } fields)
        {
            return null;
        }

        string[] agentFields = [dialect.Agent, "capability", "action"];
        int kinds = (fields.Has("plan") ? 1 : 0) + (fields.Take("value", allowNull: true) is null ? 0 : 1)
            + (agentFields.Any(fields.Has) ? 1 : 0);
        if (kinds != 1)
        {
            fields.Context.Problems.Add(
                ProblemCode.Conflict, fields.Path, fields.Start, "a fallback is one of: another agent or action, a value, a plan");
        }

        Template? input = fields.Template("input");
        AgentSelector agent = WorkReader.ReadAgent(fields, dialect);
        string? action = fields.Text("action");
        Fallback fallback = fields.Template("value") is { } value
            ? new Fallback.Value(value)
            : WorkReader.ReadPlan(fields, dialect, input) is { } plan
                ? new Fallback.OtherPlan(plan)
                : new Fallback.OtherAgent(agent, action);
        if (input is not null && fallback is not Fallback.OtherPlan)
        {
            fields.Report(ProblemCode.Conflict, "input",
                "only a fallback plan takes its own input; another agent gets the input of the step");
        }

        fields.Finish();
        return fallback;
    }
}
