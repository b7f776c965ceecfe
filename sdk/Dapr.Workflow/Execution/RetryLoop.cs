namespace Dapr.Workflow.Execution;

/// <summary>Attempts of a task under a policy, with durable timers between them.</summary>
internal static class RetryLoop
{
    /// <param name="context">Gives the time.</param>
    /// <param name="policy">How often and when.</param>
    /// <param name="attempt">Starts one attempt.</param>
    /// <param name="wait">Waits durably until a time.</param>
    public static async Task<T> RunAsync<T>(IWorkflowContext context, WorkflowRetryPolicy policy, Func<Task<T>> attempt, Func<DateTime, Task> wait)
    {
        var started = context.CurrentUtcDateTime;
        for (var failed = 1; ; failed++)
        {
            try
            {
                return await attempt();
            }
            catch (WorkflowTaskFailedException) when (failed < policy.MaxNumberOfAttempts && !IsTimeUp(policy, context.CurrentUtcDateTime - started))
            {
                // isNonRetriable is not looked at, as in the official worker: a failed child always carries it.
            }

            await wait(AtMostMaximum(context.CurrentUtcDateTime, Delay(policy, failed)));
        }
    }

    /// <summary>Delay after the given number of failed attempts.</summary>
    public static TimeSpan Delay(WorkflowRetryPolicy policy, int failed)
    {
        var ticks = policy.FirstRetryInterval.Ticks * Math.Pow(policy.BackoffCoefficient, failed - 1);
        var longest = policy.MaxRetryInterval ?? TimeSpan.MaxValue;
        return ticks >= longest.Ticks ? longest : TimeSpan.FromTicks((long)ticks);
    }

    private static bool IsTimeUp(WorkflowRetryPolicy policy, TimeSpan elapsed) =>
        policy.RetryTimeout != Timeout.InfiniteTimeSpan && elapsed >= policy.RetryTimeout;

    private static DateTime AtMostMaximum(DateTime now, TimeSpan delay) =>
        delay >= DateTime.MaxValue - now ? DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc) : now + delay;
}
