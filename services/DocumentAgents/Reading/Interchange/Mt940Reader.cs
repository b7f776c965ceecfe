using System.Text.RegularExpressions;

namespace DocumentAgents.Reading.Interchange;

/// <summary>
/// SWIFT MT940 and its relatives, with or without the blocks around them. A field is a segment with its tag; <c>{1}</c>, <c>{2}</c> and
/// <c>{3}</c>
/// are the header blocks and <c>-</c> the end of a message.
/// </summary>
internal static partial class Mt940Reader
{
    public static DocumentContent Read(DocumentSource source)
    {
        var decoded = TextDecoder.Decode(source.Bytes.Span, fallback: TextDecoder.Ibm850);
        var content = new SegmentedContent(DocumentFormat.Mt940, "application/swift-mt940", source);
        Field? field = null;
        var number = 0;
        foreach (var part in decoded.Text.AsSpan().EnumerateLines())
        {
            number++;
            var line = TakeBlocks(part.TrimEnd().TrimStart("\u0001\u0003\u0004").ToString(), number, content, ref field);
            if (FieldStart().Match(line) is { Success: true } start)
            {
                End(ref field, content);
                field = new(start.Groups["tag"].Value, number, [line[start.Length..]]);
            }
            else if (line is "-" or "-}" || line.StartsWith("-}", StringComparison.Ordinal))
            {
                End(ref field, content);
                content.Add(new("-", line, [], Place.Line(number)));
            }
            else if (line.Length > 0)
            {
                field?.Lines.Add(line);
            }
        }

        End(ref field, content);
        Require(content);
        return content.WithLinesOf(decoded);
    }

    // {1:…}{2:…}{3:{108:…}}{4: in front of the fields.
    private static string TakeBlocks(string line, int number, SegmentedContent content, ref Field? field)
    {
        var at = 0;
        while (at + 2 < line.Length && line[at] == '{' && line[at + 1] is >= '1' and <= '5' && line[at + 2] == ':')
        {
            End(ref field, content);
            var block = line[at + 1];
            var end = block == '4' ? at + 2 : EndOfBlock(line, at);
            if (end < 0)
            {
                break;
            }

            if (block != '4')
            {
                var text = line[(at + 3)..end];
                content.Add(new($"{{{block}}}", text, [SegmentElement.Of(text)], Place.Line(number)));
            }

            at = end + 1;
        }

        return at == 0 ? line : line[at..];
    }

    private static int EndOfBlock(string line, int start)
    {
        var depth = 0;
        for (var at = start; at < line.Length; at++)
        {
            depth += line[at] == '{' ? 1 : line[at] == '}' ? -1 : 0;
            if (depth == 0)
            {
                return at;
            }
        }

        return -1;
    }

    private static void End(ref Field? field, SegmentedContent content)
    {
        if (field is not null)
        {
            var text = string.Join('\n', field.Lines);
            content.Add(new(field.Tag, text, [SegmentElement.Of(text)], Place.Line(field.Line)));
            field = null;
        }
    }

    private static void Require(SegmentedContent content)
    {
        if (!content.Has("20") || !(content.Has("25") || content.Has("25P")))
        {
            throw ReadException.Malformed("no transaction reference (:20:) and account (:25:)");
        }

        if (content.Last is { Tag: "61" or "20" or "25" or "28C" } || content.Opened(["60F", "60M"], ["62F", "62M"]))
        {
            throw ReadException.Malformed("the last statement has no end", content.Last?.Place);
        }
    }

    private sealed record Field(string Tag, int Line, List<string> Lines);

    [GeneratedRegex(@"^:(?<tag>\d{2}[A-Z]?|NS):", RegexOptions.CultureInvariant)]
    private static partial Regex FieldStart();
}
