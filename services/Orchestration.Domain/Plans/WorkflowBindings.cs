using System.Collections.Immutable;

namespace Orchestration.Domain.Plans;

/// <summary>The names a step of the workflow dialect takes and gives.</summary>
internal sealed record WorkflowStepNames(ImmutableArray<string> Inputs, ImmutableArray<string> Outputs);

/// <summary>
/// Turns the <c>inputs</c> and <c>outputs</c> of the workflow dialect into expressions: an input is the output of that name of the
/// nearest earlier step that declares it (any step when no earlier one does), otherwise an input of the run.
/// </summary>
internal static class WorkflowBindings
{
    internal static Plan Bind(Plan plan, List<WorkflowStepNames> names)
    {
        if (names.Count != plan.Steps.Length)
        {
            return plan;
        }

        ILookup<string, int> producers = names
            .SelectMany((step, i) => step.Outputs.Select(output => (output, i)))
            .ToLookup(pair => pair.output, pair => pair.i, StringComparer.Ordinal);
        var runInputs = new List<string>();
        ImmutableArray<PlanStep>.Builder steps = ImmutableArray.CreateBuilder<PlanStep>();
        for (int i = 0; i < plan.Steps.Length; i++)
        {
            int at = i;
            steps.Add(Bind(plan.Steps[i], ImpliedExpressions.ToTemplate(names[i].Inputs.Select(input =>
                (input, Find(input, at) is { } producer
                    ? ImpliedExpressions.OutputOf(plan.Steps[producer].Id) + ImpliedExpressions.Access(input)
                    : RunInput(input))))));
        }

        return ImplicitDependencies.Add(plan with
        {
            Steps = steps.ToImmutable(),
            Inputs = [.. runInputs.Distinct().Select(name => new PlanInput(name, "any", Required: true))],
        });

        int? Find(string output, int step) =>
            producers[output].Where(producer => producer < step).Select(producer => (int?)producer).LastOrDefault()
            ?? producers[output].Where(producer => producer > step).Select(producer => (int?)producer).FirstOrDefault();

        string RunInput(string name)
        {
            runInputs.Add(name);
            return $"inputs{ImpliedExpressions.Access(name)}";
        }
    }

    private static PlanStep Bind(PlanStep step, Template input) => step.Work switch
    {
        StepWork.CallAgent call => step with { Work = call with { Input = input } },
        StepWork.RunPlan run => step with { Work = run with { Input = input } },
        _ => step,
    };
}
