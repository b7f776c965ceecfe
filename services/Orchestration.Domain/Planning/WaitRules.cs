using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Planning;

/// <summary>Rules about steps that wait.</summary>
internal static class WaitRules
{
    internal static void WaitsEndInTime(PlanCheck check)
    {
        for (int i = 0; i < check.Plan.Steps.Length; i++)
        {
            (string field, TimeSpan? duration) = check.Plan.Steps[i].Work switch
            {
                StepWork.Delay delay => ("delay", delay.Duration),
                StepWork.WaitFor waitFor => ("waitFor.timeout", waitFor.Timeout),
                _ => ("", null),
            };
            if (duration > RunCapacity.LongestWait)
            {
                check.Report(ProblemCode.BadValue, $"{check.Step(i)}.{field}", $"a step waits {RunCapacity.LongestWait.Days} days at most");
            }
        }
    }

    internal static void EventsCanBeSent(PlanCheck check)
    {
        for (int i = 0; i < check.Plan.Steps.Length; i++)
        {
            if (check.Plan.Steps[i].Work is StepWork.WaitFor { Event.Length: > RunCapacity.LongestEvent })
            {
                check.Report(ProblemCode.BadValue, $"{check.Step(i)}.waitFor.event",
                    $"the name of an event has at most {RunCapacity.LongestEvent} characters; a longer one cannot be sent");
            }
        }
    }

    // Events are sent to the run a caller has started; the runs below it are known to nobody.
    internal static void EventsCanArrive(PlanCheck check)
    {
        for (int i = 0; check.Depth > 1 && i < check.Plan.Steps.Length; i++)
        {
            if (check.Plan.Steps[i].Work is StepWork.WaitFor wait)
            {
                check.Report(ProblemCode.Conflict, $"{check.Step(i)}.waitFor",
                    $"no event reaches a plan inside another: wait for '{wait.Event}' in a step of the top-level plan");
            }
        }
    }
}
