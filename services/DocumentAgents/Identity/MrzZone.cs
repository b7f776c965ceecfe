using System.Collections.Immutable;
using System.Text.RegularExpressions;
using DocumentAgents.Layout;
using DocumentAgents.Reading;

namespace DocumentAgents.Identity;

/// <summary>The machine-readable zone of a travel or identity document: two or three lines of one length.</summary>
/// <param name="Format"><c>TD1</c>, <c>TD2</c>, <c>TD3</c>, <c>MRV-A</c>, <c>MRV-B</c> or <c>FRENCH_NATIONAL_ID</c>.</param>
internal sealed partial record MrzZone(string Format, ImmutableArray<string> Lines, Place Place)
{
    /// <summary>The first zone in the text; null when there is none.</summary>
    public static MrzZone? Find(ImmutableArray<TextLine> lines)
    {
        var candidates = lines.Take(5_000)
            .Select((line, index) => (line.Place, Text: Compact(line.Text), Index: index))
            .Where(candidate => Shape().IsMatch(candidate.Text))
            .ToList();
        for (var index = 0; index + 1 < candidates.Count; index++)
        {
            if (Read(candidates, index) is { } zone)
            {
                return zone;
            }
        }

        return null;
    }

    private static MrzZone? Read(List<(Place Place, string Text, int Index)> candidates, int index)
    {
        var (place, first, _) = candidates[index];
        if (!first.Contains('<'))
        {
            return null;
        }

        var second = candidates[index + 1].Text;
        var third = index + 2 < candidates.Count ? candidates[index + 2].Text : null;
        return (first.Length, second.Length, third?.Length) switch
        {
            (30, 30, 30) => new("TD1", [first, second, third!], place),
            (36, 36, _) =>
                new(first[0] == 'V' ? "MRV-B" : first.StartsWith("IDFRA", StringComparison.Ordinal)
                ? "FRENCH_NATIONAL_ID"
                : "TD2", [first, second], place),
            (44, 44, _) => new(first[0] == 'V' ? "MRV-A" : "TD3", [first, second], place),
            _ => null,
        };
    }

    private static string Compact(string text)
    {
        var longest = Columns.Split(text).Select(column => column.Text).MaxBy(column => column.Length) ?? "";
        return (longest.Contains('<') ? longest : text).Replace(" ", "", StringComparison.Ordinal).Replace('\u00AB', '<')
            .ToUpperInvariant();
    }

    [GeneratedRegex("^[A-Z0-9<]{30}$|^[A-Z0-9<]{36}$|^[A-Z0-9<]{44}$")]
    private static partial Regex Shape();
}
