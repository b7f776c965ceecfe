using System.Collections.Immutable;
using Orchestration.Domain.Planning;
using Orchestration.Domain.Plans;

namespace Orchestrator.Runs;

/// <summary>
/// Makes a plan ready to run: named sub-plans are put in place, so that a plan registered later changes nothing for a run
/// that is under way, and everything is validated against the agents there are.
/// </summary>
internal sealed class PlanResolver(PlanCatalogue catalogue, KnownAgents agents)
{
    /// <summary>Reads and validates a document, with every problem at its line.</summary>
    public async Task<PlanningResult> ReadAsync(string tenant, string text, CancellationToken cancellationToken)
    {
        var (plan, problems) = PlanValidator.ReadAndValidate(text, agents(tenant), PlanLimits.Default);
        if (plan is null)
        {
            return new PlanningResult(null, problems);
        }

        var resolved = await ResolveAsync(tenant, plan, cancellationToken);
        return resolved.Execution is null || problems.IsEmpty ? resolved : resolved with { Problems = problems };
    }

    private async Task<PlanningResult> ResolveAsync(string tenant, Plan plan, CancellationToken cancellationToken)
    {
        var names = new NamedPlans(tenant, catalogue, cancellationToken);
        var resolved = await names.InlineAsync(plan, "", [], 1);
        return names.Problems.Count > 0
            ? new PlanningResult(null, [.. names.Problems])
            : ReferenceEquals(resolved, plan)
                ? new PlanningResult(Planner.Freeze(plan), [])
                : Planner.Plan(resolved, agents(tenant), PlanLimits.Default);
    }

    /// <summary>One walk through a plan that replaces names by what they stand for.</summary>
    private sealed class NamedPlans(string tenant, PlanCatalogue catalogue, CancellationToken cancellationToken)
    {
        private int _steps;
        private bool _isTooLarge;

        public List<Problem> Problems { get; } = [];

        /// <param name="depth">Plans within plans, this one included.</param>
        public async Task<Plan> InlineAsync(Plan plan, string path, ImmutableArray<string> above, int depth)
        {
            // A few names can stand for millions of steps: the limits hold while they are put in place, not only afterwards.
            _steps += plan.Steps.Length;
            if (IsTooLarge(path, depth))
            {
                return plan;
            }

            var steps = plan.Steps.ToBuilder();
            var isChanged = false;
            for (var i = 0; i < steps.Count; i++)
            {
                var step = await InlineAsync(steps[i], $"{path}steps[{i}]", above, depth);
                isChanged |= !ReferenceEquals(step, steps[i]);
                steps[i] = step;
            }

            var fallback = plan.FallbackPlan is { } other ? await InlineAsync(other, $"{path}fallbackPlan.", above, depth) : null;
            isChanged |= !ReferenceEquals(fallback, plan.FallbackPlan);
            return isChanged ? plan with { Steps = steps.ToImmutable(), FallbackPlan = fallback } : plan;
        }

        private async Task<PlanStep> InlineAsync(PlanStep step, string path, ImmutableArray<string> above, int depth)
        {
            if (step.Work is StepWork.RunPlan run && await InlineAsync(run, $"{path}.plan", above, depth) is var work
                && !ReferenceEquals(work, run))
            {
                step = step with { Work = work };
            }

            if (step.Fallback is Fallback.OtherPlan other
                && await InlineAsync(other.Work, $"{path}.fallback.plan", above, depth) is var stand && !ReferenceEquals(stand, other.Work))
            {
                step = step with { Fallback = new Fallback.OtherPlan(stand) };
            }

            return step;
        }

        private async Task<StepWork.RunPlan> InlineAsync(StepWork.RunPlan run, string path, ImmutableArray<string> above, int depth)
        {
            if (_isTooLarge)
            {
                return run;
            }

            if (run.Definition is { } given)
            {
                var inner = await InlineAsync(given, $"{path}.", above, depth + 1);
                return ReferenceEquals(inner, given) ? run : run with { Definition = inner };
            }

            var name = run.Plan ?? "";
            if (above.Contains(name))
            {
                Report(ProblemCode.Cycle, path, $"the plan '{name}' runs itself: {string.Join(" → ", [.. above, name])}");
                return run;
            }

            var (id, version) = PlanCatalogue.Split(name);
            if (await catalogue.FindAsync(tenant, id, version, cancellationToken) is not { } record)
            {
                Report("unknown_plan", path, $"no plan '{name}' is registered");
                return run;
            }

            return PlanReader.Read(record.Text).Plan is { } definition
                ? run with { Definition = await InlineAsync(definition, $"{path}.", above.Add(name), depth + 1) }
                : run;
        }

        private bool IsTooLarge(string path, int depth)
        {
            var limits = PlanLimits.Default;
            if (!_isTooLarge && (_steps > limits.MaxSteps || depth > limits.MaxDepth))
            {
                _isTooLarge = true;
                Report(ProblemCode.TooLarge, path.TrimEnd('.'), _steps > limits.MaxSteps
                    ? $"with the plans it runs, the plan has more than {limits.MaxSteps} steps"
                    : $"plans are nested deeper than {limits.MaxDepth}");
            }

            return _isTooLarge;
        }

        private void Report(string code, string path, string message) =>
            Problems.Add(new Problem(ProblemSeverity.Error, code, path, 0, 0, message));
    }
}
