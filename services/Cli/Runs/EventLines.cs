using System.Globalization;
using Orchestration.Client;
using Orchestration.Contracts;

namespace Cli.Runs;

/// <summary>The events of a run as lines. Items of repeated steps are counted, so that thousands of them make a few lines.</summary>
/// <param name="output">Where the lines go.</param>
/// <param name="runId">The run that is watched; events of others say whose they are.</param>
/// <param name="everyItem">True shows each item instead.</param>
internal sealed class EventLines(Output output, string runId, bool everyItem)
{
    // Why items fail is shown of the first; the rest is in `run show`.
    private const int ShownFailures = 5;

    // In the order in which they began.
    private readonly OrderedDictionary<(string RunId, string StepId), ItemTally> _tallies = [];

    public void Show(RunEvent happened)
    {
        if (!everyItem && ItemTally.StepOf(happened.StepId) is { } step)
        {
            ShowItem(happened, step);
            return;
        }

        if (!everyItem && happened.StepWaiting is { Items: > 0 } begun)
        {
            TallyOf(happened, happened.StepId).Total = begun.Items;
        }

        if (HasEnded(happened) && _tallies.Remove((happened.RunId, happened.StepId), out var tally) && tally.HasBegun
            && (output.IsTerminal || !tally.IsShown))
        {
            output.Line(Head(happened, "step:items", happened.StepId) + $"  {tally}");
        }

        output.Line(Head(happened, happened.Type, happened.StepId) + Detail(happened));
        ShowPassing();
    }

    private void ShowItem(RunEvent happened, string step)
    {
        var tally = TallyOf(happened, step);
        var isNews = happened switch
        {
            { StepWaiting: { } waiting } => ShowWait(happened, tally.Wait(happened.StepId, waiting.Reason)),
            { StepEnded: null } => tally.GoOn(happened.StepId),
            _ => HasEnded(happened) && ShowEnd(happened, step, tally),
        };
        if (isNews)
        {
            ShowPassing();
        }
    }

    private ItemTally TallyOf(RunEvent happened, string step)
    {
        if (!_tallies.TryGetValue((happened.RunId, step), out var tally))
        {
            _tallies[(happened.RunId, step)] = tally = new ItemTally();
        }

        return tally;
    }

    /// <summary>Why items wait is counted on a terminal; elsewhere the first of each reason has a line.</summary>
    private bool ShowWait(RunEvent happened, bool isFirst)
    {
        if (isFirst && !output.IsTerminal)
        {
            output.Line(Head(happened, happened.Type, happened.StepId) + Detail(happened));
        }

        return true;
    }

    private bool ShowEnd(RunEvent happened, string step, ItemTally tally)
    {
        if (!tally.Add(happened.StepId, happened.StepEnded.State))
        {
            return false;
        }

        if (happened.StepEnded.Failure is not null && tally.Failed <= ShownFailures)
        {
            output.Line(Head(happened, happened.Type, happened.StepId) + Detail(happened));
        }

        if (!output.IsTerminal && tally.IsRound)
        {
            output.Line(Head(happened, "step:items", step) + $"  {tally}");
            tally.IsShown = true;
        }

        return true;
    }

    private void ShowPassing()
    {
        if (_tallies.Count > 0)
        {
            output.Passing(string.Join("; ", _tallies.Select(entry => $"{entry.Key.StepId}: {entry.Value}")));
        }
    }

    // An attempt that only says what it cost has no state.
    private static bool HasEnded(RunEvent happened) => happened.Sequence > 0 && happened.StepEnded is { State: not StepState.Unspecified };

    private string Head(RunEvent happened, string type, string stepId)
    {
        var time = happened.Time?.ToDateTimeOffset().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture) ?? "";
        var child = happened.RunId == runId ? "" : $"{happened.RunId} ";
        return $"{time}  {type,-16} {child}{stepId}".TrimEnd();
    }

    private static string Detail(RunEvent happened) => happened.PayloadCase switch
    {
        RunEvent.PayloadOneofCase.StepStarted when happened.StepStarted.AgentId.Length > 0 =>
            $"  on {happened.StepStarted.AgentId} of {happened.StepStarted.AppId}",
        RunEvent.PayloadOneofCase.StepEnded when happened.StepEnded.Failure is { } failure => $"  {failure.Code}: {failure.Message}",
        RunEvent.PayloadOneofCase.StepWaiting when happened.StepWaiting.Items > 0 => $"  {Figures.Items(happened.StepWaiting.Items)}",
        RunEvent.PayloadOneofCase.StepWaiting =>
            $"  {happened.StepWaiting.Reason}: {happened.StepWaiting.Failure?.Message ?? happened.StepWaiting.Message}",
        RunEvent.PayloadOneofCase.Progress =>
            string.Create(CultureInfo.InvariantCulture, $"  {happened.Progress.Percent:0} % {happened.Progress.Message}"),
        RunEvent.PayloadOneofCase.Insight => $"  {happened.Insight.Type}",
        RunEvent.PayloadOneofCase.RunEnded => $" {StateText.Of(happened.RunEnded.State)}",
        RunEvent.PayloadOneofCase.ChildStarted => $"  {happened.ChildStarted.ChildRunId}",
        _ => "",
    };
}
