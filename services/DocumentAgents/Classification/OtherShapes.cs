using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.Classification;

/// <summary>Texts that only talk of business documents: programs, logs, running text.</summary>
internal static partial class OtherShapes
{
    // The shape of a line shows at its start; patterns may need time that grows with the square of the length.
    private const int Looked = 300;

    public static void Score(Dictionary<string, TypeScore> scores, List<TextLine> lines)
    {
        Add(scores, lines, CodeLine(), 0.3, 14, "lines of a program");
        Add(scores, lines, LogLine(), 0.4, 16, "lines of a log");
    }

    private static void Add(
        Dictionary<string, TypeScore> scores, List<TextLine> lines, Regex shape, double share, double points, string reason)
    {
        var found = lines.Where(line => shape.IsMatch(line.Text.AsSpan(0, Math.Min(Looked, line.Text.Length)))).ToList();
        if (found.Count >= 4 && found.Count >= share * lines.Count)
        {
            TextRules.Of(scores, DocumentType.Other).Add(points, $"{found.Count} {reason}", found[0].Place);
        }
    }

    [GeneratedRegex(
        @"^[^;]*[=(][^;]*;\s*(?://.*)?$|\S\s?\{\s*$|^\s*[{}]\W*$|^\s*(?://|/\*|\*/|#include|import\s|from\s\w+\simport|def\s\w+\("
        + @"|(?:public|private|static)\s|function\s\w*\(|if\s*\()")]
    private static partial Regex CodeLine();

    [GeneratedRegex(
        @"^\W?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d|^\s+at\s[\w.$]+\(|\b(?:INFO|WARN|WARNING|ERROR|DEBUG|TRACE|FATAL)\b"
        + @"|^\w{3}\s+\d{1,2}\s\d\d:\d\d:\d\d\s")]
    private static partial Regex LogLine();
}
