namespace Orchestration.Domain.Failures;

/// <summary>What kind of trouble a failure is; decides who can mend it.</summary>
public enum FailureClass
{
    /// <summary>Network or resource trouble that passes; the same call may succeed later.</summary>
    Transient,

    /// <summary>Wrong format or content: the same input fails again.</summary>
    Permanent,

    /// <summary>Infrastructure, configuration or a bug.</summary>
    System,

    /// <summary>A business rule or an anomaly that a person may have to decide.</summary>
    Business,
}
