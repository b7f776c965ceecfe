using System.Diagnostics;
using System.Text.Json.Serialization;
using Orchestration.Domain.Failures;

namespace Orchestration.Domain.Execution;

/// <summary>How a run ended. A run that failed returns this like any other: an exception always means a bug.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Output">What it returns; null unless it completed.</param>
/// <param name="Failure">Why it did not complete; null when it did.</param>
/// <param name="DurationMs">Milliseconds from start to end.</param>
public sealed record RunResult(
    [property: JsonPropertyName("s")] RunOutcome Outcome,
    [property: JsonPropertyName("o")] RunValue? Output,
    [property: JsonPropertyName("f")] Failure? Failure,
    [property: JsonPropertyName("m")] long DurationMs)
{
    /// <summary>True when the run did what it was asked for, perhaps with errors in steps that are not critical.</summary>
    [JsonIgnore]
    public bool Success => Outcome is RunOutcome.Completed or RunOutcome.CompletedWithErrors;
}

/// <summary>How a run ends.</summary>
public enum RunOutcome
{
    /// <summary>Every step completed or was skipped.</summary>
    Completed,

    /// <summary>A step that is not critical failed.</summary>
    CompletedWithErrors,

    /// <summary>A critical step failed, and the fallback plan too when there is one.</summary>
    Failed,

    /// <summary>Stopped on request.</summary>
    Cancelled,

    /// <summary>Stopped because the plan's time was up.</summary>
    TimedOut,
}

/// <summary>How runs end, for people.</summary>
public static class RunOutcomeWords
{
    /// <summary>The outcome in lower-case words, for use within a sentence.</summary>
    public static string InWords(this RunOutcome outcome) => outcome switch
    {
        RunOutcome.Completed => "completed",
        RunOutcome.CompletedWithErrors => "completed with errors",
        RunOutcome.Failed => "failed",
        RunOutcome.Cancelled => "cancelled",
        RunOutcome.TimedOut => "timed out",
        _ => throw new UnreachableException(outcome.ToString()),
    };
}
