using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orchestration.Domain.Execution;
using Orchestration.Domain.Failures;
using Orchestrator.Workflows;

namespace Orchestrator.Activities;

/// <param name="Step">Position in the plan.</param>
/// <param name="Item">Position of the item plus one; 0 for a step that is not repeated.</param>
/// <param name="Limit">An output of more bytes becomes a blob.</param>
/// <param name="QueuedMs">When the work was first queued, milliseconds since 1970.</param>
internal sealed record AttemptInput(
    [property: JsonPropertyName("r")] RunRef Run,
    [property: JsonPropertyName("s")] int Step,
    [property: JsonPropertyName("i")] int Item,
    [property: JsonPropertyName("a")] int Attempt,
    [property: JsonPropertyName("g")] AttemptTarget Target,
    [property: JsonPropertyName("b")] Bindings Bindings,
    [property: JsonPropertyName("l")] int Limit,
    [property: JsonPropertyName("t")] long TimeoutMs,
    [property: JsonPropertyName("q")] long QueuedMs,
    [property: JsonPropertyName("x")] ImmutableArray<string>? Avoid,
    [property: JsonPropertyName("f")] FactBatch? Facts)
{
    [JsonIgnore]
    public WorkKey Work => new(Step, Item - 1);

    public static AttemptInput Of(RunRef run, Command.StartAttempt command) => new(
        run,
        command.Work.Step,
        command.Work.Item + 1,
        command.Attempt,
        command.Target,
        command.Bindings,
        command.InlineLimit,
        (long)command.Timeout.TotalMilliseconds,
        command.QueuedAt.ToUnixTimeMilliseconds(),
        command.Avoid.IsEmpty ? null : command.Avoid,
        command.Facts);
}

/// <summary>How an attempt ended: an output, a failure or "not now".</summary>
/// <param name="Unpublished">True when the facts it was handed could not be published.</param>
/// <param name="Kept">Its bindings, left for the attempts that follow; null when they are small, or none follows.</param>
internal sealed record AttemptOutput(
    [property: JsonPropertyName("o")] RunValue? Output,
    [property: JsonPropertyName("f")] Failure? Failure,
    [property: JsonPropertyName("w")] NotNow? NotNow,
    [property: JsonPropertyName("r")] AttemptReport? Report,
    [property: JsonPropertyName("u")] bool Unpublished = false,
    [property: JsonPropertyName("k")] RunValue? Kept = null)
{
    // Texts of refusals stand in the history with each of them.
    private const int LongestText = 200;

    /// <summary>True when the same work may be asked for again.</summary>
    [JsonIgnore]
    public bool ComesBack => NotNow is not null || Failure is { Retryable: true, Class: FailureClass.Transient or FailureClass.System };

    public static AttemptOutput Completed(RunValue output, AttemptReport? report = null) => new(output, null, null, report);

    public static AttemptOutput Failed(Failure failure, AttemptReport? report = null) => new(null, failure, null, report);

    public static AttemptOutput Wait(string reason, string message, TimeSpan retryAfter) =>
        new(null, null, new NotNow(reason, message.Length > LongestText
            ? message[..LongestText]
            : message, (long)retryAfter.TotalMilliseconds), null);
}

internal sealed record NotNow(
    [property: JsonPropertyName("y")] string Reason,
    [property: JsonPropertyName("m")] string Message,
    [property: JsonPropertyName("t")] long RetryAfterMs);
