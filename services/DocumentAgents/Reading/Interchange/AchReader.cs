namespace DocumentAgents.Reading.Interchange;

/// <summary>NACHA files: records of 94 characters, on lines of their own or without any line break. Short lines lost their trailing blanks
/// and get them back.</summary>
internal static class AchReader
{
    private const int RecordLength = 94;

    public static DocumentContent Read(DocumentSource source)
    {
        var decoded = TextDecoder.Decode(source.Bytes.Span);
        var content = new SegmentedContent(DocumentFormat.Ach, "application/ach", source);
        var number = 0;
        foreach (var part in decoded.Text.AsSpan().EnumerateLines())
        {
            number++;
            for (var rest = part.TrimEnd(); !rest.IsEmpty; rest = rest[Math.Min(RecordLength, rest.Length)..])
            {
                Add(rest[..Math.Min(RecordLength, rest.Length)].ToString().PadRight(RecordLength), number, content);
            }
        }

        if (!content.Has("1") || !content.Has("9"))
        {
            throw ReadException.Malformed("no file header (1) or no file control (9)", content.Last?.Place);
        }

        return content.WithLinesOf(decoded);
    }

    private static void Add(string record, int line, SegmentedContent content)
    {
        var tag = record[..1];
        var expected = content.Count == 0 ? tag == "1" : tag is "5" or "6" or "7" or "8" or "9";
        if (!expected)
        {
            throw ReadException.Malformed($"record type '{tag}' is not expected here", Place.Line(line));
        }

        content.Add(new(tag, record, [SegmentElement.Of(record)], Place.Line(line)));
    }
}
