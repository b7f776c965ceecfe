using System.Collections.Immutable;

namespace Orchestration.Domain.Plans;

/// <summary>Reads what a step does.</summary>
internal sealed class WorkReader(PlanDialect dialect, FieldReader fields, string stepId)
{
    private static readonly string[] OtherWork = ["plan", "delay", "waitFor"];

    internal StepWork Read(ImmutableArray<string> dependsOn)
    {
        Template? input = dialect == PlanDialect.Workflow ? null : fields.Template("input");
        string[] agentFields = [dialect.Agent, "capability", "action"];
        bool callsAgent = agentFields.Any(fields.Has);
        AgentSelector agent = ReadAgent(fields, dialect);
        string? action = fields.Text("action");
        string[] kinds = [.. OtherWork.Where(fields.Has)];
        if (kinds.Length + (callsAgent ? 1 : 0) > 1)
        {
            fields.Report(ProblemCode.Conflict, kinds[^1], "a step does one thing: call an agent, run a plan, delay, or wait for an event");
        }

        StepWork? other = ReadPlan(fields, dialect, input) ?? (StepWork?)ReadDelay() ?? ReadWait();
        if (other is StepWork.Delay or StepWork.WaitFor && input is not null)
        {
            fields.Report(ProblemCode.Conflict, "input", "a step that only waits takes no input");
        }

        return other ?? new StepWork.CallAgent(agent, action ?? stepId, input ?? DefaultInput(dependsOn));
    }

    internal static AgentSelector ReadAgent(FieldReader fields, PlanDialect dialect)
    {
        string? range = fields.Text("version", orNumber: true);
        if (range is not null && VersionRange.Parse(range) is null)
        {
            fields.Report(ProblemCode.BadValue, "version", $"'{range}' is not a version range such as '>=1.2 <2', '^1.4' or '2.x'");
        }

        return new AgentSelector(fields.Text(dialect.Agent, "agent"), fields.Text("capability"), range);
    }

    internal static StepWork.RunPlan? ReadPlan(FieldReader fields, PlanDialect dialect, Template? input)
    {
        if (fields.Take("plan") is not { } place)
        {
            return null;
        }

        Template given = input ?? Template.Empty;
        return place.Node switch
        {
            ScalarNode { Type: ScalarKind.Text } name => new StepWork.RunPlan(name.Text, null, given),
            MapNode => PlanFieldsReader.Read(fields.Context, place, "sub-plan", PlanFieldsReader.NestedDialect(place, dialect)) is { } plan
                ? new StepWork.RunPlan(null, plan, given)
                : null,
            _ => fields.Wrong<StepWork.RunPlan>(place, "the name of a plan, or a plan,"),
        };
    }

    private StepWork.Delay? ReadDelay() => fields.Duration("delay") is { } duration ? new StepWork.Delay(duration) : null;

    private StepWork.WaitFor? ReadWait()
    {
        if (fields.Take("waitFor") is not { } place)
        {
            return null;
        }

        if (place.Node is ScalarNode { Type: ScalarKind.Text, Text.Length: > 0 } name)
        {
            return new StepWork.WaitFor(name.Text, null);
        }

        if (FieldReader.Open(fields.Context, place) is not { } wait)
        {
            return null;
        }

        string? @event = wait.Text("event");
        if (string.IsNullOrEmpty(@event))
        {
            wait.Missing("event", "waitFor needs the name of the event");
        }

        var work = new StepWork.WaitFor(@event ?? "", wait.Timeout("timeout"));
        wait.Finish();
        return work;
    }

    /// <summary>A plan object's step without input gets what there is: the run's inputs, or the outputs of what it waited for.</summary>
    private Template DefaultInput(ImmutableArray<string> dependsOn)
    {
        if (dialect != PlanDialect.PlanObject)
        {
            return Template.Empty;
        }

        return dependsOn.IsEmpty
            ? Template.Of("${{ inputs }}")
            : ImpliedExpressions.ToTemplate(dependsOn.Select(id => (id, ImpliedExpressions.OutputOf(id))));
    }
}
