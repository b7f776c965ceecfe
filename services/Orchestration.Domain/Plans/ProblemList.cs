using System.Collections.Immutable;
using System.Globalization;

namespace Orchestration.Domain.Plans;

/// <summary>Collects problems up to a limit, so that a hostile document cannot fill the memory with them.</summary>
internal sealed class ProblemList
{
    private const int Limit = 1000;

    /// <summary>A suggestion compares with every known name; a document full of mistakes gets only so many.</summary>
    private const int SuggestionLimit = 50;

    private readonly List<Problem> _problems = [];
    private int _omitted;

    internal bool HasErrors { get; private set; }

    internal void Add(string code, string path, Mark at, string message, ProblemSeverity severity = ProblemSeverity.Error)
    {
        HasErrors |= severity == ProblemSeverity.Error;
        if (_problems.Count < Limit)
        {
            _problems.Add(new Problem(severity, code, path, at.Line, at.Column, message));
        }
        else
        {
            _omitted++;
        }
    }

    /// <summary>"Did you mean", or nothing.</summary>
    internal string Suggest(string name, IEnumerable<string> candidates) =>
        _problems.Count < SuggestionLimit ? Suggestion.For(name, candidates) : "";

    /// <summary>A name that is near, or else all there are.</summary>
    internal string SuggestOrList(string name, IReadOnlyCollection<string> candidates) =>
        Suggest(name, candidates) is { Length: > 0 } suggestion
        ? suggestion
        : _problems.Count < SuggestionLimit ? $"; known here: {string.Join(", ", candidates.Distinct())}" : "";

    internal void AddRange(IEnumerable<Problem> problems)
    {
        foreach (Problem problem in problems)
        {
            Add(problem.Code, problem.Path, new Mark(problem.Line, problem.Column), problem.Message, problem.Severity);
        }
    }

    /// <summary>In document order.</summary>
    internal ImmutableArray<Problem> ToImmutable()
    {
        IEnumerable<Problem> sorted = _problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column);
        return _omitted == 0
            ? [.. sorted]
            : [.. sorted, new Problem(
                ProblemSeverity.Error, ProblemCode.TooLarge, "", 0, 0, string.Create(
                    CultureInfo.InvariantCulture, $"{_omitted} more problems"))];
    }
}
