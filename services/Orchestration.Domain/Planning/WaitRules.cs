using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Planning;

/// <summary>Rules about steps that wait.</summary>
internal static class WaitRules
{
    // Events are sent to the run a caller has started; the runs below it are known to nobody.
    internal static void EventsCanArrive(PlanCheck check)
    {
        for (int i = 0; check.Depth > 1 && i < check.Plan.Steps.Length; i++)
        {
            if (check.Plan.Steps[i].Work is StepWork.WaitFor wait)
            {
                check.Report(ProblemCode.Conflict, $"{check.Step(i)}.waitFor", $"no event reaches a plan inside another: wait for '{wait.Event}' in a step of the top-level plan");
            }
        }
    }
}
