using System.Collections.Immutable;
using Orchestration.Domain.Failures;

namespace Orchestration.Domain.Execution;

/// <summary>What can happen to a run: a closed family. Folding the same events gives the same state and the same commands.</summary>
public abstract record ExecutionEvent
{
    private ExecutionEvent() { }

    /// <summary>A condition and a list of items were evaluated by an activity.</summary>
    /// <param name="Step">Position of the step.</param>
    /// <param name="Entry">What came out.</param>
    public sealed record EntryEvaluated(int Step, StepEntry Entry) : ExecutionEvent;

    /// <summary>An agent answered, or a value was made in its place.</summary>
    /// <param name="Work">The unit of work.</param>
    /// <param name="Attempt">The attempt it belongs to; an answer to an abandoned attempt changes nothing.</param>
    /// <param name="Output">The output of the step, mapped.</param>
    /// <param name="Report">Who executed it.</param>
    public sealed record AttemptCompleted(WorkKey Work, int Attempt, RunValue Output, AttemptReport Report) : ExecutionEvent;

    /// <summary>An attempt failed.</summary>
    /// <param name="Work">The unit of work.</param>
    /// <param name="Attempt">The attempt.</param>
    /// <param name="Failure">What went wrong.</param>
    /// <param name="Report">Who executed it.</param>
    /// <param name="Kept">The bindings it was given, left for the attempts after it; null when they are small, or were kept before.</param>
    public sealed record AttemptFailed(WorkKey Work, int Attempt, Failure Failure, AttemptReport Report, RunValue? Kept = null)
        : ExecutionEvent;

    /// <summary>"Not now": nothing was started and the attempt is not spent.</summary>
    /// <param name="Work">The unit of work.</param>
    /// <param name="Attempt">The attempt.</param>
    /// <param name="Reason">Stable code, for example "no_slot".</param>
    /// <param name="Message">One sentence for people.</param>
    /// <param name="RetryAfter">When it is worth asking again.</param>
    /// <param name="Kept">The bindings it was given, left for the attempts after it; null when they are small, or were kept before.</param>
    public sealed record AttemptDeferred(
        WorkKey Work, int Attempt, string Reason, string Message, TimeSpan RetryAfter, RunValue? Kept = null) : ExecutionEvent;

    /// <summary>A run below this one ended.</summary>
    /// <param name="Work">The unit of work it did; step -1 for the fallback plan of the run itself.</param>
    /// <param name="Attempt">The attempt.</param>
    /// <param name="Result">How it ended.</param>
    public sealed record ChildEnded(WorkKey Work, int Attempt, RunResult Result) : ExecutionEvent;

    /// <summary>A timer of the run fired.</summary>
    /// <param name="DueAt">The time it was set to.</param>
    public sealed record TimerFired(DateTimeOffset DueAt) : ExecutionEvent;

    /// <summary>A named event was sent to the run.</summary>
    /// <param name="Name">Compared without regard to case.</param>
    /// <param name="Payload">What came with it.</param>
    /// <param name="RequestId">By which one that is sent again is known; null when it has none.</param>
    public sealed record Signalled(string Name, RunValue Payload, string? RequestId = null) : ExecutionEvent;

    /// <summary>Somebody asked the run to stop.</summary>
    /// <param name="Reason">Why, for people; may be empty.</param>
    public sealed record CancelRequested(string Reason) : ExecutionEvent;

    /// <summary>An activity that was handed a batch of facts is done with it.</summary>
    /// <param name="Batch">Number of the batch.</param>
    /// <param name="Delivered">False: the facts must be handed out again.</param>
    public sealed record Published(int Batch, bool Delivered) : ExecutionEvent;

    /// <summary>Outputs of finished items were put together.</summary>
    /// <param name="Ranges">The ranges, with where they are kept.</param>
    public sealed record Packed(ImmutableArray<PackedRange> Ranges) : ExecutionEvent;

    /// <summary>The attempts and runs below that were told to stop have been told.</summary>
    public sealed record Stopped : ExecutionEvent;

    /// <summary>The last activity of the run is done: nothing follows.</summary>
    /// <param name="Output">What the run returns.</param>
    /// <param name="Failure">Set when the output could not be made.</param>
    public sealed record Finished(RunValue? Output, Failure? Failure) : ExecutionEvent;
}
