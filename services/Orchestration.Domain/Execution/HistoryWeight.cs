using System.Collections.Immutable;
using System.Text;
using Orchestration.Domain.Failures;

namespace Orchestration.Domain.Execution;

/// <summary>
/// What commands and events take in a history, in bytes, roughly. Made from the values alone, so that every replay finds the same.
/// </summary>
internal static class HistoryWeight
{
    // An event of the history with its ids and times; an input with the reference to its run.
    private const long Event = 60;
    private const long Input = 250;
    private const long Fact = 90;

    // What stands in a snapshot: a step or unit; an alarm, a listener, an event.
    private const long Unit = 60;
    private const long Wait = 40;

    public static long Of(Command command) => command switch
    {
        Command.StartAttempt attempt => Event + Input + Of(attempt.Bindings) + Of(attempt.Facts),
        Command.StartChild child => (2 * Event) + (2 * Input) + Of(child.Bindings),
        Command.EvaluateEntry entry => Event + Input + Of(entry.Bindings),
        Command.Publish publish => Event + Input + Of(publish.Facts),
        Command.Pack pack => Event + Input + pack.Ranges.Sum(range => range.Values.Weight),
        Command.Stop stop => Event + Input + 30 * stop.Children.Length,
        _ => Event,
    };

    public static long Of(ExecutionEvent happened) => happened switch
    {
        ExecutionEvent.AttemptCompleted completed => Event + completed.Output.Weight + Of(completed.Report),
        ExecutionEvent.AttemptFailed failed => Event + Of(failed.Failure) + Of(failed.Report),
        ExecutionEvent.AttemptDeferred deferred => 2 * Event + Of(deferred.Message),
        ExecutionEvent.ChildEnded ended => 2 * Event + (ended.Result.Output?.Weight ?? 0) + Of(ended.Result.Failure),
        ExecutionEvent.EntryEvaluated entry => Event + (entry.Entry.Items?.Weight ?? 0) + Of(entry.Entry.Failure),
        ExecutionEvent.Signalled signal => 2 * Event + signal.Payload.Weight,
        _ => Event,
    };

    private static long Of(Bindings bindings) =>
        (bindings.Inputs?.Weight ?? 0) + (bindings.Item?.Weight ?? 0) + (bindings.Items?.Weight ?? 0) + (bindings.Result?.Weight ?? 0)
        + (bindings.Steps is { } steps ? steps.Sum(step => 30 + (step.Output?.Weight ?? 0) + Of(step.Failure)) : 0);

    private static long Of(FactBatch? facts) => facts is null ? 0 : facts.Facts.Sum(Of);

    public static long Of(RunFact fact) => Fact + Of(fact.Detail);

    /// <summary>What a history begins with when it is not the first.</summary>
    public static long Of(RunSnapshot snapshot) =>
        snapshot.Steps.Sum(Of) + Wait * snapshot.Alarms.Length + Wait * snapshot.Listeners.Length
        + snapshot.Signals.Sum(signal => Wait + signal.Payload.Weight) + (snapshot.Requests?.Sum(request => request.Length) ?? 0);

    private static long Of(StepSnapshot step) =>
        Unit + (step.Output?.Weight ?? 0) + (step.Items?.Weight ?? 0) + Of(step.Failure)
        + (step.Packed is { } packed ? packed.Sum(range => Wait + range.Values.Weight) : 0)
        + (step.Units is { } units ? units.Sum(Of) : 0);

    private static long Of(UnitSnapshot unit) =>
        Unit + (unit.Kept?.Weight ?? 0) + (unit.Result?.Weight ?? 0) + (unit.Output?.Weight ?? 0) + 8 * (unit.Told?.Length ?? 0);

    private static long Of(string text) => Encoding.UTF8.GetByteCount(text);

    private static long Of(FactDetail? detail) => detail switch
    {
        FactDetail.StepEnd end => (end.Output?.Weight ?? 0) + Of(end.Failure) + Of(end.Report),

        // It was not there when the first histories were weighed.
        FactDetail.Waiting { Items: > 0 } => 0,
        FactDetail.Waiting waiting => 30 + Of(waiting.Message) + Of(waiting.Failure) + Of(waiting.Report),
        null => 0,
        _ => 60,
    };

    private static long Of(Failure? failure) => failure is null ? 0 : 80 + Of(failure.Message);

    private static long Of(AttemptReport? report) => report is null
        ? 0
        : 50 + 100 * (report.Costs ?? ImmutableArray<Budgets.CallCost>.Empty).Length;
}
