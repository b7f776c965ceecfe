namespace Orchestration.Domain.Failures;

/// <summary>A failure as a value: what decisions about it are made from.</summary>
/// <param name="Code">Stable machine-readable code: one of <see cref="FailureCode"/>, or an agent's own.</param>
/// <param name="Class">What kind of trouble it is.</param>
/// <param name="Message">One sentence for people, without secrets.</param>
/// <param name="Retryable">True when the same call may succeed later.</param>
/// <param name="RetryAfter">Earliest useful repetition from now; null means no advice.</param>
public sealed record Failure(string Code, FailureClass Class, string Message, bool Retryable, TimeSpan? RetryAfter = null);
