using System.Diagnostics;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Failures;

/// <summary>The delay between two attempts.</summary>
public static class Backoff
{
    /// <summary>Seconds to wait before the next attempt: the strategy's formula, cut to the cap, then multiplied by the jitter.</summary>
    /// <param name="policy">Strategy, base, factor, cap and jitter.</param>
    /// <param name="attempt">The failed attempt, counted from 0.</param>
    /// <param name="random">A number from 0 (included) to 1 (excluded); read only when the policy has jitter.</param>
    /// <returns>Not negative.</returns>
    public static double Seconds(RetryPolicy policy, int attempt, double random)
    {
        var start = policy.BaseDelay.TotalSeconds;
        var delay = policy.Strategy switch
        {
            RetryStrategy.Exponential => start * Math.Pow(policy.Factor, attempt),
            RetryStrategy.Linear => start * (attempt + 1),
            RetryStrategy.Constant => start,
            RetryStrategy.Immediate => 0,
            _ => throw new UnreachableException($"retry strategy {policy.Strategy}"),
        };
        delay = Math.Min(delay, policy.MaxDelay.TotalSeconds);
        return policy.Jitter ? delay * (0.5 + random * 0.5) : delay;
    }

    /// <summary><see cref="Seconds"/> as a time span, to the nearest tick.</summary>
    public static TimeSpan Delay(RetryPolicy policy, int attempt, double random) =>
        TimeSpan.FromSeconds(Seconds(policy, attempt, random));
}
