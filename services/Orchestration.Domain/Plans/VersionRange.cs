using System.Collections.Immutable;
using System.Globalization;

namespace Orchestration.Domain.Plans;

/// <summary>
/// Accepted versions: comparisons joined by blanks (<c>&gt;=1.2 &lt;2</c>), <c>^1.4</c> (up to the next major), <c>~1.4</c> (up to the
/// next minor), <c>1.x</c>, <c>*</c>, or a version, whose missing parts are free. Alternatives are joined by <c>||</c>.
/// </summary>
public sealed class VersionRange
{
    private readonly ImmutableArray<ImmutableArray<(Version From, Version Below)>> _alternatives;

    private VersionRange(ImmutableArray<ImmutableArray<(Version, Version)>> alternatives) => _alternatives = alternatives;

    private static Version Any { get; } = new(int.MaxValue, 0, 0);

    /// <summary>Parses a range; null when the text is none.</summary>
    public static VersionRange? Parse(string text)
    {
        ImmutableArray<ImmutableArray<(Version, Version)>>.Builder alternatives =
            ImmutableArray.CreateBuilder<ImmutableArray<(Version, Version)>>();
        foreach (string alternative in text.Split("||"))
        {
            ImmutableArray<(Version, Version)>.Builder bounds = ImmutableArray.CreateBuilder<(Version, Version)>();
            foreach (string comparison in Join(alternative).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (ParseComparison(comparison) is not { } bound)
                {
                    return null;
                }

                bounds.Add(bound);
            }

            if (bounds.Count == 0)
            {
                return null;
            }

            alternatives.Add(bounds.ToImmutable());
        }

        return new VersionRange(alternatives.ToImmutable());
    }

    /// <summary>True when a version such as <c>1.4.2</c> is accepted; what follows '-' or '+' in it is ignored.</summary>
    public bool Accepts(string version) => ParseVersion(version.Split('-', '+')[0], out _) is { } parsed
        && _alternatives.Any(bounds => bounds.All(bound => parsed >= bound.From && parsed < bound.Below));

    /// <summary>A blank after an operator belongs to the comparison: <c>&gt;= 1.2</c>.</summary>
    private static string Join(string text)
    {
        foreach (string symbol in (string[])[">=", "<=", ">", "<", "=", "^", "~"])
        {
            text = text.Replace(symbol + " ", symbol, StringComparison.Ordinal);
        }

        return text;
    }

    private static (Version From, Version Below)? ParseComparison(string text)
    {
        string symbol = text[..(text.Length - text.TrimStart('>', '<', '=', '^', '~').Length)];
        string rest = text[symbol.Length..].TrimStart('v');
        if (ParseVersion(rest, out int parts) is not { } version)
        {
            return rest is "*" or "x" ? (new Version(0, 0, 0), Any) : null;
        }

        return symbol switch
        {
            ">=" => (version, Any),
            ">" => (Next(version, parts), Any),
            "<" => (new Version(0, 0, 0), version),
            "<=" => (new Version(0, 0, 0), Next(version, parts)),
            "^" => (version, version.Major > 0 ? Next(version, 1) : Next(version, Math.Min(2, parts))),
            "~" => (version, Next(version, Math.Min(2, parts))),
            "" or "=" => (version, Next(version, parts)),
            _ => null,
        };
    }

    /// <summary>The first version above all that start with the given parts.</summary>
    private static Version Next(Version version, int parts) => parts switch
    {
        1 => new Version(version.Major + 1, 0, 0),
        2 => new Version(version.Major, version.Minor + 1, 0),
        _ => new Version(version.Major, version.Minor, version.Build + 1),
    };

    private static Version? ParseVersion(string text, out int parts)
    {
        string[] written = [.. text.Split('.').TakeWhile(part => part is not ("x" or "*"))];
        parts = written.Length;
        int[] numbers = [0, 0, 0];
        for (int i = 0; i < written.Length; i++)
        {
            if (i > 2 || !int.TryParse(written[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i])
                || numbers[i] > 1_000_000_000)
            {
                return null;
            }
        }

        return parts == 0 ? null : new Version(numbers[0], numbers[1], numbers[2]);
    }
}
