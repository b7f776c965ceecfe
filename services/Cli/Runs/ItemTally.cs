using System.Globalization;
using Orchestration.Contracts;

namespace Cli.Runs;

/// <summary>How many items of a repeated step have ended, and how; how many wait, and why.</summary>
internal sealed class ItemTally
{
    // A stream that is resumed may tell of items of child runs again.
    private readonly HashSet<string> _ended = [];
    private readonly Dictionary<string, string> _waiting = [];
    private readonly SortedDictionary<string, int> _reasons = new(StringComparer.Ordinal);
    private int _completed;
    private int _others;

    public int Failed { get; private set; }

    /// <summary>How many there are; 0 when that was not told.</summary>
    public int Total { get; set; }

    public bool HasBegun => _ended.Count + _waiting.Count > 0;

    /// <summary>True when the count as it stands was shown.</summary>
    public bool IsShown { get; set; }

    /// <summary>True for 1, 2, 5, 10, 20, 50, 100, …: a handful of lines, however many items there are.</summary>
    public bool IsRound
    {
        get
        {
            var rest = _ended.Count;
            while (rest > 0 && rest % 10 == 0)
            {
                rest /= 10;
            }

            return rest is 1 or 2 or 5;
        }
    }

    /// <summary>"extract" of "extract[12]"; null for what is no item.</summary>
    public static string? StepOf(string stepId) => stepId.EndsWith(']') && stepId.LastIndexOf('[') is > 0 and var bracket
        ? stepId[..bracket]
        : null;

    /// <returns>False when it was counted before.</returns>
    public bool Add(string item, StepState state)
    {
        if (!_ended.Add(item))
        {
            return false;
        }

        GoOn(item);
        _completed += state == StepState.StepCompleted ? 1 : 0;
        Failed += state == StepState.StepFailed ? 1 : 0;
        _others = _ended.Count - _completed - Failed;
        IsShown = false;
        return true;
    }

    /// <summary>The item does not run just now.</summary>
    /// <returns>True for the first item that waits for this reason.</returns>
    public bool Wait(string item, string reason)
    {
        if (_ended.Contains(item))
        {
            return false;
        }

        GoOn(item);
        _waiting[item] = reason;
        var isFirst = !_reasons.TryGetValue(reason, out var others);
        _reasons[reason] = others + 1;
        return isFirst;
    }

    /// <summary>The item waits no more.</summary>
    /// <returns>False when it did not.</returns>
    public bool GoOn(string item)
    {
        if (!_waiting.Remove(item, out var reason))
        {
            return false;
        }

        _reasons[reason]--;
        return true;
    }

    public override string ToString()
    {
        var failed = Failed > 0 ? string.Create(CultureInfo.InvariantCulture, $", {Failed} failed") : "";
        var others = _others > 0 ? string.Create(CultureInfo.InvariantCulture, $", {_others} skipped or cancelled") : "";
        var waiting = string.Concat(_reasons.Where(reason => reason.Value > 0).Select(
            reason => string.Create(CultureInfo.InvariantCulture, $", {reason.Value} waiting: {reason.Key}")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(Total > 0 ? $"{_ended.Count} of {Total}: " : "")}{_completed} completed{failed}{others}{waiting}");
    }
}
