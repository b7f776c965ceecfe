using System.Collections.Immutable;
using System.Text;
using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.Layout;

/// <summary>
/// Writes the leaves of JSON and of unknown XML as labelled lines, so that the rules for printed documents work on them too.
/// </summary>
internal static class KeyedLines
{
    /// <summary><c>$.invoice.dueDate</c> = 2024-01-02 becomes <c>invoice due date: 2024-01-02</c>.</summary>
    public static ImmutableArray<TextLine> Of(DocumentContent content) =>
        [.. content.Lines.Take(20_000).Select(line => line with { Text = $"{Label(line)}: {ValueOf(line.Text)}" })];

    private static string ValueOf(string text)
    {
        var colon = text.IndexOf(": ", StringComparison.Ordinal);
        return colon < 0 ? text : text[(colon + 2)..];
    }

    private static string Label(TextLine line)
    {
        var steps = line.Place.Value.Split(['/', '.'], StringSplitOptions.RemoveEmptyEntries)
            .Select(Step)
            .Where(step => step.Length > 0 && step != "$")
            .TakeLast(2);
        return Words.Collapse(string.Join(' ', steps));
    }

    /// <summary>The words of one step of a path, without prefix and index: <c>cbc:IssueDate[2]</c> becomes <c>issue date</c>.</summary>
    public static string Step(string step)
    {
        var name = step[(step.LastIndexOf(':') + 1)..].TrimStart('@');
        var index = name.IndexOf('[', StringComparison.Ordinal);
        return Spaced(index < 0 ? name : name[..index]);
    }

    private static string Spaced(string name)
    {
        var result = new StringBuilder();
        for (var index = 0; index < name.Length; index++)
        {
            var starts = index > 0 && char.IsUpper(name[index])
                && (!char.IsUpper(name[index - 1]) || (index + 1 < name.Length && char.IsLower(name[index + 1])));
            if (starts || name[index] is '_' or '-')
            {
                result.Append(' ');
            }

            if (name[index] is not ('_' or '-'))
            {
                result.Append(char.ToLowerInvariant(name[index]));
            }
        }

        return result.ToString();
    }
}
