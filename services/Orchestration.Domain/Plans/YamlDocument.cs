using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Orchestration.Domain.Plans;

/// <summary>YAML → nodes, event by event. Anchors, aliases and tags are refused: they are what YAML bombs are made of.</summary>
internal sealed class YamlDocument
{
    private readonly string _text;
    private readonly Parser _parser;
    private readonly DocumentLimits _limits;
    private readonly ProblemList _problems;
    private int _nodes;

    private YamlDocument(string text, DocumentLimits limits, ProblemList problems)
    {
        _text = text;
        _parser = new Parser(new StringReader(text));
        _limits = limits;
        _problems = problems;
    }

    internal static DocumentNode Read(string text, DocumentLimits limits, ProblemList problems) =>
        new YamlDocument(text, limits, problems).ReadDocument();

    private static Mark At(in YamlDotNet.Core.Mark mark) => new((int)mark.Line, (int)mark.Column);

    /// <summary>The parser's message without the place it repeats in front.</summary>
    private static string OneSentence(string message)
    {
        int end = message.IndexOf("): ", StringComparison.Ordinal);
        return message.StartsWith('(') && end > 0 ? message[(end + 3)..] : message;
    }

    private DocumentNode ReadDocument()
    {
        Next<StreamStart>();
        if (Next() is StreamEnd)
        {
            throw new DocumentException(ProblemCode.MissingField, new Mark(1, 1), "the document is empty");
        }

        DocumentNode root = ReadNode(Next(), 1);
        Next<DocumentEnd>();
        return Next() is StreamEnd
            ? root
            : throw new DocumentException(
                ProblemCode.Unsupported, At(_parser.Current!.Start), "one document is expected, here a second begins");
    }

    private ParsingEvent Next()
    {
        Mark last = _parser.Current is { } current ? At(current.End) : new Mark(1, 1);
        try
        {
            return _parser.MoveNext() ? _parser.Current! : throw new DocumentException(ProblemCode.Syntax, last, "the document ends early");
        }
        catch (YamlException problem)
        {
            throw Broken(At(problem.Start), last.Line, OneSentence(problem.Message));
        }
#pragma warning disable CA1031 // The parser throws exceptions of its own making, not only YamlException, on some malformed texts.
        catch (Exception problem) when (problem is not DocumentException and not OutOfMemoryException)
#pragma warning restore CA1031
        {
            throw Broken(last, last.Line, "the text is not YAML from here on");
        }
    }

    /// <summary>
    /// A tab in an indentation is what many broken documents suffer from, and the parser notices it there or at the line before.
    /// Further down it may be meant, as in a block of text.
    /// </summary>
    /// <param name="at">Where the parser says. Of some tabs it says the beginning of the document.</param>
    /// <param name="read">The line up to which it had no doubts.</param>
    /// <param name="message">What it says.</param>
    private DocumentException Broken(Mark at, int read, string message)
    {
        int first = Math.Max(at.Line, read) - 1;
        IEnumerable<(int Index, string Line)> near = _text.Split('\n').Index().Skip(first)
            .Where(entry => entry.Index == first || !string.IsNullOrWhiteSpace(entry.Item)).Take(2);
        foreach ((int index, string line) in near)
        {
            int tab = line.AsSpan(0, line.Length - line.AsSpan().TrimStart(" \t").Length).IndexOf('\t');
            if (tab >= 0 && !string.IsNullOrWhiteSpace(line))
            {
                return new DocumentException(
                    ProblemCode.Syntax, new Mark(index + 1, tab + 1), "a tab stands in the indentation; YAML is indented with spaces");
            }
        }

        return new DocumentException(ProblemCode.Syntax, at, message);
    }

    private void Next<TEvent>()
        where TEvent : ParsingEvent
    {
        if (Next() is not TEvent)
        {
            throw new DocumentException(ProblemCode.Syntax, At(_parser.Current!.Start), "unexpected structure");
        }
    }

    private DocumentNode ReadNode(ParsingEvent current, int depth)
    {
        Mark start = At(current.Start);
        int length = current is Scalar text ? text.Value.Length : 0;
        if (_limits.Exceeded(depth, ++_nodes, length) is { } exceeded)
        {
            throw new DocumentException(ProblemCode.TooLarge, start, exceeded);
        }

        Refuse(current, start);
        return current switch
        {
            Scalar scalar => YamlScalar.Resolve(scalar, start),
            SequenceStart => new ListNode(start, ReadItems(depth)),
            MappingStart => new MapNode(start, ReadEntries(depth)),
            _ => throw new DocumentException(ProblemCode.Syntax, start, "unexpected structure"),
        };
    }

    private static void Refuse(ParsingEvent current, Mark start)
    {
        if (current is AnchorAlias || current is NodeEvent { Anchor.IsEmpty: false })
        {
            throw new DocumentException(
                ProblemCode.Unsupported, start, "plans have no anchors and aliases; write the value out, or make it an input");
        }

        if (current is NodeEvent { Tag.IsEmpty: false })
        {
            throw new DocumentException(ProblemCode.Unsupported, start, "plans have no tags; quote a value that starts with '!'");
        }
    }

    private ImmutableArray<DocumentNode> ReadItems(int depth)
    {
        ImmutableArray<DocumentNode>.Builder items = ImmutableArray.CreateBuilder<DocumentNode>();
        while (Next() is not SequenceEnd)
        {
            items.Add(ReadNode(_parser.Current!, depth + 1));
        }

        return items.ToImmutable();
    }

    private ImmutableArray<MapEntry> ReadEntries(int depth)
    {
        ImmutableArray<MapEntry>.Builder entries = ImmutableArray.CreateBuilder<MapEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (Next() is not MappingEnd)
        {
            if (ReadNode(_parser.Current!, depth + 1) is not ScalarNode key)
            {
                throw new DocumentException(ProblemCode.Unsupported, At(_parser.Current!.Start), "a key must be a string");
            }

            DocumentNode value = ReadNode(Next(), depth + 1);
            if (seen.Add(key.Text))
            {
                entries.Add(new MapEntry(key.Text, key.Start, value));
            }
            else
            {
                _problems.Add(ProblemCode.DuplicateKey, "", key.Start, $"the key '{key.Text}' appears twice");
            }
        }

        return entries.ToImmutable();
    }
}
