using DocumentAgents.Facts;
using DocumentAgents.Layout;
using DocumentAgents.Reading;

namespace DocumentAgents.Trade;

/// <summary>A value of a JSON or XML document with the names that lead to it, each in lower case without blanks.</summary>
/// <param name="Containers">From the root to the parent.</param>
/// <param name="Paths">The path up to and with each container, which tells one item of a list from the next.</param>
internal sealed record NamedLeaf(string Name, IReadOnlyList<string> Containers, IReadOnlyList<string> Paths, string Value, Place Place)
{
    private const int MaxLeaves = 20_000;

    // What XML turned into JSON calls the text of an element.
    private static readonly string[] TextHolders = ["_text", "#text", "$t", "__text"];

    public static IReadOnlyList<NamedLeaf> Of(DocumentContent content) =>
        [.. content.Lines.Take(MaxLeaves).Select(Leaf).OfType<NamedLeaf>()];

    public int Depth => Containers.Count;

    public bool IsIn(string[] names) => Containers.Any(names.Contains);

    /// <summary>Whether it belongs to one of the goods; the items of a table of taxes do not, a tax within a line does.</summary>
    public bool IsInLine => Containers
        .FirstOrDefault(name => TradeNames.IsLines(name) || TradeNames.Taxes.Contains(name)) is { } outer
        && TradeNames.IsLines(outer);

    private static NamedLeaf? Leaf(TextLine line)
    {
        var steps = line.Place.Value.Split(['/', '.'], StringSplitOptions.RemoveEmptyEntries).Where(step => step != "$").ToList();
        var colon = line.Text.IndexOf(": ", StringComparison.Ordinal);
        if (steps.Count > 1 && TextHolders.Contains(steps[^1]))
        {
            steps.RemoveAt(steps.Count - 1);
        }

        if (steps.Count == 0 || colon < 0)
        {
            return null;
        }

        var names = steps.Select(step => KeyedLines.Step(step).Replace(" ", "", StringComparison.Ordinal)).Select(Words.Fold).ToList();
        var paths = Enumerable.Range(1, steps.Count - 1).Select(count => string.Join('/', steps.Take(count))).ToList();
        return new(names[^1], names[..^1], paths, line.Text[(colon + 2)..].Trim(), line.Place);
    }
}
