using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace DocumentAgents.Reading;

/// <summary>Markdown without its marks: headings, bold text and the rows of tables say what they say, with their roles.</summary>
internal static partial class MarkdownLines
{
    public static ImmutableArray<TextLine> Of(ImmutableArray<TextLine> lines) =>
        [.. lines.Where(line => !Rule().IsMatch(line.Text)).Select(Plain)];

    private static TextLine Plain(TextLine line)
    {
        var text = line.Text.Replace("**", "", StringComparison.Ordinal).Replace("__", "", StringComparison.Ordinal);
        if (Row().Match(text) is { Success: true } row)
        {
            return line with { Text = string.Join('\t', row.Groups[1].Value.Split('|').Select(cell => cell.Trim())), Role = "row" };
        }

        var heading = Heading().Match(text);
        return heading.Success
            ? line with { Text = heading.Groups[2].Value, Role = $"heading {heading.Groups[1].Length}" }
            : line with { Text = text };
    }

    // "|---|---:|" stands between the heading and the rows of a table.
    [GeneratedRegex(@"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?$", RegexOptions.NonBacktracking)]
    private static partial Regex Rule();

    [GeneratedRegex(@"^\s*\|(.*)\|\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\s{0,3}(#{1,6})\s+(.*?)\s*#*$")]
    private static partial Regex Heading();
}
