namespace Orchestration.Domain.Plans;

/// <summary>How the delay between attempts grows.</summary>
public enum RetryStrategy
{
    /// <summary><c>base * factor^attempt</c>, attempts counted from 0.</summary>
    Exponential,

    /// <summary><c>base * (attempt + 1)</c>: base 1 s waits 1 s, 2 s, 3 s.</summary>
    Linear,

    /// <summary><c>base</c> every time.</summary>
    Constant,

    /// <summary>No delay.</summary>
    Immediate,
}

/// <summary>
/// How often and after which delay a failed attempt is repeated. Only failures that can succeed on repetition are repeated.
/// </summary>
/// <param name="Strategy">How the delay grows.</param>
/// <param name="MaxRetries">Attempts after the first, 0 to 100.</param>
/// <param name="BaseDelay">The delay the formula starts from.</param>
/// <param name="Factor">Base of the exponential formula, at least 1.</param>
/// <param name="MaxDelay">The delay is cut to this before jitter.</param>
/// <param name="Jitter">True multiplies the delay by a random number from 0.5 to 1.</param>
public sealed record RetryPolicy(
    RetryStrategy Strategy,
    int MaxRetries,
    TimeSpan BaseDelay,
    double Factor,
    TimeSpan MaxDelay,
    bool Jitter)
{
    /// <summary>Three retries, exponential from 1 s with factor 2, at most 60 s, with jitter.</summary>
    public static RetryPolicy Default { get; } =
        new(RetryStrategy.Exponential, 3, TimeSpan.FromSeconds(1), 2, TimeSpan.FromSeconds(60), Jitter: true);
}
