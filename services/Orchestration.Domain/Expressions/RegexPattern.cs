using System.Text.RegularExpressions;

namespace Orchestration.Domain.Expressions;

/// <summary>A pattern of <c>matches</c>, in linear time. What needs backtracking (back references, look-around) is refused.</summary>
internal sealed class RegexPattern
{
    private const int MaxLength = 1000;

    /// <summary>Far above what the limits on work allow; only a guard, since a result must not depend on the machine's speed.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly Regex? _regex;
    private readonly ErrorValue? _error;

    private RegexPattern(Regex regex) => _regex = regex;

    private RegexPattern(string error) => _error = new ErrorValue(error);

    /// <summary>Why the pattern cannot be used; null when it can.</summary>
    internal ErrorValue? Error => _error;

    internal static RegexPattern Compile(string pattern)
    {
        if (pattern.Length > MaxLength)
        {
            return new RegexPattern($"a pattern has at most {MaxLength} characters");
        }

        try
        {
            return new RegexPattern(new Regex(
                RegexDialect.Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Timeout));
        }
        catch (ArgumentException problem)
        {
            return new RegexPattern($"bad pattern: {problem.Message}");
        }
        catch (NotSupportedException)
        {
            return new RegexPattern("the pattern is too complex, or uses back references or look-around");
        }
    }

    /// <summary>The work of one match.</summary>
    internal static long Cost(string text, string pattern) => 16L + (text.Length * 2L) + (pattern.Length * 4L);

    internal CelValue IsMatch(string text)
    {
        if (_regex is null)
        {
            return _error!;
        }

        try
        {
            return CelValue.Bool(_regex.IsMatch(text));
        }
        catch (RegexMatchTimeoutException)
        {
            return new ErrorValue("the pattern takes too long on this text");
        }
        catch (NotSupportedException)
        {
            return new ErrorValue("the pattern is too complex");
        }
    }
}
