using Orchestration.Domain.Failures;

namespace Orchestration.AgentHost;

/// <summary>Says that the work cannot be done, and what kind of trouble it is. The message reaches people: no secrets.</summary>
public sealed class SkillException : Exception
{
    private SkillException(Failure failure, Exception? innerException)
        : base(failure.Message, innerException) => Failure = failure;

    /// <summary>What the orchestrator is told.</summary>
    public Failure Failure { get; }

    /// <summary>Network or resource trouble that passes: the same call may succeed later.</summary>
    /// <param name="code">Stable machine-readable code, for example "mail_server_down".</param>
    /// <param name="message">One sentence for people.</param>
    /// <param name="retryAfter">Earliest useful repetition; null means no advice.</param>
    /// <param name="innerException">Where it came from; logged, never sent.</param>
    public static SkillException Transient(string code, string message, TimeSpan? retryAfter = null, Exception? innerException = null) =>
        new(new Failure(code, FailureClass.Transient, message, Retryable: true, retryAfter), innerException);

    /// <summary>Wrong format or content: the same input fails again.</summary>
    /// <inheritdoc cref="Transient" path="/param" />
    public static SkillException Permanent(string code, string message, Exception? innerException = null) =>
        new(new Failure(code, FailureClass.Permanent, message, Retryable: false), innerException);

    /// <summary>Infrastructure or configuration of this agent; another instance or a later time may do.</summary>
    /// <inheritdoc cref="Transient" path="/param" />
    public static SkillException System(string code, string message, bool retryable, Exception? innerException = null) =>
        new(new Failure(code, FailureClass.System, message, retryable), innerException);

    /// <summary>A business rule or an anomaly that a person may have to decide.</summary>
    /// <inheritdoc cref="Transient" path="/param" />
    public static SkillException Business(string code, string message, Exception? innerException = null) =>
        new(new Failure(code, FailureClass.Business, message, Retryable: false), innerException);
}
