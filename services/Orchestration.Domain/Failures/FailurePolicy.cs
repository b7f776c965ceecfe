using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Failures;

/// <summary>Decides what follows a failed attempt. Pure: the same arguments give the same answer on every replay.</summary>
public static class FailurePolicy
{
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(1);

    // Agents give the advice: it must not put a run to sleep, or the run's clock beyond the calendar.
    private static readonly TimeSpan LongestAdvice = TimeSpan.FromHours(1);

    /// <summary>Decides on one failure.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="attempts">Attempts spent on this work so far, the failed one included; at least 1.</param>
    /// <param name="policy">How often and when the step is repeated.</param>
    /// <param name="hasFallback">True when something can stand in for the step and has not been used yet.</param>
    /// <param name="random">A number from 0 (included) to 1 (excluded), for the jitter.</param>
    public static FailureDecision Decide(Failure failure, int attempts, RetryPolicy policy, bool hasFallback, double random)
    {
        if (failure.Code == FailureCode.Saturated)
        {
            return new FailureDecision.Wait(AdviceOf(failure) ?? DefaultWait);
        }

        if (!CanSucceedLater(failure) || attempts > policy.MaxRetries)
        {
            return hasFallback ? new FailureDecision.FallBack() : new FailureDecision.GiveUp();
        }

        if (failure.Code == FailureCode.AgentLost && attempts == 1)
        {
            return new FailureDecision.Reroute();
        }

        var delay = Backoff.Delay(policy, attempts - 1, random);
        return new FailureDecision.Retry(AdviceOf(failure) is { } advised && advised > delay ? advised : delay);
    }

    private static TimeSpan? AdviceOf(Failure failure) => failure.RetryAfter > LongestAdvice ? LongestAdvice : failure.RetryAfter;

    // What a person must decide, or what fails the same way again, is not repeated whatever the agent says of it.
    private static bool CanSucceedLater(Failure failure) => failure.Class switch
    {
        FailureClass.Permanent or FailureClass.Business => false,
        FailureClass.Transient or FailureClass.System => failure.Retryable,
        _ => false,
    };
}
