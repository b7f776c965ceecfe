using System.Globalization;

namespace Orchestration.Domain.Plans;

/// <summary>
/// Where the parts of a plan stand in the document it was read from. A part is named by its place in the plan's own form,
/// for example <c>steps[3].dependsOn[0]</c>, whatever the dialect of the document.
/// </summary>
public sealed class SourceMap
{
    private readonly Dictionary<string, (string Path, DocumentNode Node)> _places = new(StringComparer.Ordinal);

    /// <summary>The map of a plan that was not read from a document: paths only, no lines.</summary>
    public static SourceMap None { get; } = new();

    internal void Add(string part, string path, DocumentNode node) => _places.TryAdd(part, (path, node));

    /// <summary>Path in the document, line and column of a part; of the nearest part around it when it was not written.</summary>
    internal (string Path, Mark At) Find(string part) => Locate(part) is { } found ? (found.Path, found.Node.Start) : (part, default);

    /// <summary>The place of a character of an expression inside a part.</summary>
    internal (string Path, Mark At) Find(string part, string expression, int position)
    {
        if (Locate(part) is not { } found)
        {
            return (part, default);
        }

        Mark start = found.Node.Start;
        if (found.Node is not ScalarNode { Type: ScalarKind.Text } text || text.Text.Contains('\n', StringComparison.Ordinal))
        {
            return (found.Path, start);
        }

        int offset = Math.Max(0, text.Text.IndexOf(expression, StringComparison.Ordinal));
        return (found.Path, start with { Column = start.Column + (text.IsQuoted ? 1 : 0) + offset + position });
    }

    private (string Path, DocumentNode Node)? Locate(string part)
    {
        string known = part;
        while (!_places.ContainsKey(known))
        {
            int end = known.AsSpan().LastIndexOfAny('.', '[');
            if (end < 0)
            {
                return null;
            }

            known = known[..end];
        }

        (string path, DocumentNode node) = _places[known];
        return Descend(path, node, part.AsSpan(known.Length));
    }

    /// <summary>Follows the rest of a path into the document as far as it goes.</summary>
    private static (string Path, DocumentNode Node) Descend(string path, DocumentNode node, ReadOnlySpan<char> rest)
    {
        while (rest.Length > 0)
        {
            int length = SegmentLength(rest);
            ReadOnlySpan<char> segment = rest[..length];
            DocumentNode? child = node switch
            {
                MapNode map => map.Find(Name(segment)),
                ListNode list when segment[0] == '['
                    && int.TryParse(segment[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int i)
                    && i < list.Items.Length => list.Items[i],
                _ => null,
            };
            if (child is null)
            {
                break;
            }

            (path, node) = (path + segment.ToString(), child);
            rest = rest[length..];
        }

        return (path, node);
    }

    private static int SegmentLength(ReadOnlySpan<char> rest)
    {
        if (rest.StartsWith("['"))
        {
            int end = rest.IndexOf("']");
            return end < 0 ? rest.Length : end + 2;
        }

        int next = rest[1..].IndexOfAny('.', '[');
        return next < 0 ? rest.Length : next + 1;
    }

    private static string Name(ReadOnlySpan<char> segment) =>
        (segment.StartsWith("['") ? segment[2..^2] : segment[1..]).ToString();
}
